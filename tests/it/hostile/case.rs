//! What a scenario is, and what must come of it.

use std::any::type_name;
use std::io;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::line::{Line, Serve};

/// One row of the table.
pub(crate) struct Case {
    /// The name of the scenario's function.
    pub(crate) name: &'static str,
    pub(crate) serve: Serve,
    pub(crate) scheme: &'static str,
    pub(crate) ends: Ends,
    /// When the source is due again, in minutes from the run; `None`: not by itself.
    pub(crate) due: Option<RangeInclusive<i64>>,
    /// The deadline of an exchange.
    pub(crate) timeout: &'static str,
    /// The most memory that the whole run may take, in MB.
    pub(crate) memory: u64,
    /// Articles that are in the store afterwards.
    pub(crate) articles: u64,
}

/// How the attempt must end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ends {
    /// Read, and nothing told.
    Reads,
    /// No failure, but something is told: it contains this.
    Tells(&'static str),
    /// A failure of this kind.
    Fails(Fault),
}

/// Kinds of failure, as a person is told of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Fault {
    Connect,
    /// TLS included.
    ConnectTimeout,
    Tls,
    Timeout,
    Protocol,
    Body,
    /// Of the head.
    HeadTooLarge,
    TooLarge,
    /// As sent.
    TooMuch,
    Bomb,
    /// An address that is not of the public internet.
    Forbidden,
    Redirect(&'static str),
    TooManyRedirects,
    Status(u16),
    Unasked304,
    Empty,
    WebPage,
    NotAFeed,
    Syntax,
}

impl Fault {
    /// Words that no other kind has.
    pub(crate) fn words(self) -> String {
        match self {
            Self::Connect => "no connection to".to_owned(),
            Self::ConnectTimeout => "`fetch.connect_timeout` sets the limit".to_owned(),
            Self::Tls => "no trustworthy TLS connection".to_owned(),
            Self::Timeout => "no whole answer within".to_owned(),
            Self::Protocol => "not understood as HTTP".to_owned(),
            Self::Body => "could not be read to its end".to_owned(),
            Self::HeadTooLarge => "`fetch.max_header".to_owned(),
            Self::TooMuch => "`fetch.max_download` sets the limit".to_owned(),
            Self::Bomb => "`fetch.max_ratio` sets the limit".to_owned(),
            Self::Forbidden => "no redirect may lead there".to_owned(),
            Self::TooLarge => "`fetch.max_size` sets the limit".to_owned(),
            Self::Redirect(cause) => cause.to_owned(),
            Self::TooManyRedirects => "`fetch.max_redirects` sets the limit".to_owned(),
            Self::Status(code) => format!("/: {code}"),
            Self::Unasked304 => "304 Not Modified, though it was not asked".to_owned(),
            Self::Empty => "the document is empty".to_owned(),
            Self::WebPage => "this is a web page, not a feed".to_owned(),
            Self::NotAFeed => "no feed in it".to_owned(),
            Self::Syntax => "line 1, column ".to_owned(),
        }
    }
}

/// After the first failure: the minimum, and some jitter.
const FAILED: RangeInclusive<i64> = 30..=45;
/// After a success: never before the minimum, never after the maximum and its jitter.
const WELL: RangeInclusive<i64> = 30..=30 * 60;

impl Case {
    /// A failure; nothing is stored.
    pub(crate) fn fails(serve: impl Scenario, fault: Fault) -> Self {
        Self::new(serve, Ends::Fails(fault))
    }

    /// A success that gives so many articles.
    pub(crate) fn reads(serve: impl Scenario, articles: u64) -> Self {
        Self { articles, ..Self::new(serve, Ends::Reads) }
    }

    /// Of which this is told.
    pub(crate) fn tells(self, words: &'static str) -> Self {
        Self { ends: Ends::Tells(words), ..self }
    }

    pub(crate) fn due(self, minutes: RangeInclusive<i64>) -> Self {
        Self { due: Some(minutes), ..self }
    }

    /// Not by itself, as long as the config stays as it is.
    pub(crate) fn never_due(self) -> Self {
        Self { due: None, ..self }
    }

    /// More memory than a usual run takes; MB.
    pub(crate) fn memory(self, memory: u64) -> Self {
        Self { memory, ..self }
    }

    /// With time for a slow machine to get at what is large: it is not the deadline that must end it.
    pub(crate) fn patient(self) -> Self {
        Self { timeout: "20s", ..self }
    }

    pub(crate) fn over_tls(self) -> Self {
        Self { scheme: "https", ..self }
    }

    fn new<F: Scenario>(serve: F, ends: Ends) -> Self {
        let name = type_name::<F>().rsplit("::").next().unwrap_or_default();
        let due = if matches!(ends, Ends::Fails(_)) { FAILED } else { WELL };
        Self {
            name,
            serve: Arc::new(serve),
            scheme: "http",
            ends,
            due: Some(due),
            timeout: "1s",
            memory: 128,
            articles: 0,
        }
    }

    /// The source's id.
    pub(crate) fn id(&self) -> String {
        self.name.replace('_', "-")
    }
}

/// A function that serves a connection.
pub(crate) trait Scenario: Fn(&mut Line) -> io::Result<()> + Send + Sync + 'static {}

impl<F: Fn(&mut Line) -> io::Result<()> + Send + Sync + 'static> Scenario for F {}
