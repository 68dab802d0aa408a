//! `[feeds]`: what each one takes, and how it looks.

use std::time::Duration;

use url::Url;

use crate::config::plan::{FeedPlan, Republish};
use crate::config::shapes::{OneOrMany, Placed};
use crate::config::suggest;
use crate::config::written::{Config, Feed, FeedDefaults};
use crate::model::selection::{HandDecisions, PerSource, Rule, Selection};
use crate::model::{FeedId, OutputFormat, PlainText, SourceId};

use super::desk::{Desk, line};
use super::roster::{Member, Reading, Roster};
use super::{ID_HINT, entries, id_fault, rules, web_url};

/// Articles in a feed.
const LIMIT: usize = 50;
/// How far back a feed reaches.
const WINDOW: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// Words of an excerpt.
const EXCERPT_WORDS: usize = 60;

/// Checks every feed.
pub(super) fn check(
    desk: &mut Desk<'_>,
    config: &Config,
    roster: &Roster,
    base_url: Option<&Url>,
) -> Vec<FeedPlan> {
    let defaults = &config.defaults.feed;
    let exclude = defaults.exclude.as_deref().unwrap_or_default();
    let exclude = rules::compile(desk, roster, exclude, "defaults.feed.exclude");
    let mut plans = Vec::new();
    for (id, feed) in entries(config.feeds.as_ref()) {
        let mut checker = Checker { desk, roster, defaults, id, feed };
        plans.extend(checker.plan(&exclude, base_url));
    }
    plans
}

/// One feed under check.
struct Checker<'d, 'a, 'c> {
    desk: &'d mut Desk<'a>,
    roster: &'c Roster,
    defaults: &'c FeedDefaults,
    id: &'c Placed<String>,
    feed: &'c Placed<Feed>,
}

/// The feed's own value, else the default.
fn nearer<'c, T>(own: &'c Option<T>, default: &'c Option<T>) -> Option<&'c T> {
    own.as_ref().or(default.as_ref())
}

impl<'c> Checker<'_, '_, 'c> {
    fn plan(&mut self, default_exclude: &[Rule], base_url: Option<&Url>) -> Option<FeedPlan> {
        let (feed, defaults) = (&self.feed.value, self.defaults);
        if let Some(fault) = id_fault(&self.id.value, "feed") {
            self.desk.refuse(
                &self.id.span,
                format!("{fault}: its files would leave the output folder"),
                ID_HINT,
            );
        }
        let title = self.title();
        let link =
            feed.link.as_ref().and_then(|link| web_url(self.desk, link, "write the page's whole address"));
        let language = feed.language.as_ref().and_then(|language| self.desk.language(language));
        let formats = self.formats();
        let from = self.from();
        let republish = self.republish(&from);
        let selection = self.selection(&from, default_exclude);
        let title = title?;
        Some(FeedPlan {
            id: FeedId::new(&self.id.value),
            description: feed.description.as_deref().and_then(line).unwrap_or_else(|| title.clone()),
            title,
            link: link.or_else(|| base_url.cloned()),
            language,
            formats,
            selection,
            republish,
            attribution: nearer(&feed.attribution, &defaults.attribution).copied().unwrap_or_default(),
            excerpt_words: nearer(&feed.excerpt, &defaults.excerpt)
                .map_or(EXCERPT_WORDS, |excerpt| excerpt.words.get()),
            private: feed.private.unwrap_or(false),
            on_edit: nearer(&feed.on_edit, &defaults.on_edit).copied().unwrap_or_default(),
            embeds: nearer(&feed.embeds, &defaults.embeds).copied().unwrap_or_default(),
        })
    }

    fn title(&mut self) -> Option<PlainText> {
        let hint = "give it one: title = \"My news\"";
        let Some(written) = &self.feed.value.title else {
            if !self.desk.lost().has(&self.feed.span, "title") {
                self.desk.refuse(&self.id.span, format!("the feed `{}` has no title", self.id.value), hint);
            }
            return None;
        };
        let title = line(&written.value);
        if title.is_none() {
            self.desk.refuse(&written.span, "this title is empty", hint);
        }
        title
    }

    fn formats(&mut self) -> Vec<OutputFormat> {
        let Some(written) = nearer(&self.feed.value.formats, &self.defaults.formats) else {
            return OutputFormat::ALL.to_vec();
        };
        if written.value.0.is_empty() && !self.desk.lost().any(&written.span) {
            let hint = "list some of \"rss\", \"atom\", \"json\", or leave the key out for all";
            self.desk.refuse(&written.span, "a feed without a format is no feed", hint);
        }
        let mut formats = Vec::new();
        for format in written.value.0.iter().map(|format| format.value) {
            if !formats.contains(&format) {
                formats.push(format);
            }
        }
        formats
    }

    /// The sources the feed reads.
    fn from(&mut self) -> Vec<&'c Member> {
        let Some(from) = &self.feed.value.from else { return self.roster.choose(self.desk, &[]) };
        if from.value.0.is_empty() && !self.desk.lost().any(&from.span) {
            let hint = "name sources, or leave the key out for all";
            self.desk.refuse(&from.span, format!("the feed `{}` reads no source", self.id.value), hint);
            return Vec::new();
        }
        let before = self.desk.problems();
        let chosen = self.roster.choose(self.desk, &from.value.0);
        let removed = from.value.0.iter().any(|term| term.value.trim_start().starts_with('!'));
        if chosen.is_empty() && removed && !self.roster.is_empty() && self.desk.problems() == before {
            let message = format!("the feed `{}` reads no source: all are removed again", self.id.value);
            self.desk.refuse(&from.span, message, "`!id` removes a source: let one remain");
        }
        chosen
    }

    /// How much the feed prints. Says where a source allows less than the config asks for.
    fn republish(&mut self, from: &[&Member]) -> Republish {
        let Some(asked) = nearer(&self.feed.value.republish, &self.defaults.republish) else {
            return Republish::Full;
        };
        for ceiling in [Republish::Link, Republish::Excerpt] {
            let capped: Vec<&str> = from
                .iter()
                .filter(|member| member.republish == ceiling && ceiling < asked.value)
                .map(|member| member.id.as_str())
                .collect();
            if !capped.is_empty() {
                let message = format!(
                    "the feed `{}` asks for `{}`, but is held to `{}` for {}",
                    self.id.value,
                    word(asked.value),
                    word(ceiling),
                    suggest::list(&capped)
                );
                let hint = "a source's own `republish` is the most any feed prints of it";
                self.desk.warn(&asked.span, message, hint);
            }
        }
        asked.value
    }

    fn selection(&mut self, from: &[&Member], default_exclude: &[Rule]) -> Selection {
        let (feed, defaults) = (&self.feed.value, self.defaults);
        let mut exclude = default_exclude.to_vec();
        exclude.extend(rules::compile(
            self.desk,
            self.roster,
            feed.exclude.as_deref().unwrap_or_default(),
            "exclude",
        ));
        let include = feed.include.as_deref().unwrap_or_default();
        let include = rules::compile(self.desk, self.roster, include, "include");
        let per_source = nearer(&feed.per_source, &defaults.per_source);
        let Reading { from, first_run } = self.roster.reading(from);
        Selection {
            from,
            exclude,
            include,
            limit: nearer(&feed.limit, &defaults.limit).map_or(LIMIT, |limit| limit.get()),
            window: nearer(&feed.window, &defaults.window).map_or(Some(WINDOW), |window| window.0),
            sort: nearer(&feed.sort, &defaults.sort).copied().unwrap_or_default(),
            per_source: per_source
                .map(|cap| PerSource { max: cap.max.get(), per: cap.per.unwrap_or_default() }),
            prefer: self.prefer(nearer(&feed.prefer, &defaults.prefer)),
            hand: HandDecisions::default(),
            first_run,
            on_withdrawn: nearer(&feed.on_withdrawn, &defaults.on_withdrawn).copied().unwrap_or_default(),
        }
    }

    fn prefer(&mut self, written: Option<&OneOrMany<String>>) -> Vec<SourceId> {
        written.map_or_else(Vec::new, |terms| self.roster.rank(self.desk, &terms.0))
    }
}

fn word(republish: Republish) -> &'static str {
    match republish {
        Republish::Link => "link",
        Republish::Excerpt => "excerpt",
        Republish::Full => "full",
    }
}
