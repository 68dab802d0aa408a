//! Tracking pixels: images that nobody is to see, by size, by style, by where they are from.

use super::body::Body;
use super::images::Image;
use super::marks::{Mark, cut_marked, is_hidden, style};
use crate::model::link::is_of;

/// Domains that serve nothing else, sorted.
#[rustfmt::skip]
const DOMAINS: &[&str] = &[
    "2mdn.net", "2o7.net", "adform.net", "adnxs.com", "adsrvr.org", "bluekai.com", "buysellads.net", "chartbeat.net", "clustrmaps.com", "demdex.net", "doubleclick.net",
    "everesttech.net", "feedsportal.com", "gemius.pl", "google-analytics.com", "googleadservices.com", "googlesyndication.com", "googletagmanager.com", "histats.com",
    "imrworldwide.com", "ioam.de", "ivwbox.de", "krxd.net", "moatads.com", "omtrdc.net", "parsely.com", "pheedo.com", "quantserve.com", "rlcdn.com",
    "scorecardresearch.com", "simplereach.com", "sitemeter.com", "statcounter.com", "xiti.com", "yadro.ru",
];

/// Hosts (with those below them) and beginnings of paths there.
#[rustfmt::skip]
const PLACES: &[(&str, &str)] = &[
    ("bat.bing.com", "/"), ("blogger.com", "/tracker/"), ("blogger.googleusercontent.com", "/tracker/"), ("counter.rambler.ru", "/"),
    ("counter.theconversation.com", "/"), ("counter.theconversation.edu.au", "/"), ("cpix.vgwort.de", "/"), ("facebook.com", "/tr"),
    ("feedburner.com", "/~r/"), ("feedburner.com", "/~ff/"), ("feedproxy.google.com", "/~r/"), ("feedproxy.google.com", "/~ff/"), ("feedblitz.com", "/~/i/"),
    ("feedblitz.com", "/~/t/"), ("feeds.wordpress.com", "/1.0/"), ("google.com", "/pagead/"), ("list-manage.com", "/track/"), ("mc.yandex.ru", "/watch"), ("medium.com", "/_/stat"), ("met.vgwort.de", "/na/"),
    ("pixel.wp.com", "/"), ("px.ads.linkedin.com", "/"), ("stats.wordpress.com", "/"), ("stats.wp.com", "/"), ("t.co", "/i/adsct"), ("analytics.twitter.com", "/"),
    ("top-fwz1.mail.ru", "/"), ("vgwort.de", "/na/"), ("pixel.propublica.org", "/"),
];

/// First labels of hosts that count readers.
const COUNTERS: &[&str] = &[
    "beacon", "beacons", "count", "counter", "pixel", "pixels", "px", "track", "tracker", "tracking",
    "zaehler",
];

/// First labels of hosts that count readers, and show charts of other things as well.
const STATISTICS: &[&str] =
    &["analytics", "collect", "collector", "hits", "log", "logs", "metrics", "ping", "stat", "stats"];

/// Files that count, by name.
#[rustfmt::skip]
const FILES: &[&str] = &[
    "1px.gif", "1x1.gif", "1x1.png", "__utm.gif", "beacon.gif", "count.gif", "count.php", "counter.gif", "counter.php", "matomo.php", "mf.gif", "open.gif",
    "piwik.php", "pixel.gif", "pixel.php", "pixel.png", "pixel.aspx", "track.gif", "track.php", "tracker.gif", "tracker.php", "tracking-pixel.gif", "tracking-pixel.png",
    "tracking.gif", "tracking.php", "tracking_pixel.gif", "trackingpixel.gif", "utm.gif",
];

/// Parts of paths by which mails ask whether they were opened, and pages of what they are.
const PARTS: &[&str] = &[
    "/track/open",
    "/wf/open",
    "/trk/open",
    "/b/ss/",
    "/tracking/pixel",
    "/pixel/track",
    "/tracking-pixel/",
];

/// Drops an image that is there to track.
pub(super) fn unmask(image: &mut Image<'_>) {
    if image.is_gone || !image.is_picture() {
        return;
    }
    let (width, height) = size(image);
    if !image.is_lazy
        && (is_point(width, height) || image.attributes().any(|(name, value)| is_hidden(name, value)))
    {
        image.is_gone = true;
        return;
    }
    let is_seen = width.is_none_or(|side| side > 2)
        && height.is_none_or(|side| side > 2)
        && (width, height) != (None, None);
    let Some((host, path, query)) = image.get("src").map(parts) else { return };
    image.is_gone = is_known(&host, path) || !is_seen && looks_it(&host, path, query);
}

/// Drops blocks that nobody is to see, if there are no words in them.
pub(super) fn cut_hidden(body: &mut Body<'_>) {
    cut_marked(body, Mark::Hidden, |body, open, close| {
        body.words(open, close, true).is_some_and(|words| words.trim().is_empty())
    });
}

/// Width and height as they are stated, by style before attribute, in pixels.
fn size(image: &Image<'_>) -> (Option<u32>, Option<u32>) {
    let stated = |name: &str| image.get(name).and_then(pixels);
    let (mut width, mut height) = (stated("width"), stated("height"));
    if let Some(declared) = image.get("style") {
        for (property, value) in style(declared) {
            match &*property {
                "width" | "max-width" => width = pixels(&value).or(width),
                "height" | "max-height" => height = pixels(&value).or(height),
                _ => {}
            }
        }
    }
    (width, height)
}

fn pixels(value: &str) -> Option<u32> {
    let value = value.trim();
    let value = value.strip_suffix("px").unwrap_or(value).trim_end();
    value.parse().ok()
}

/// Whether there is nothing to see: no side, or one pixel. A line of one pixel is a line.
fn is_point(width: Option<u32>, height: Option<u32>) -> bool {
    match (width, height) {
        (Some(0), _) | (_, Some(0)) => true,
        (Some(width), Some(height)) => width <= 2 && height <= 2,
        (Some(side), None) | (None, Some(side)) => side == 1,
        (None, None) => false,
    }
}

/// Host in lower case, path and query of an address; no host where it is relative.
fn parts(src: &str) -> (String, &str, &str) {
    let src = src.trim();
    let (address, query) = src.split_once('?').unwrap_or((src, ""));
    let behind = address.find("//").filter(|&at| at == 0 || address[..at].ends_with(':')).map(|at| at + 2);
    let Some(behind) = behind else { return (String::new(), address, query) };
    let rest = &address[behind..];
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    (host.to_ascii_lowercase(), if path.is_empty() { "/" } else { path }, query)
}

fn is_known(host: &str, path: &str) -> bool {
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at + 1);
    let domain = dots.nth(1).map_or(host, |at| &host[at..]);
    DOMAINS.binary_search(&domain).is_ok()
        || PLACES.iter().any(|(known, begin)| {
            is_of(host, known)
                && path
                    .strip_prefix(begin)
                    .is_some_and(|rest| begin.ends_with('/') || rest.is_empty() || rest.starts_with('/'))
        })
}

/// What looks like a tracker, where no size says that it is to be seen.
fn looks_it(host: &str, path: &str, query: &str) -> bool {
    let label = host.split('.').next().unwrap_or_default();
    let file = path.rsplit('/').next().unwrap_or_default();
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_photo =
        ["jpg", "jpeg", "webp", "avif", "svg"].iter().any(|known| known.eq_ignore_ascii_case(ending));
    let is_picture = is_photo || ending.eq_ignore_ascii_case("png");
    COUNTERS.contains(&label) && !is_photo && host.contains('.')
        || STATISTICS.contains(&label)
            && !is_picture
            && (!query.is_empty() || ending.eq_ignore_ascii_case("gif"))
        || FILES.iter().any(|known| known.eq_ignore_ascii_case(file))
        || !is_picture && PARTS.iter().any(|part| path.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_sorted() {
        assert!(DOMAINS.is_sorted());
    }
}
