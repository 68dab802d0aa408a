//! Redirectors that carry in their own address where they lead. Shorteners do not, and are left as they are; so are
//! archives and affiliate programmes, which an author chose.

use std::borrow::Cow;

use ::url::{Url, form_urlencoded};
use base64::Engine as _;
use percent_encoding::percent_decode_str;

use super::tracking::{find, is_of};

/// A redirector: its host (with those below it), the beginning of its path, and the parameters that may hold the target.
struct Redirector(&'static str, &'static str, &'static [&'static str]);

/// Search, social networks, mail filters; sorted by host.
#[rustfmt::skip]
const REDIRECTORS: &[Redirector] = &[
    Redirector("away.vk.com", "/away.php", &["to"]),
    Redirector("bing.com", "/news/apiclick.aspx", &["url"]),
    Redirector("clicktime.symantec.com", "/", &["u"]),
    Redirector("curseforge.com", "/linkout", &["remoteurl"]),
    Redirector("disq.us", "/url", &["url"]),
    Redirector("douban.com", "/link2", &["url"]),
    Redirector("duckduckgo.com", "/l/", &["uddg"]),
    Redirector("exit.sc", "/", &["url"]),
    Redirector("facebook.com", "/flx/warn", &["u"]),
    Redirector("facebook.com", "/l.php", &["u"]),
    Redirector("gate.sc", "/", &["url"]),
    Redirector("getpocket.com", "/redirect", &["url"]),
    Redirector("gitee.com", "/link", &["target"]),
    Redirector("google", "/url", &["url", "q"]),
    Redirector("instagram.com", "/", &["u"]),
    Redirector("link.csdn.net", "/", &["target"]),
    Redirector("link.juejin.cn", "/", &["target"]),
    Redirector("link.zhihu.com", "/", &["target"]),
    Redirector("linkedin.com", "/redir/", &["url"]),
    Redirector("linkedin.com", "/safety/go", &["url"]),
    Redirector("linkprotect.cudasvc.com", "/url", &["a"]),
    Redirector("medium.com", "/r/", &["url"]),
    Redirector("messenger.com", "/l.php", &["u"]),
    Redirector("news.google.com", "/", &["url"]),
    Redirector("ok.ru", "/dk", &["st.link"]),
    Redirector("out.reddit.com", "/", &["url"]),
    Redirector("pinterest.com", "/offsite", &["url"]),
    Redirector("safelinks.protection.outlook.com", "/", &["url"]),
    Redirector("slack-redir.net", "/link", &["url"]),
    Redirector("steamcommunity.com", "/linkfilter", &["u", "url"]),
    Redirector("t.me", "/iv", &["url"]),
    Redirector("t.umblr.com", "/redirect", &["z"]),
    Redirector("threads.com", "/", &["u"]),
    Redirector("threads.net", "/", &["u"]),
    Redirector("twitter.com", "/i/redirect", &["url"]),
    Redirector("urldefense.proofpoint.com", "/v1/url", &["u"]),
    Redirector("vk.com", "/away.php", &["to"]),
    Redirector("weibo.cn", "/sinaurl", &["u", "toasturl"]),
    Redirector("youtube.com", "/redirect", &["q"]),
];

/// Hosts of [`REDIRECTORS`] that are redirectors only on their host for leaving.
const ONLY_LEAVING: &[&str] = &["instagram.com", "threads.com", "threads.net"];

/// Hosts whose whole query is the target.
const WHOLE_QUERY: &[&str] = &["anonym.to", "href.li", "nullrefer.com"];

/// Hosts that write the target into their path.
const IN_PATH: &[&str] =
    &["bing-amp.com", "outgoing.prod.webservices.mozgcp.net", "r.search.yahoo.com", "secure-web.cisco.com"];

/// Whether an address of this host, in lower case, and this path may have a [`target`] though it has no query.
pub(crate) fn carries_target(host: &str, path: &str) -> bool {
    path.starts_with("/amp/")
        || path.starts_with("/v3/")
        || is_of(host, "cdn.ampproject.org")
        || IN_PATH.contains(&host)
}

/// The address that a redirector leads to, where its own says so; one step only.
pub(super) fn target(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    if url.query().is_none() && !carries_target(host, url.path()) {
        return None;
    }
    let written = in_query(url, host).or_else(|| in_path(url, host)).or_else(|| encoded(url, host))?;
    let target = Url::parse(&written).ok()?;
    // Shorter, so that unwrapping ends; what leads nowhere is no target.
    let leads = super::is_web(&target) && target.has_host() && target.as_str().len() < url.as_str().len();
    leads.then_some(target)
}

fn in_query(url: &Url, host: &str) -> Option<Cow<'static, str>> {
    // No address goes without a colon.
    let query = url.query().filter(|query| memchr::memchr2(b':', b'%', query.as_bytes()).is_some())?;
    if WHOLE_QUERY.contains(&host) {
        return Some(percent_decode_if_encoded(query).into_owned().into());
    }
    let parameters = find(
        REDIRECTORS,
        |row| row.0,
        host,
        |Redirector(known, path, names)| {
            let leads = begins(url.path(), path)
                && (!ONLY_LEAVING.contains(known) || host.strip_suffix(known) == Some("l."));
            let value = |name: &&str| parameter(query, name).filter(|value| value.contains("://"));
            if leads { names.iter().find_map(value) } else { None }
        },
    );
    // disq.us writes a checksum behind.
    let value = parameters?;
    let value = if host == "disq.us" {
        value.rsplit_once(':').map_or(&*value, |(url, _)| url).to_owned()
    } else {
        value
    };
    Some(value.into())
}

/// Whether a path is this one, or below it.
fn begins(path: &str, known: &str) -> bool {
    path.strip_prefix(known)
        .is_some_and(|rest| known.ends_with('/') || rest.is_empty() || rest.starts_with('/'))
}

/// The value of a parameter, decoded; names are compared without case.
fn parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.into_owned())
}

/// Caches of AMP pages, and what else writes the target into its path.
fn in_path(url: &Url, host: &str) -> Option<Cow<'static, str>> {
    let path = url.path();
    if let Some(cache) = path.strip_prefix("/amp/").filter(|_| is_of(host, "google")) {
        return cached(cache, url.query());
    }
    if is_of(host, "cdn.ampproject.org") || host == "bing-amp.com" {
        let (kind, rest) = path.strip_prefix('/')?.split_once('/')?;
        return match kind {
            "a" | "c" | "i" | "v" | "wp" => cached(rest, url.query()),
            "ii" => cached(rest.split_once('/')?.1, url.query()),
            _ => None,
        };
    }
    let encoded = match host {
        "r.search.yahoo.com" => path.split_once("/RU=")?.1.split('/').next()?,
        "secure-web.cisco.com" => path.strip_prefix('/')?.split_once('/')?.1,
        "outgoing.prod.webservices.mozgcp.net" => path.strip_prefix("/v1/")?.split_once('/')?.1,
        _ => return None,
    };
    Some(percent_decode_if_encoded(encoded).into_owned().into())
}

/// `s/host/path` is https, `host/path` is http.
fn cached(rest: &str, query: Option<&str>) -> Option<Cow<'static, str>> {
    let (scheme, address) = match rest.strip_prefix("s/") {
        Some(address) => ("https", address),
        None => ("http", rest),
    };
    let host = address.split('/').next()?;
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    host.contains('.').then(|| format!("{scheme}://{address}{query}").into())
}

/// Targets in codes of their own.
fn encoded(url: &Url, host: &str) -> Option<Cow<'static, str>> {
    if host == "urldefense.proofpoint.com" && begins(url.path(), "/v2/url") {
        let coded = parameter(url.query()?, "u")?.replace('-', "%").replace('_', "/");
        return Some(percent_decode_str(&coded).decode_utf8().ok()?.into_owned().into());
    }
    if url.path().starts_with("/v3/") && is_of(host, "urldefense.com") {
        return proofpoint_v3(url);
    }
    if begins(url.path(), "/ck/a") && is_of(host, "bing.com") {
        let coded = parameter(url.query()?, "u")?;
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
            .decode(coded.strip_prefix("a1")?.trim_end_matches('='))
            .ok()?;
        return String::from_utf8(bytes).ok().map(Cow::Owned);
    }
    None
}

/// `/v3/__URL__;CODE!…`: each `*` in the URL is the next character of the code. Runs (`**`) are left wrapped.
fn proofpoint_v3(url: &Url) -> Option<Cow<'static, str>> {
    let rest = url.as_str().split_once("/v3/__")?.1;
    let (address, code) = rest.rsplit_once("__;")?;
    if address.contains("**") {
        return None;
    }
    let code = code.split('!').next().unwrap_or_default();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(code.trim_end_matches('=')).ok()?;
    let replaced = String::from_utf8(bytes).ok()?;
    let mut replaced = replaced.chars();
    let target: Option<String> =
        address.chars().map(|c| if c == '*' { replaced.next() } else { Some(c) }).collect();
    // The browser took one of two slashes for none.
    let target = target?;
    let fixed = match target.split_once(":/") {
        Some((scheme, rest)) if !rest.starts_with('/') => format!("{scheme}://{rest}"),
        _ => target,
    };
    Some(fixed.into())
}

/// An address that stands there encoded as one piece, or as it is.
fn percent_decode_if_encoded(text: &str) -> Cow<'_, str> {
    if text.contains("://") {
        return Cow::Borrowed(text);
    }
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_by_host() {
        assert!(REDIRECTORS.is_sorted_by_key(|row| row.0));
    }
}
