//! `config.toml`: read as written ([`Config`]), checked and compiled into what is meant ([`Plan`]).

mod plan;
mod secret;

pub use plan::{
    Attribution, FeedPlan, FetchPlan, Input, PickedArticle, Place, Plan, PublishPlan, Republish, SourcePlan,
};
pub use secret::{Secret, SecretError};
