//! The command line: clap types only.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use url::Url;

/// News feeds in, clean feeds out.
#[derive(Debug, Parser)]
#[command(name = "feedmill", version, about, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Cli {
    /// What goes for every verb.
    #[command(flatten)]
    pub global: Global,
    /// What to do; `run` if nothing is said.
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

const EXIT_CODES: &str = "Exit codes: 0 done · 1 failed · 2 usage · 3 done, but some source or feed failed · \
4 `check` found something · 78 config · 130 and 143 stopped by Ctrl-C and SIGTERM";

/// Flags of every verb.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The config file
    #[arg(short, long, global = true, value_name = "FILE", default_value = "config.toml")]
    pub config: PathBuf,
    /// How to print; rss and atom are for `render`
    #[arg(long, global = true, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub format: Format,
    /// Do everything but write: no store, feed, config or overrides file is touched
    #[arg(short = 'n', long, global = true)]
    pub dry_run: bool,
    /// Ask nobody on the network; local files only
    #[arg(long, global = true)]
    pub offline: bool,
    /// Take this for the present moment (RFC 3339), for runs that can be repeated
    #[arg(long, global = true, value_name = "TIME", value_parser = moment)]
    pub now: Option<DateTime<Utc>>,
    /// Say more on stderr; twice for everything
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// Print only what went wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs: one JSON object a line. For `render`: JSON Feed.
    Json,
    /// RSS 2.0 (`render`).
    Rss,
    /// Atom 1.0 (`render`).
    Atom,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Fetch what is due, publish what changed, exit: the verb for cron
    Run(Fetch),
    /// Write a small config.toml to start from
    Init {
        /// Where
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
    /// Find the feed behind a page or URL, show what is in it, and append it to the config
    Add(Add),
    /// Check the config and say what it means
    Check,
    /// Fetch what is due into the store, publish nothing
    Fetch(Fetch),
    /// Publish from the store, fetch nothing
    Publish {
        /// Only these output feeds
        feeds: Vec<String>,
    },
    /// List articles, newest first
    List(List),
    /// Show one article
    Show {
        /// Its short id or URL
        article: String,
        /// What it said before, too
        #[arg(long)]
        history: bool,
    },
    /// Show how every source is doing
    Status,
    /// Put an article into output feeds by hand
    Pick(Hand),
    /// Keep an article out of output feeds by hand
    Block(Hand),
    /// Read a feed document and print its record as JSON
    Parse(Parse),
    /// Read the article out of a web page or an article document and print it as JSON
    Extract(Extract),
    /// Read articles, one JSON object a line, and print them as a feed
    Render(Render),
    /// Clean an HTML fragment as an article's is
    Sanitize(Sanitize),
    /// Print URLs without tracking parameters and redirectors, one a line
    CleanUrl {
        /// The URLs; without any, each line of stdin
        urls: Vec<String>,
    },
    /// Print shell completions
    Completions {
        /// For which shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
    /// Print the JSON Schema of config.toml
    Schema,
}

/// What to fetch.
#[derive(Debug, Clone, Default, Args)]
pub struct Fetch {
    /// Only these sources
    pub sources: Vec<String>,
    /// Ask also what is not due yet; what its server wants to be left alone (Retry-After) only if the source is named
    #[arg(long)]
    pub force: bool,
}

/// What to add.
#[derive(Debug, Clone, Args)]
pub struct Add {
    /// A feed, or a page that links to one
    #[arg(value_parser = address)]
    pub url: Url,
    /// Its name in the config; default: made from the host
    #[arg(long)]
    pub id: Option<String>,
}

/// What to list.
#[derive(Debug, Clone, Args)]
pub struct List {
    /// Only of these sources
    #[arg(short, long)]
    pub source: Vec<String>,
    /// Only what this output feed would contain now
    #[arg(short, long, conflicts_with = "source")]
    pub feed: Option<String>,
    /// Only this young, such as 3d
    #[arg(long, value_name = "DURATION", value_parser = humantime::parse_duration)]
    pub since: Option<std::time::Duration>,
    /// At most this many; 0 for all
    #[arg(short, long, default_value_t = 30)]
    pub limit: usize,
}

/// A decision by hand.
#[derive(Debug, Clone, Args)]
pub struct Hand {
    /// Short id or URL; a URL that no source has is fetched by the next run
    pub article: String,
    /// Only for these output feeds
    #[arg(short, long, value_name = "FEED")]
    pub feed: Vec<String>,
    /// Why, for the people who read the overrides file
    #[arg(long)]
    pub note: Option<String>,
    /// Take the decision back
    #[arg(long, conflicts_with = "note")]
    pub undo: bool,
}

/// How to parse.
#[derive(Debug, Clone, Args)]
pub struct Parse {
    /// The document; - or nothing for stdin
    #[arg(default_value = "-")]
    pub file: PathBuf,
    /// Where the document is from: Content-Location, else its URL
    #[arg(long)]
    pub base_url: Option<String>,
    /// What HTTP said of its type
    #[arg(long, value_name = "VALUE")]
    pub content_type: Option<String>,
    /// What HTTP said of its language
    #[arg(long, value_name = "VALUE")]
    pub content_language: Option<String>,
    /// Print HTML as the feed wrote it, not cleaned
    #[arg(long)]
    pub raw: bool,
    /// Read requests, one JSON object a line, and answer each with a record a line
    #[arg(long, conflicts_with_all = ["file", "base_url", "content_type", "content_language"])]
    pub stdio_lines: bool,
}

/// What to read an article out of.
#[derive(Debug, Clone, Args)]
pub struct Extract {
    /// A page or document: a file, or a URL to fetch; - or nothing for stdin
    #[arg(value_name = "FILE|URL", default_value = "-", value_parser = input)]
    pub input: Input,
    /// Where the page is from: makes its links whole
    #[arg(long, value_parser = address)]
    pub url: Option<Url>,
}

/// Where something to read lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// On disk; `-` is stdin.
    File(PathBuf),
    /// On the web.
    Url(Url),
}

/// How to render.
#[derive(Debug, Clone, Args)]
pub struct Render {
    /// The articles; - or nothing for stdin
    #[arg(default_value = "-")]
    pub file: PathBuf,
    /// The feed's title
    #[arg(long, default_value = "Feedmill")]
    pub title: String,
    /// The page the feed belongs to
    #[arg(long)]
    pub link: Option<Url>,
    /// Where the feed's folder is served: gives the feed its self link
    #[arg(long)]
    pub base_url: Option<Url>,
    /// The feed's language
    #[arg(long)]
    pub language: Option<String>,
}

/// What to sanitise.
#[derive(Debug, Clone, Args)]
pub struct Sanitize {
    /// The fragment; - or nothing for stdin
    #[arg(default_value = "-")]
    pub file: PathBuf,
    /// The article's page, to which its relative URLs are relative; without it they go
    #[arg(long, value_parser = address)]
    pub base_url: Option<Url>,
    /// The article's headline: where the fragment begins with it, it goes
    #[arg(long, default_value = "", hide_default_value = true)]
    pub title: String,
}

fn address(text: &str) -> Result<Url, String> {
    let fault = match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => return Ok(url),
        Ok(url) if text.contains("://") => {
            return Err(format!("`{}:` cannot be asked: only http and https are", url.scheme()));
        }
        Ok(_) | Err(url::ParseError::RelativeUrlWithoutBase) => "it has no https:// or http://".to_owned(),
        Err(fault) => fault.to_string(),
    };
    match Url::parse(&format!("https://{text}")) {
        Ok(meant) if !text.contains("://") => Err(format!("{fault}; did you mean {meant}?")),
        _ => Err(fault),
    }
}

fn input(text: &str) -> Result<Input, String> {
    let on_web = ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme));
    if on_web { address(text).map(Input::Url) } else { Ok(Input::File(text.into())) }
}

fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    DateTime::parse_from_rfc3339(text)
        .map(|time| time.with_timezone(&Utc))
        .map_err(|_| format!("`{text}` is no RFC 3339 time such as 2026-11-23T07:00:00Z"))
}
