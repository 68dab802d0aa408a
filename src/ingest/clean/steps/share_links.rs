//! Share bars: by class, and by where their links lead.

use super::body::{Body, Cut, Line};
use super::marks::Mark;
use super::phrases::SHARE_LABELS;
use super::wording::{count, key};
use crate::markup::lower;
use crate::model::link::is_of;

/// Words that a share bar has at most.
const MANY: usize = 36;
/// Words of one of its links.
const LINK: usize = 5;

/// Where to share: host (with those below it) and beginning of the path.
#[rustfmt::skip]
const SHARERS: &[(&str, &str)] = &[
    ("addtoany.com", "/"), ("addthis.com", "/"), ("b.hatena.ne.jp", "/entry/"), ("bsky.app", "/intent/"), ("buffer.com", "/add"), ("buffer.com", "/share"), ("bufferapp.com", "/add"),
    ("digg.com", "/submit"), ("del.icio.us", "/post"), ("delicious.com", "/post"), ("delicious.com", "/save"), ("facebook.com", "/dialog/share"), ("facebook.com", "/dialog/feed"), ("facebook.com", "/share.php"),
    ("facebook.com", "/sharer"), ("facebook.com", "/sharer.php"), ("feedburner.com", "/~ff/"), ("feedblitz.com", "/_/"), ("flipboard.com", "/bookmarklet"), ("share.flipboard.com", "/"),
    ("getpocket.com", "/edit"), ("getpocket.com", "/save"), ("instapaper.com", "/edit"), ("instapaper.com", "/hello2"), ("line.me", "/r/"), ("line.naver.jp", "/r/"), ("linkedin.com", "/cws/share"), ("linkedin.com", "/feed/"), ("linkedin.com", "/share"),
    ("linkedin.com", "/shareArticle"), ("linkedin.com", "/sharing/"), ("linkedin.com", "/shareArticle"), ("mix.com", "/mixit"), ("news.ycombinator.com", "/submitlink"),
    ("odnoklassniki.ru", "/dk"), ("connect.ok.ru", "/offer"), ("pinterest.com", "/pin/create"), ("plus.google.com", "/share"), ("pocket.co", "/"), ("print-friendly.com", "/"), ("printfriendly.com", "/print"), ("reddit.com", "/submit"),
    ("sharethis.com", "/"), ("sharetomastodon.github.io", "/"), ("mastodonshare.com", "/"), ("stumbleupon.com", "/submit"), ("stumbleupon.com", "/badge"), ("t.me", "/share"), ("telegram.me", "/share"), ("threads.net", "/intent/"), ("threads.com", "/intent/"), ("toot.kytta.dev", "/"),
    ("tumblr.com", "/share"), ("tumblr.com", "/widgets/share"), ("twitter.com", "/home"), ("twitter.com", "/intent/tweet"), ("twitter.com", "/share"), ("vk.com", "/share.php"), ("vkontakte.ru", "/share.php"), ("wa.me", "/"), ("web.skype.com", "/share"),
    ("whatsapp.com", "/send"), ("x.com", "/intent/post"), ("x.com", "/intent/tweet"), ("x.com", "/share"), ("xing.com", "/spi/shares"), ("xing.com", "/app/user"),
];

/// What a link is to a share bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Share,
    /// By mail: a share link only beside others.
    Mail,
    None,
}

/// Cuts share bars.
pub(super) fn cut(body: &mut Body<'_>) {
    super::marks::cut_marked(body, Mark::Share, |body, open, close| {
        body.words(open, close, true).is_some_and(|words| count(&key(&words)) <= MANY)
    });
    if body.lines.iter().all(|line| line.links == 0) {
        return;
    }
    let uses: Vec<Use> = body.lines.iter().map(|line| bar(body, line)).collect();
    if !uses.contains(&Use::Share) {
        return;
    }
    let lines = body.lines.clone();
    let is_by = |at: usize| uses.get(at) == Some(&Use::Share);
    for (at, line) in lines.iter().enumerate() {
        let goes = match uses[at] {
            Use::Share => true,
            Use::Mail => at > 0 && is_by(at - 1) || is_by(at + 1),
            Use::None => is_by(at + 1) && is_label(body, line),
        };
        if goes {
            body.cut(Cut::line(line));
        }
    }
}

/// Whether a line is (part of) a share bar.
fn bar(body: &Body<'_>, line: &Line) -> Use {
    if line.links == 0 {
        return Use::None;
    }
    let mut found = Use::None;
    for open in body.link_tags(line) {
        match of_link(&body.href(open)) {
            Use::Share => found = Use::Share,
            Use::Mail if found == Use::None => found = Use::Mail,
            Use::Mail => {}
            Use::None => return Use::None,
        }
    }
    if found == Use::None || !is_short(body, line) { Use::None } else { found }
}

fn is_short(body: &Body<'_>, line: &Line) -> bool {
    let beside = body.words(line.from, line.to, false).map(|words| key(&words));
    let links: Vec<_> = body.links(line).collect();
    beside.is_some_and(|beside| beside.is_empty() || is_said_by_bars(&beside))
        && links.iter().all(|link| count(&link.words) <= LINK)
        && links.iter().map(|link| count(&link.words)).sum::<usize>() <= MANY
}

/// Words beside links to share by: a label, and buttons of which the links are gone.
fn is_said_by_bars(beside: &str) -> bool {
    const BUTTONS: &[&str] =
        &["and", "copy", "email", "link", "mail", "more", "on", "or", "pdf", "print", "via", "with"];
    let is_label = SHARE_LABELS.iter().any(|label| {
        let rest = beside.strip_prefix(label).filter(|rest| rest.is_empty() || rest.starts_with(' '));
        rest.is_some_and(|rest| rest.split_whitespace().all(|word| BUTTONS.contains(&word)))
    });
    is_label || beside.split(' ').all(|word| BUTTONS.contains(&word))
}

fn of_link(href: &str) -> Use {
    if href.starts_with("mailto:?") {
        return Use::Mail;
    }
    let web = ["https://", "http://"].iter().find_map(|scheme| href.strip_prefix(scheme));
    let Some(rest) = web.or_else(|| href.split_once("://").map(|(_, rest)| rest)) else { return Use::None };
    let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
    let (host, path) = rest.split_at(end.unwrap_or(rest.len()));
    let query = path.split_once('?').map(|(_, query)| query).unwrap_or_default();
    // WordPress counts clicks on its own page.
    if query.starts_with("share=") || !query.is_empty() && query.contains("&share=") && query.contains("nb=1")
    {
        return Use::Share;
    }
    let host = lower(host);
    let leads = |begin: &str| {
        path.strip_prefix(begin)
            .is_some_and(|rest| begin.ends_with('/') || rest.is_empty() || rest.starts_with(['/', '?', '.']))
            || begin == "/" && path.starts_with('?')
    };
    // The path first, and of it the letter behind the slash: it is sooner compared, and few have it.
    let letter = path.as_bytes().get(1);
    let may_lead = |begin: &str| begin.as_bytes().get(1).is_none_or(|first| Some(first) == letter);
    let shares = SHARERS.iter().any(|(known, begin)| may_lead(begin) && leads(begin) && is_of(&host, known));
    // A link to talk to somebody, or to a profile, has nothing to share.
    let has_matter =
        !matches!(&*host, "wa.me" | "linkedin.com" | "www.linkedin.com" | "twitter.com") || !query.is_empty();
    if shares && has_matter { Use::Share } else { Use::None }
}

fn is_label(body: &Body<'_>, line: &Line) -> bool {
    line.links == 0
        && !line.has_media
        && body.words(line.from, line.to, true).is_some_and(|words| SHARE_LABELS.contains(&&*key(&words)))
}
