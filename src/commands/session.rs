//! What every verb starts from: the clock, the config, the overrides, the store.

use std::mem::ManuallyDrop;

use chrono::{DateTime, SubsecRound, Utc};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::cli::Global;
use crate::config::{self, Loaded, Overrides, Plan};
use crate::ingest::round::cores;
use crate::model::{Article, ArticleRecord, FeedId};
use crate::store::HandDecision;
use crate::store::sqlite::Sqlite;

use super::Ended;
use super::lock::{self, Lock};
use super::output::Output;

/// One call of the program.
#[derive(Debug)]
pub(super) struct Session<'a> {
    pub(super) global: Global,
    pub(super) output: &'a Output,
    /// The present moment, to the second: the same for everything this call does.
    pub(super) now: DateTime<Utc>,
}

/// What the config and the overrides say.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) plan: Plan,
    pub(super) overrides: Overrides,
    /// Digest of what is published from beside the store; `None` where the program cannot tell which it is.
    pub(super) inputs: Option<String>,
}

impl Work {
    /// An article as JSON, its source called as the config calls it.
    pub(super) fn record(&self, article: &Article) -> ArticleRecord {
        let mut record = ArticleRecord::from(article);
        let own = self.plan.sources.iter().find(|source| source.id == article.origin.source);
        if let (None, Some(name), Some(source)) =
            (&article.body.credits, own.and_then(|own| own.extras.name.as_ref()), &mut record.source)
        {
            source.name = Some(name.to_string());
        }
        record
    }

    /// The decisions by hand.
    pub(super) fn decisions(&self) -> Vec<HandDecision> {
        self.overrides.decisions(&self.feeds())
    }

    /// What the overrides say of feeds that are not there, ready to print.
    pub(super) fn doubts(&self) -> Vec<String> {
        let file = self.plan.overrides.display().to_string();
        let unknown = self.overrides.unknown_feeds(&self.feeds());
        unknown.iter().map(|problem| problem.report(&file).to_string()).collect()
    }

    fn feeds(&self) -> Vec<FeedId> {
        self.plan.feeds.iter().map(|feed| feed.id.clone()).collect()
    }
}

impl<'a> Session<'a> {
    /// Reads the clock, once, and sets up what is said on stderr.
    pub(super) fn new(global: Global, output: &'a Output) -> anyhow::Result<Self> {
        let (own, others) = match (global.quiet, global.verbose) {
            (true, _) => (LevelFilter::ERROR, LevelFilter::ERROR),
            (_, 0) => (LevelFilter::WARN, LevelFilter::WARN),
            (_, 1) => (LevelFilter::DEBUG, LevelFilter::WARN),
            _ => (LevelFilter::TRACE, LevelFilter::INFO),
        };
        let lines =
            tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false).without_time();
        let wanted = Targets::new().with_default(others).with_target("feedmill", own);
        // A second session in one process (tests, examples) keeps the first one's subscriber.
        let _ = tracing_subscriber::registry().with(lines).with(wanted).try_init();
        #[allow(clippy::disallowed_methods, reason = "the edge: the only place where the clock is read")]
        let now = global.now.unwrap_or_else(Utc::now).trunc_subsecs(0);
        Ok(Self { global, output, now })
    }

    /// Runs a verb that waits for something. What waits does so on this thread; what works (reading documents, the
    /// store) does so on others: so no request is handed from thread to thread.
    pub(super) fn wait(&self, verb: impl Future<Output = anyhow::Result<Ended>>) -> anyhow::Result<Ended> {
        // With more threads than can read at once, each with a heap of its own, more memory lies idle.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .max_blocking_threads(cores())
            .enable_all()
            .build()?;
        let ended = runtime.block_on(verb);
        // What was waited for is done; a look-up of a name that never comes back must not keep the program.
        runtime.shutdown_background();
        ended
    }

    /// Reads the config and the overrides. They are needed until the program ends, which gives all its memory back at
    /// once: sooner than the parts of thousands of sources one by one.
    pub(super) fn load(&self) -> anyhow::Result<ManuallyDrop<Work>> {
        let loaded = config::load(&self.global.config)?;
        let overrides = Overrides::read(&loaded.plan.overrides)?;
        let inputs = inputs(&loaded, &overrides);
        Ok(ManuallyDrop::new(Work { plan: loaded.plan, overrides, inputs }))
    }

    /// Keeps other runs away until it is dropped; `None` under `--dry-run`, which changes nothing they could see.
    pub(super) fn lock(&self, plan: &Plan) -> anyhow::Result<Option<Lock>> {
        if self.global.dry_run { Ok(None) } else { lock::take(&plan.store).map(Some) }
    }

    /// Opens the store; under `--dry-run` a copy of it that is thrown away.
    pub(super) fn store(&self, plan: &Plan) -> anyhow::Result<Sqlite> {
        Ok(if self.global.dry_run { Sqlite::open_copy(&plan.store)? } else { Sqlite::open(&plan.store)? })
    }
}

/// What the same edition comes of, beside the store: the config and where it is, the decisions by hand, and the very
/// program, of which another version may print the same articles otherwise.
fn inputs(loaded: &Loaded, overrides: &Overrides) -> Option<String> {
    let program = std::env::current_exe().and_then(std::fs::metadata).ok()?;
    let made = program.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(loaded.digest.as_bytes());
    hasher.update(blake3::hash(overrides.text().as_bytes()).as_bytes());
    hasher.update(&program.len().to_le_bytes());
    hasher.update(&made.as_nanos().to_le_bytes());
    hasher.update(loaded.plan.root.as_os_str().as_encoded_bytes());
    Some(hasher.finalize().to_hex().to_string())
}
