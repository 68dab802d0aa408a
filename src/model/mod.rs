//! The values that flow through the mill: as parsed ([`FeedDocument`], [`Entry`]), as kept ([`Article`]), as
//! published ([`OutputFeed`]), and the two types that vouch for cleanliness ([`PlainText`], [`SafeHtml`]).

mod article;
mod clean;
mod feed_document;
pub mod fold;
mod ids;
pub mod link;
pub mod markup;
mod output;
pub mod parts;
pub mod selection;

pub use article::{
    About, Article, ArticleBody, Attachment, Author, DateBasis, Draft, Fingerprint, Guid, Key, Origin,
    Revision,
};
pub use clean::{PlainText, SafeHtml};
pub use feed_document::{Entry, FeedDocument, FeedMeta, InputFormat};
pub use ids::{ArticleId, FeedId, NotAnId, SourceId};
pub use output::{ItemCredit, OutputFeed, OutputFormat, OutputItem};
