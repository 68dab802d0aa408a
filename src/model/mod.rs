//! The values that flow through the mill: as parsed ([`FeedDocument`], [`Entry`]), as kept ([`Article`]), as
//! published ([`OutputFeed`]), and the two types that vouch for cleanliness ([`PlainText`], [`SafeHtml`]). With them the
//! pure functions that both rooms go by: [`fold`] (spellings), [`words`] (length), [`link`] (URLs), [`mod@reference`]
//! (relative URLs), [`uri`] (ids), [`embed`] (players in frames), and [`labels`] (languages, media types).

mod article;
pub(crate) mod bytes;
mod clean;
mod cleaning;
pub mod embed;
mod feed_document;
pub mod fold;
mod ids;
pub mod labels;
pub mod link;
mod output;
pub mod parts;
mod record;
pub mod reference;
mod revision;
mod rhythm;
pub mod selection;
pub mod uri;
pub mod words;

pub use article::{
    About, Article, ArticleBody, Attachment, Author, DateBasis, Draft, Fingerprint, Flood, Guid, Key, Origin,
};
pub use clean::{PlainText, SafeHtml};
pub(crate) use clean::{escape, is_xml_char, is_xml_text};
pub use cleaning::{CleanStep, CleanSteps};
pub use feed_document::{DeletedEntry, Entry, FeedDocument, FeedMeta, InputFormat};
pub use ids::{ArticleId, FeedId, NotAnId, SourceId};
pub use output::{ItemCredit, OutputFeed, OutputFormat, OutputItem, Tombstone};
pub use record::{ArticleRecord, AuthorRecord, SourceRecord};
pub use revision::{Deletion, Revision, Weight, Withdrawal, WithdrawalReason};
pub use rhythm::{Pace, Rhythm};
