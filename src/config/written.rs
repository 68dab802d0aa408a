//! `config.toml` as written. The doc comments here are what editors show: they become `config.schema.json`.

use schemars::{JsonSchema, Schema, json_schema};
use serde::Deserialize;

use crate::model::OutputFormat;
use crate::model::selection::{CapPeriod, OnWithdrawn, Sort};

use super::cleaning::CleanStepName;
use super::plan::{Attribution, Embeds, FullText, OnEdit, Republish, RobotsPolicy};
use super::secret::WrittenSecret;
use super::shapes::{
    Count, Entries, Network, OneOrMany, Part, Period, Placed, Schedule, ShortForm, ShortOr, Size, Window,
};

/// Feedmill's configuration.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Config {
    /// The version of this format. There is one so far: 1.
    #[schemars(range(min = 1, max = 1))]
    pub(super) config_version: Option<Placed<Count<0>>>,
    /// The file that holds every article ever seen. Default: "state/feedmill.db".
    pub(super) store: Option<Placed<String>>,
    /// Where the output folder is served. Needed for links from a feed to itself.
    pub(super) base_url: Option<Placed<String>>,
    /// What `feedmill pick` and `feedmill block` write. Default: "overrides.toml".
    pub(super) overrides: Option<Placed<String>>,
    /// Manners towards other people's servers.
    #[serde(default)]
    pub(super) fetch: Fetch,
    /// What every source and every feed inherits.
    #[serde(default)]
    pub(super) defaults: Defaults,
    /// What is read: `id = "url"`, or a table.
    pub(super) sources: Option<Placed<Entries<ShortOr<Source>>>>,
    /// What is published: the id is the stem of the feed's files.
    pub(super) feeds: Option<Placed<Entries<Feed>>>,
    /// Where it is published.
    #[serde(default)]
    pub(super) publish: Publish,
}

/// Manners towards other people's servers.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Fetch {
    /// A URL or mail address that goes into the User-Agent.
    pub(super) contact: Option<Placed<String>>,
    /// No source is asked more often than this. Default: "30m".
    pub(super) min_interval: Option<Placed<Period>>,
    /// A source that never changes, or fails, is asked at least this often. Default: "24h".
    pub(super) max_interval: Option<Placed<Period>>,
    /// Requests at once, in total. Default: 16.
    pub(super) concurrency: Option<Count<1>>,
    /// Requests at once, to one host. Default: 1.
    pub(super) per_host: Option<Count<1>>,
    /// For one whole exchange, redirects included. Default: "20s".
    pub(super) timeout: Option<Period>,
    /// The most bytes of one document, after decompression. Default: "10 MiB".
    pub(super) max_size: Option<Size>,
    /// Redirects that are followed. Default: 5.
    pub(super) max_redirects: Option<Count<0>>,
    /// How often a source is asked: "adaptive", as is learnt from its changes, or a fixed "1h". Default: "adaptive".
    pub(super) schedule: Option<Placed<Schedule>>,
    /// The part of each interval over which requests are spread. Default: 0.2.
    pub(super) jitter: Option<Part>,
    /// Networks that may be asked though they are not of the public internet: "10.1.0.0/16", "127.0.0.1". Default: none.
    pub(super) allow_networks: Option<OneOrMany<Network>>,
    /// Until a connection is made. Default: "10s".
    pub(super) connect_timeout: Option<Period>,
    /// Until the head of the answer is there. Default: "15s".
    pub(super) header_timeout: Option<Period>,
    /// Between two pieces of a body. Default: "10s".
    pub(super) idle_timeout: Option<Period>,
    /// The most headers of one answer. Default: 100.
    pub(super) max_headers: Option<Count<1>>,
    /// The most bytes of all headers of one answer. Default: "64 KiB".
    pub(super) max_header_size: Option<Size>,
    /// The most bytes of one document as sent, before decompression. Default: `max_size`.
    pub(super) max_download: Option<Size>,
    /// How many times its size a compressed document may grow to, beyond the first MiB. Default: 256.
    pub(super) max_ratio: Option<Count<1>>,
    /// The most entries of one document that are read: the first ones. Default: 10000.
    pub(super) max_items: Option<Count<1>>,
    /// The most bytes of one summary or body; longer ones are cut. Default: "1 MiB".
    pub(super) max_text: Option<Size>,
    /// The most bytes of any other field of an entry: a title, an id, a URL, a name. Default: "8 KiB".
    pub(super) max_field: Option<Size>,
    /// Where robots.txt is obeyed. Default: "pages".
    pub(super) robots: Option<RobotsPolicy>,
}

/// What every source and every feed inherits.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Defaults {
    /// For every source that does not say otherwise.
    #[serde(default)]
    pub(super) source: SourceDefaults,
    /// For every feed that does not say otherwise.
    #[serde(default)]
    pub(super) feed: FeedDefaults,
}

/// Writes a struct with the options that a source, or a feed, shares with its defaults.
macro_rules! with_options {
    (source $(#[$doc:meta])* $name:ident { $($own:tt)* }) => {
        #[derive(Debug, Default, Deserialize, JsonSchema)]
        $(#[$doc])*
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $($own)*
            /// The most any feed may print of it. Default: "full" for `documents`, else "excerpt".
            pub(super) republish: Option<Republish>,
            /// Rights statement, instead of the feed's own.
            pub(super) rights: Option<String>,
            /// Language (BCP 47) where the feed says none.
            pub(super) language: Option<Placed<String>>,
            /// How often to ask. Default: as `fetch.schedule` says.
            pub(super) every: Option<Placed<Period>>,
            /// At most so many of the articles that it brings at once, when it is read for the first time or is known by nothing
            /// any more, go into a feed: the newest. Default for `url`: 20, once the feed is a day old; for files on disk: all.
            pub(super) first_run: Option<Count<0>>,
            /// Whether the text of new articles is read from their pages: "never", "short" (where the feed's own text is
            /// short), or "always". Default: "never".
            pub(super) full_text: Option<Placed<FullText>>,
            /// The steps by which articles are cleaned: these, or with a "-" before each, all but these. What executes always goes.
            /// Default: all.
            pub(super) clean: Option<Placed<OneOrMany<CleanStepName>>>,
        }
    };
    (feed $(#[$doc:meta])* $name:ident { $($own:tt)* }) => {
        #[derive(Debug, Default, Deserialize, JsonSchema)]
        $(#[$doc])*
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $($own)*
            /// The formats to write. Default: all.
            pub(super) formats: Option<Placed<OneOrMany<OutputFormat>>>,
            /// The most articles in the feed. Default: 50.
            pub(super) limit: Option<Count<1>>,
            /// Older articles are left out. Default: "30d"; "off" keeps every age.
            pub(super) window: Option<Window>,
            /// Order. Default: "published".
            pub(super) sort: Option<Sort>,
            /// Where the visible credit line stands. Default: "top".
            pub(super) attribution: Option<Attribution>,
            /// How long an excerpt may be.
            pub(super) excerpt: Option<Excerpt>,
            /// Any rule that matches keeps an article out. The default rules stand before the feed's own.
            pub(super) exclude: Option<Vec<Placed<Rule>>>,
            /// The most it prints; never above a source's own ceiling. Default: what each source allows.
            pub(super) republish: Option<Placed<Republish>>,
            /// No source may have more than this.
            pub(super) per_source: Option<PerSource>,
            /// Sources (ids or "tag:…") whose copy of an article leads, best first.
            pub(super) prefer: Option<OneOrMany<String>>,
            /// What it says of an article whose words were corrected: "update" (a new date of change), "silent" (the dates stay),
            /// "note" (and a line saying what was corrected). Default: "update".
            pub(super) on_edit: Option<OnEdit>,
            /// What becomes of an article that its source took back: "mark" (a line says so in place of its words), "drop", "keep".
            /// Default: "mark".
            pub(super) on_withdrawn: Option<OnWithdrawn>,
            /// Players of other sites (films, sounds, maps): "keep" them, or "link" to them with a picture. Default: "keep".
            pub(super) embeds: Option<Embeds>,
        }
    };
}

with_options! {
    source
    /// What every source inherits.
    SourceDefaults {}
}

with_options! {
    source
    /// A source: exactly one of url, files, documents and articles says what it is.
    #[schemars(extend("oneOf" = [
        { "required": ["url"] }, { "required": ["files"] }, { "required": ["documents"] }, { "required": ["articles"] }
    ]))]
    Source {
        /// A feed over http or https.
        #[schemars(regex(pattern = "^https?://"))]
        pub(super) url: Option<Placed<String>>,
        /// Feed documents on disk: a glob pattern or several, relative to this file.
        pub(super) files: Option<Placed<OneOrMany<String>>>,
        /// A folder of article files: text, Markdown, HTML.
        pub(super) documents: Option<Placed<String>>,
        /// Hand-picked articles: URLs or files.
        pub(super) articles: Option<Placed<Vec<Placed<ShortOr<Picked>>>>>,
        /// Printed in credits. Default: the feed's own title.
        pub(super) name: Option<String>,
        /// Tags of every article of this source, for rules and for `from = ["tag:…"]`.
        pub(super) tags: Option<OneOrMany<String>>,
        /// Request headers, by reference: { Authorization = { env = "NAME" } }. For `url` only.
        pub(super) headers: Option<Placed<Entries<ShortOr<WrittenSecret>>>>,
        /// Let `every` be less than `fetch.min_interval`. Default: false.
        pub(super) force_every: Option<Placed<bool>>,
        /// Whether its own host may be in a private network. Default: false.
        pub(super) allow_private: Option<Placed<bool>>,
        /// Credentials for its own host. For `url` only.
        pub(super) auth: Option<Placed<WrittenAuth>>,
    }
}

/// Credentials, by reference: exactly one of basic and bearer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Auth", extend("oneOf" = [{ "required": ["basic"] }, { "required": ["bearer"] }]))]
pub(super) struct WrittenAuth {
    /// A name and a password.
    pub(super) basic: Option<WrittenBasic>,
    /// A token: { env = "NAME" }.
    pub(super) bearer: Option<Placed<ShortOr<WrittenSecret>>>,
}

/// A name and a password.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Basic")]
pub(super) struct WrittenBasic {
    /// Who.
    pub(super) user: Placed<String>,
    /// The password: { env = "NAME" }.
    pub(super) password: Placed<ShortOr<WrittenSecret>>,
}

with_options! {
    feed
    /// What every feed inherits.
    FeedDefaults {}
}

with_options! {
    feed
    /// A feed to publish.
    #[schemars(extend("required" = ["title"]))]
    Feed {
        /// One line.
        pub(super) title: Option<Placed<String>>,
        /// One line. Default: the title.
        pub(super) description: Option<String>,
        /// The page the feed belongs to. Default: `base_url`.
        pub(super) link: Option<Placed<String>>,
        /// Language (BCP 47) of the feed.
        pub(super) language: Option<Placed<String>>,
        /// The sources it reads: ids, "tag:…"; "!id" removes. Default: all.
        pub(super) from: Option<Placed<OneOrMany<String>>>,
        /// Any rule that matches lets an article in; no rule lets all in.
        pub(super) include: Option<Vec<Placed<Rule>>>,
        /// Written, but left out of the index and the OPML. Default: false.
        pub(super) private: Option<bool>,
    }
}

impl ShortForm for Source {
    const EXPECTING: &'static str = "a URL or a table";

    fn short_schema() -> Option<Schema> {
        Some(json_schema!({ "type": "string", "pattern": "^https?://", "description": "The URL of a feed." }))
    }
}

/// A hand-picked article: exactly one of url and file, and what the editor says of it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["url"] }, { "required": ["file"] }]))]
pub(super) struct Picked {
    /// Its page.
    #[schemars(regex(pattern = "^https?://"))]
    pub(super) url: Option<Placed<String>>,
    /// A file, relative to this one.
    pub(super) file: Option<Placed<String>>,
    /// A better headline.
    pub(super) title: Option<String>,
    /// Why this matters: printed before the summary.
    pub(super) note: Option<String>,
    /// Tags to add.
    pub(super) tags: Option<OneOrMany<String>>,
}

impl ShortForm for Picked {
    const EXPECTING: &'static str = "a URL, a path or a table";

    fn short_schema() -> Option<Schema> {
        Some(json_schema!({ "type": "string", "description": "The URL of a page, or the path of a file." }))
    }
}

/// How long an excerpt may be.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Excerpt {
    /// The most words. Default: 60.
    pub(super) words: Count<1>,
}

/// A cap per source.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PerSource {
    /// At most this many; the newest are kept.
    pub(super) max: Count<1>,
    /// In each UTC day, or in the whole feed. Default: "feed".
    pub(super) per: Option<CapPeriod>,
}

/// A rule: all its keys must hold; of the values of one key, any.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    /// What `feedmill explain` calls it. Default: its place, such as `include[1]` for the first.
    pub(super) name: Option<Placed<String>>,
    /// The headline: "whole words" or '/regex/i'.
    pub(super) title: Option<OneOrMany<String>>,
    /// Headline, summary and body: "whole words" or '/regex/i'.
    pub(super) text: Option<OneOrMany<String>>,
    /// Any author's name: "whole words" or '/regex/i'.
    pub(super) author: Option<OneOrMany<String>>,
    /// A tag of the article or of its source: "whole words" or '/regex/i'.
    pub(super) tag: Option<OneOrMany<String>>,
    /// The article's address: "a*b", "whole words" or '/regex/i'.
    pub(super) url: Option<OneOrMany<String>>,
    /// The id of a source.
    pub(super) source: Option<OneOrMany<String>>,
    /// Time since publication: "< 3d".
    pub(super) age: Option<OneOrMany<String>>,
    /// Words of the body: ">= 100".
    pub(super) words: Option<OneOrMany<String>>,
    /// Holds where these do not all hold.
    pub(super) not: Option<Box<Placed<Rule>>>,
}

/// Where it is published.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Publish {
    /// Whether to write index.html and feeds.opml. Default: true.
    pub(super) index: Option<bool>,
    /// A folder on this machine.
    #[serde(default)]
    pub(super) files: PublishFiles,
}

/// A folder on this machine.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PublishFiles {
    /// The output folder, relative to this file. Default: "feeds".
    pub(super) dir: Option<Placed<String>>,
}
