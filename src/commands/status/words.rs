//! `status` for people: the sum on top, then what is wrong, then a line a source. Pure.

use bytesize::ByteSize;
use chrono::{DateTime, Utc};

use crate::commands::output::{count, cut, visible};
use crate::store::{PageCounts, Traffic};

use super::{ErrorLine, SourceStatus};

/// Characters of an id that all lines leave room for, of a title, and of a line about a fault.
const WIDEST_ID: usize = 30;
const WIDEST_TITLE: usize = 40;

/// All sources.
pub(super) fn report(sources: &[SourceStatus<'_>], now: DateTime<Utc>) -> String {
    let (failing, rest): (Vec<_>, Vec<_>) = sources.iter().partition(|source| source.failures > 0);
    let (noted, well): (Vec<_>, Vec<_>) =
        rest.into_iter().partition(|source| !source.errors.is_empty() || !source.moved_to.is_empty());
    let due = sources.iter().filter(|source| source.next_at.is_some_and(|at| at <= now)).count();
    let mut text = count(sources.len(), "source");
    for (number, what) in [(failing.len(), "failing"), (noted.len(), "with a note"), (due, "due now")] {
        if number > 0 {
            text.push_str(&format!(", {number} {what}"));
        }
    }
    let all = sources.iter().fold(Traffic::default(), |sum, source| sum + source.traffic);
    text.push_str(&traffic(all).map_or_else(String::new, |traffic| format!("; {traffic}")));
    text.push('\n');
    let width = sources.iter().map(|source| source.source.as_str().chars().count()).max().unwrap_or(0);
    for source in failing.into_iter().chain(noted).chain(well) {
        text.push_str(&line(source, width.min(WIDEST_ID), now));
        source.errors.iter().for_each(|error| text.push_str(&fault(source, error)));
        text.push_str(&whereabouts(source));
    }
    visible(&text)
}

fn line(source: &SourceStatus<'_>, width: usize, now: DateTime<Utc>) -> String {
    let read = source.last_ok.map_or("never read".to_owned(), |at| format!("read {}", ago(now, at)));
    let due = source.next_at.map(|at| match at > now {
        true => format!("due {}", at.format("%Y-%m-%d %H:%M UTC")),
        false => "due now".to_owned(),
    });
    let articles = count(usize::try_from(source.articles).unwrap_or(usize::MAX), "article");
    let withdrawn = (source.withdrawn > 0).then(|| format!("{} withdrawn", source.withdrawn));
    let facts = [Some(articles), withdrawn, pages(source.pages), Some(read), due, traffic(source.traffic)];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let title =
        source.title.as_ref().map_or(String::new(), |title| format!("  {}", cut(title, WIDEST_TITLE)));
    format!("{:width$}  {}{title}\n", source.source.as_str(), facts.join(", "))
}

/// What is wrong with one document, below its source.
fn fault(source: &SourceStatus<'_>, error: &ErrorLine) -> String {
    // A feed that merely lost its entries is told, and is no failure.
    let word = match error.failures {
        0 => "Note".to_owned(),
        failures => format!("FAILING ({failures} in a row)"),
    };
    // Most messages name the place themselves.
    let place = if error.document.is_empty() { source.place.as_str() } else { error.document.as_str() };
    let place = if error.message.contains(place) { String::new() } else { format!("{place}: ") };
    format!("    {word}: {place}{}\n", error.message)
}

/// Where a source is now, if no longer where the config says.
fn whereabouts(source: &SourceStatus<'_>) -> String {
    let mut text = String::new();
    for moved_to in &source.moved_to {
        text.push_str(&format!("    Moved for good to {moved_to}: change it in the config\n"));
    }
    if let Some(since) = source.gone_since {
        text.push_str(&format!(
            "    GONE since {}: not asked any more; remove it from the config, or try `feedmill fetch {} --force`\n",
            since.format("%Y-%m-%d"),
            source.source
        ));
    }
    text
}

/// `12 requests (75% unchanged), 1.2 MiB`; `None` where nothing was ever asked for.
fn traffic(traffic: Traffic) -> Option<String> {
    let Traffic { requests, bytes, not_modified } = traffic;
    let share = not_modified.saturating_mul(100).checked_div(requests)?;
    let requests = count(usize::try_from(requests).unwrap_or(usize::MAX), "request");
    Some(format!("{requests} ({share}% answered 304), {}", ByteSize(bytes)))
}

/// `3 pages waiting, 1 without text`; `None` where there are none of these.
fn pages(pages: PageCounts) -> Option<String> {
    let number = |pages: u64| count(usize::try_from(pages).unwrap_or(usize::MAX), "page");
    let PageCounts { waiting, failed } = pages;
    match (waiting, failed) {
        (0, 0) => None,
        (0, failed) => Some(format!("{} without text", number(failed))),
        (waiting, 0) => Some(format!("{} waiting", number(waiting))),
        (waiting, failed) => Some(format!("{} waiting, {failed} without text", number(waiting))),
    }
}

/// How long ago, in its largest unit.
fn ago(now: DateTime<Utc>, then: DateTime<Utc>) -> String {
    let minutes = (now - then).num_minutes();
    match minutes {
        ..=0 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..2880 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use crate::model::SourceId;

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T07:00:00Z".parse().unwrap()
    }

    fn source<'a>(id: &'a SourceId, failures: u32, errors: &[&str]) -> SourceStatus<'a> {
        let error =
            |message: &&str| ErrorLine { document: String::new(), message: (*message).to_owned(), failures };
        SourceStatus {
            source: id,
            title: None,
            place: "https://example.org/feed".to_owned(),
            documents: 1,
            articles: 38,
            last_ok: Some(now() - TimeDelta::hours(2)),
            last_at: None,
            next_at: Some(now() + TimeDelta::minutes(30)),
            failures,
            errors: errors.iter().map(error).collect(),
            moved_to: Vec::new(),
            gone_since: None,
            traffic: Traffic { requests: 4, bytes: 2048, not_modified: 3 },
            withdrawn: 0,
            pages: PageCounts::default(),
        }
    }

    #[test]
    fn the_sum_comes_first_then_failures_then_notes_then_the_rest() {
        let ids = ["well", "noted", "down"].map(SourceId::new);
        let sources = [
            source(&ids[0], 0, &[]),
            source(&ids[1], 0, &["it had 3 entries and has none now"]),
            SourceStatus { next_at: Some(now()), ..source(&ids[2], 2, &["https://example.org/feed: 500"]) },
        ];
        assert_eq!(
            report(&sources, now()),
            "3 sources, 1 failing, 1 with a note, 1 due now; 12 requests (75% answered 304), 6.0 KiB\n\
             down   38 articles, read 2 h ago, due now, 4 requests (75% answered 304), 2.0 KiB\n    \
             FAILING (2 in a row): https://example.org/feed: 500\n\
             noted  38 articles, read 2 h ago, due 2026-11-23 07:30 UTC, 4 requests (75% answered 304), 2.0 KiB\n    \
             Note: https://example.org/feed: it had 3 entries and has none now\n\
             well   38 articles, read 2 h ago, due 2026-11-23 07:30 UTC, 4 requests (75% answered 304), 2.0 KiB\n"
        );
    }

    #[test]
    fn pages_that_wait_or_gave_no_text_are_counted() {
        for (waiting, failed, expected) in [
            (0, 0, None),
            (1, 0, Some("1 page waiting")),
            (0, 2, Some("2 pages without text")),
            (3, 1, Some("3 pages waiting, 1 without text")),
        ] {
            assert_eq!(pages(PageCounts { waiting, failed }).as_deref(), expected);
        }
    }

    #[test]
    fn a_source_on_disk_has_no_requests_and_is_never_due() {
        let id = SourceId::new("desk");
        let disk = SourceStatus { next_at: None, traffic: Traffic::default(), ..source(&id, 0, &[]) };
        assert_eq!(report(&[disk], now()), "1 source\ndesk  38 articles, read 2 h ago\n");
    }

    #[test]
    fn nothing_that_a_feed_says_steers_the_terminal() {
        let id = SourceId::new("odd");
        let odd = SourceStatus { title: Some("\u{1b}[31mred".to_owned()), ..source(&id, 1, &["\u{7}"]) };
        assert!(!report(&[odd], now()).contains(['\u{1b}', '\u{7}']));
    }
}
