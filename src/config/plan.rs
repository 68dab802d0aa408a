//! The plan: the config as meant. Checked, compiled, defaults resolved, paths absolute. Nothing after start-up sees
//! the config as written.

mod extras;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::model::selection::{FirstRun, Selection};
use crate::model::{CleanSteps, FeedId, OutputFormat, PlainText, SourceId};

use super::limits::Limits;
use super::secret::Secret;

pub use extras::{BoxedExtras, Extras};

/// What one run of Feedmill is to do.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The folder of the config file: relative paths start here.
    pub root: PathBuf,
    /// The SQLite file.
    pub store: PathBuf,
    /// Where hand decisions are written.
    pub overrides: PathBuf,
    /// How to fetch.
    pub fetch: FetchPlan,
    /// In file order.
    pub sources: Vec<SourcePlan>,
    /// In file order.
    pub feeds: Vec<FeedPlan>,
    /// Where to.
    pub publish: PublishPlan,
}

/// Manners and limits towards other people's servers.
#[derive(Debug, Clone)]
pub struct FetchPlan {
    /// Goes into the User-Agent.
    pub contact: Option<String>,
    /// No source is asked more often.
    pub min_interval: Duration,
    /// A source that changes never, or fails, is asked at least this often.
    pub max_interval: Duration,
    /// Requests at once, in total.
    pub concurrency: usize,
    /// Requests at once, to one host.
    pub per_host: usize,
    /// For one whole exchange, redirects included.
    pub timeout: Duration,
    /// Bytes of a body after decompression.
    pub max_size: u64,
    /// Redirects followed.
    pub max_redirects: usize,
    /// How often a source is asked that does not say so itself; `None`: as is learnt from its changes.
    pub schedule: Option<Duration>,
    /// The part of an interval over which requests are spread, from 0 to 1.
    pub jitter: f64,
    /// Networks that may be asked though they are not of the public internet.
    pub allow_networks: Vec<IpNet>,
    /// What one exchange and one document may take.
    pub limits: Limits,
    /// Where robots.txt is obeyed.
    pub robots: RobotsPolicy,
}

/// Where robots.txt (RFC 9309) is obeyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RobotsPolicy {
    /// For article pages; a configured feed was offered to be read.
    #[default]
    Pages,
    /// Nowhere: for sites of one's own.
    Off,
}

/// One source.
#[derive(Debug, Clone)]
pub struct SourcePlan {
    /// Its table name.
    pub id: SourceId,
    /// What it is.
    pub input: Input,
    /// The most any feed may print.
    pub republish: Republish,
    /// How often to ask; `None`: as `fetch.schedule` says.
    pub every: Option<Duration>,
    /// `every` counts even where it is less than `fetch.min_interval`.
    pub force_every: bool,
    /// Whether its own host may be in a private network.
    pub allow_private: bool,
    /// What may be published of what it brings at once; `None`: all of it.
    pub first_run: Option<FirstRun>,
    /// Whether the text of its articles is read from their pages.
    pub full_text: FullText,
    /// How its articles are cleaned.
    pub clean: CleanSteps,
    /// What many sources do not have.
    pub extras: BoxedExtras,
}

/// Whether the text of an article is read from its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FullText {
    /// What the feed says is all.
    #[default]
    Never,
    /// Where the feed's own text is short, or ends like a teaser.
    Short,
    /// Of each new article.
    Always,
}

/// How a source proves who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    /// RFC 7617.
    Basic {
        /// Without a colon.
        user: String,
        /// Where it is.
        password: Secret,
    },
    /// A token (RFC 6750).
    Bearer(Secret),
}

impl Auth {
    /// Where the secret part of it is.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        match self {
            Self::Basic { password, .. } => password,
            Self::Bearer(token) => token,
        }
    }
}

/// What a source reads.
#[derive(Debug, Clone)]
pub enum Input {
    /// A feed over http or https; in one piece with the jobs that ask for it.
    Feed(Arc<Url>),
    /// Feed documents on disk: glob patterns, absolute.
    Files(Vec<String>),
    /// A folder of article documents, absolute.
    Documents(PathBuf),
    /// Hand-picked articles.
    Articles(Vec<PickedArticle>),
}

/// A hand-picked article, with what the editor says instead of the page.
#[derive(Debug, Clone)]
pub struct PickedArticle {
    /// Page or file.
    pub place: Place,
    /// A better headline.
    pub title: Option<PlainText>,
    /// Why this matters: printed before the summary.
    pub note: Option<PlainText>,
    /// Tags to add.
    pub tags: Vec<PlainText>,
}

/// A page on the web or a file on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// http or https.
    Url(Url),
    /// Absolute path.
    File(PathBuf),
}

/// How much of an article may be printed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Republish {
    /// Headline, link and credit.
    Link,
    /// And an excerpt of the source's summary.
    #[default]
    Excerpt,
    /// The whole text.
    Full,
}

/// Where the visible credit line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Attribution {
    /// Before the text.
    #[default]
    Top,
    /// After the text.
    Bottom,
    /// Nowhere; the machine-readable credit stays.
    Off,
}

/// What a feed says of an article that was corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OnEdit {
    /// The same id, the new words, a new date of change.
    #[default]
    Update,
    /// The new words, the dates as they were.
    Silent,
    /// As `update`, and a line that says what was corrected.
    Note,
}

/// What becomes of the players of other sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Embeds {
    /// They stay, in a sandbox.
    #[default]
    Keep,
    /// A link, with a picture where their site has one.
    Link,
}

/// One output feed.
#[derive(Debug, Clone)]
pub struct FeedPlan {
    /// Its table name.
    pub id: FeedId,
    /// One line, never empty.
    pub title: PlainText,
    /// One line; the title where the config has none.
    pub description: PlainText,
    /// The page the feed belongs to; default: `base_url`.
    pub link: Option<Url>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// The formats to write, at least one.
    pub formats: Vec<OutputFormat>,
    /// What it takes. `selection.hand` is empty here: an edition fills it in its copy.
    pub selection: Selection,
    /// How much it prints; never above a source's own ceiling.
    pub republish: Republish,
    /// Where the credit line stands.
    pub attribution: Attribution,
    /// The most words of an excerpt.
    pub excerpt_words: usize,
    /// Written, but left out of the index and the OPML.
    pub private: bool,
    /// What it says of corrections.
    pub on_edit: OnEdit,
    /// How players of other sites are shown.
    pub embeds: Embeds,
}

/// Where the output goes.
#[derive(Debug, Clone)]
pub struct PublishPlan {
    /// The output folder, absolute.
    pub dir: PathBuf,
    /// Where that folder is served, with a trailing slash.
    pub base_url: Option<Url>,
    /// Whether to write `index.html` and `feeds.opml`.
    pub index: bool,
}
