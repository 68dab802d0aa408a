//! Names that track on some hosts and say what the page is on others.

/// Hosts (with those below them) and the names that track there.
#[rustfmt::skip]
const HOSTS: &[(&[&str], &[&str])] = &[
    (&["amazon"], &["_encoding", "ascsubtag", "content-id", "crid", "pd_rd_i", "pd_rd_r", "pd_rd_w", "pd_rd_wg", "pf_rd_i",
        "pf_rd_m", "pf_rd_p", "pf_rd_r", "pf_rd_s", "pf_rd_t", "qid", "ref", "ref_", "sprefix", "sr"]),
    (&["aliexpress.com", "alibaba.com", "taobao.com", "tmall.com", "csdn.net", "aliyun.com"], &["pvid", "scm", "spm", "spm_id_from"]),
    (&["bilibili.com"], &["from_source", "from_spmid", "seid", "share_from", "share_medium", "share_plat", "share_session_id",
        "share_source", "share_tag", "spm_id_from", "unique_k", "vd_source"]),
    (&["bing.com", "msn.com"], &["cvid", "ei", "form", "ghc", "ocid", "pc", "qs", "sc", "sp"]),
    (&["bloomberg.com"], &["leadsource", "sref", "srnd"]),
    (&["dailymail.co.uk"], &["ito"]),
    (&["economist.com"], &["fsrc"]),
    (&["etsy.com"], &["click_key", "click_sum", "ga_order", "ga_search_query", "ga_search_type", "ga_view_type", "ref"]),
    (&["facebook.com"], &["__tn__", "__xts__", "_rdr", "eav", "fref", "hc_location", "hc_ref", "paipv", "rdid", "refid",
        "refsrc", "share_url"]),
    (&["forbes.com"], &["sh", "ss"]),
    (&["ft.com"], &["ftcamp", "segmentid"]),
    (&["google"], &["aqs", "biw", "bih", "ei", "fbs", "gs_lcp", "gs_lcrp", "oq", "sa", "sca_esv", "sca_upv", "sclient",
        "sourceid", "sxsrf", "uact", "usg", "ved", "vet"]),
    (&["imdb.com"], &["ref_"]),
    (&["linkedin.com"], &["eid", "licu", "lipi", "midsig", "midtoken", "originalsubdomain", "rcm", "refid", "trackingid"]),
    (&["medium.com"], &["source"]),
    (&["newyorker.com", "wired.com", "vogue.com", "vanityfair.com", "arstechnica.com", "pitchfork.com", "gq.com"], &["mbid"]),
    (&["nytimes.com"], &["action", "auth", "campaign_id", "clicksource", "contentcollection", "instance_id", "mccr", "module",
        "nl", "nlid", "pgtype", "regi_id", "region", "segment_id", "smid", "te", "user_id"]),
    (&["reddit.com"], &["$deep_link", "correlation_id", "rdt", "ref", "ref_campaign", "ref_source", "share_id"]),
    (&["reuters.com"], &["feedname", "rpc"]),
    (&["spiegel.de"], &["sara_ecid", "sara_ref"]),
    (&["spotify.com"], &["dl_branch", "nd", "si"]),
    (&["substack.com"], &["isfreemail", "r", "showwelcome", "showwelcomeonshare", "triedredirect"]),
    (&["theguardian.com"], &["cmp"]),
    (&["tiktok.com"], &["_d", "_r", "_t", "checksum", "is_copy_url", "is_from_webapp", "sec_uid", "sender_device",
        "sender_web_id", "share_app_id", "share_link_id", "timestamp", "tt_from", "u_code", "web_id"]),
    (&["twitter.com", "x.com"], &["cxt", "s", "t"]),
    (&["washingtonpost.com"], &["itid", "wpisrc", "wpmm"]),
    (&["wikipedia.org"], &["wprov"]),
    (&["wsj.com", "barrons.com", "marketwatch.com"], &["mod", "reflink"]),
    (&["youtube.com", "youtu.be", "youtube-nocookie.com"], &["ab_channel", "embeds_referring_euri", "embeds_referring_origin",
        "feature", "pp", "si", "source_ve_path"]),
];

/// Whether a parameter of this name, in lower case, tracks on this host.
pub(super) fn is_tracking(name: &str, host: &str) -> bool {
    HOSTS.iter().any(|(hosts, names)| names.contains(&name) && hosts.iter().any(|known| is_of(host, known)))
}

/// Whether `host` is `known` or below it; a known host without a dot is the name of a firm under every ending.
pub(crate) fn is_of(host: &str, known: &str) -> bool {
    if !known.contains('.') {
        return firm_of(host) == known;
    }
    host.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// The label before a host's ending: `google` of `www.google.co.uk`, `google.com` and `google.de`.
fn firm_of(host: &str) -> &str {
    let mut labels = host.rsplit('.');
    let ending = labels.next().unwrap_or_default();
    let label = labels.next().unwrap_or_default();
    let is_second = ending.len() == 2 && matches!(label, "co" | "com");
    if is_second { labels.next().unwrap_or_default() } else { label }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_of_a_host_holds_there_and_below_and_nowhere_else() {
        assert!(is_tracking("si", "youtu.be") && is_tracking("si", "music.youtube.com"));
        assert!(!is_tracking("si", "notyoutube.com") && !is_tracking("si", "youtube.com.example.org"));
        assert!(is_tracking("ved", "www.google.co.uk") && is_tracking("ved", "google.de"));
        assert!(!is_tracking("ved", "google.example.org"));
    }
}
