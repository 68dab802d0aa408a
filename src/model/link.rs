//! The normal form of a link: two links of one form lead to one page.

use url::Url;

/// Query parameters that say how a reader came, never what they see. Compared without case.
const TRACKING: &[&str] = &[
    "__hsfp",
    "__hssc",
    "__hstc",
    "__twitter_impression",
    "_branch_match_id",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_openstat",
    "cmpid",
    "dclid",
    "epik",
    "fbclid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "hsctatracking",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "ml_subscriber",
    "ml_subscriber_hash",
    "msclkid",
    "rb_clickid",
    "s_cid",
    "srsltid",
    "ttclid",
    "twclid",
    "wbraid",
    "wickedid",
    "wt_mc",
    "wt_zmc",
    "xtor",
    "yclid",
    "ysclid",
];

/// Families of such parameters: Urchin and Google, Matomo, HubSpot, AT Internet, Comscore, Vero, Omeda.
const TRACKING_FAMILIES: &[&str] =
    &["utm_", "mtm_", "matomo_", "pk_", "piwik_", "hsa_", "at_", "ns_", "vero_", "oly_"];

/// `ref=` and `source=` are content on many sites; with these values they are not.
const TRACKING_VALUES: &[&str] = &["atom", "facebook", "feed", "mastodon", "newsletter", "rss", "twitter"];

/// Whether a query parameter is for tracking only. Name and value as they stand in the query.
#[must_use]
pub fn is_tracking(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let told = |list: &[&str], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    match name.as_str() {
        "ref" | "source" => told(TRACKING_VALUES, value),
        _ => told(TRACKING, &name) || TRACKING_FAMILIES.iter().any(|family| name.starts_with(family)),
    }
}

/// Host in lower case, path and query: no scheme, default port, user, fragment, tracking parameter or trailing slash.
/// What is left stays in its order and spelling. A URL without a host (`mailto:`) is its own form.
#[must_use]
pub fn link_form(url: &Url) -> String {
    let Some(host) = url.host_str() else { return url.to_string() };
    let mut form = host.to_ascii_lowercase();
    if let Some(port) = url.port() {
        form.push_str(&format!(":{port}"));
    }
    form.push_str(url.path().trim_end_matches('/'));
    let mut separator = '?';
    for pair in url.query().unwrap_or_default().split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if !pair.is_empty() && !is_tracking(name, value) {
            form.push(separator);
            form.push_str(pair);
            separator = '&';
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(url: &str) -> String {
        link_form(&Url::parse(url).unwrap())
    }

    #[test]
    fn links_to_one_page_have_one_form() {
        for url in [
            "http://example.org/a/b",
            "https://example.org/a/b/",
            "https://EXAMPLE.org:443/a/b#comments",
            "https://user@example.org/a/b?utm_source=rss&UTM_medium=feed",
            "https://example.org/a/b/?fbclid=1&ref=rss",
            "https://example.org/a/b?",
        ] {
            assert_eq!(form(url), "example.org/a/b", "{url}");
        }
        assert_eq!(form("https://example.org/"), "example.org");
    }

    #[test]
    fn links_to_different_pages_have_different_forms() {
        assert_eq!(form("https://example.org/?p=1&utm_id=2&q=%C3%A9"), "example.org?p=1&q=%C3%A9");
        assert_eq!(form("https://example.org/?ref=main&source=42"), "example.org?ref=main&source=42");
        assert_eq!(form("https://example.org:8080/A"), "example.org:8080/A");
        assert_eq!(form("https://example.org/?b=1&a=2"), "example.org?b=1&a=2");
        assert_eq!(form("mailto:a@example.org"), "mailto:a@example.org");
    }
}
