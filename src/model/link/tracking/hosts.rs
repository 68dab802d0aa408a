//! Names that track on some hosts and say what the page is on others.

/// Names of parameters.
pub(super) type Names = &'static [&'static str];

/// Hosts (with those below them) and the names that track there, sorted by host.
#[rustfmt::skip]
pub(super) const HOSTS: &[(&str, Names)] = &[
    ("alibaba.com", ALIBABA),
    ("aliexpress.com", ALIBABA),
    ("aliyun.com", ALIBABA),
    ("amazon", &["_encoding", "ascsubtag", "content-id", "crid", "pd_rd_i", "pd_rd_r", "pd_rd_w", "pd_rd_wg",
        "pf_rd_i", "pf_rd_m", "pf_rd_p", "pf_rd_r", "pf_rd_s", "pf_rd_t", "qid", "ref", "ref_", "sprefix", "sr"]),
    ("arstechnica.com", CONDE_NAST),
    ("barrons.com", DOW_JONES),
    ("bilibili.com", &["from_source", "from_spmid", "seid", "share_from", "share_medium", "share_plat",
        "share_session_id", "share_source", "share_tag", "spm_id_from", "unique_k", "vd_source"]),
    ("bing.com", BING),
    ("bloomberg.com", &["leadsource", "sref", "srnd"]),
    ("csdn.net", ALIBABA),
    ("dailymail.co.uk", &["ito"]),
    ("economist.com", &["fsrc"]),
    ("etsy.com", &["click_key", "click_sum", "ga_order", "ga_search_query", "ga_search_type", "ga_view_type",
        "ref"]),
    ("facebook.com", &["__tn__", "__xts__", "_rdr", "eav", "fref", "hc_location", "hc_ref", "paipv", "rdid",
        "refid", "refsrc", "share_url"]),
    ("forbes.com", &["sh", "ss"]),
    ("ft.com", &["ftcamp", "segmentid"]),
    ("google", &["aqs", "biw", "bih", "ei", "fbs", "gs_lcp", "gs_lcrp", "oq", "sa", "sca_esv", "sca_upv",
        "sclient", "sourceid", "sxsrf", "uact", "usg", "ved", "vet"]),
    ("gq.com", CONDE_NAST),
    ("imdb.com", &["ref_"]),
    ("linkedin.com", &["eid", "licu", "lipi", "midsig", "midtoken", "originalsubdomain", "rcm", "refid",
        "trackingid"]),
    ("marketwatch.com", DOW_JONES),
    ("medium.com", &["source"]),
    ("msn.com", BING),
    ("newyorker.com", CONDE_NAST),
    ("nytimes.com", &["action", "auth", "campaign_id", "clicksource", "contentcollection", "instance_id", "mccr",
        "module", "nl", "nlid", "pgtype", "regi_id", "region", "segment_id", "smid", "te", "user_id"]),
    ("pitchfork.com", CONDE_NAST),
    ("reddit.com", &["$deep_link", "correlation_id", "rdt", "ref", "ref_campaign", "ref_source", "share_id"]),
    ("reuters.com", &["feedname", "rpc"]),
    ("spiegel.de", &["sara_ecid", "sara_ref"]),
    ("spotify.com", &["dl_branch", "nd", "si"]),
    ("substack.com", &["isfreemail", "r", "showwelcome", "showwelcomeonshare", "triedredirect"]),
    ("taobao.com", ALIBABA),
    ("theguardian.com", &["cmp"]),
    ("tiktok.com", &["_d", "_r", "_t", "checksum", "is_copy_url", "is_from_webapp", "sec_uid", "sender_device",
        "sender_web_id", "share_app_id", "share_link_id", "timestamp", "tt_from", "u_code", "web_id"]),
    ("tmall.com", ALIBABA),
    ("twitter.com", TWITTER),
    ("vanityfair.com", CONDE_NAST),
    ("vogue.com", CONDE_NAST),
    ("washingtonpost.com", &["itid", "wpisrc", "wpmm"]),
    ("wikipedia.org", &["wprov"]),
    ("wired.com", CONDE_NAST),
    ("wsj.com", DOW_JONES),
    ("x.com", TWITTER),
    ("youtu.be", YOUTUBE),
    ("youtube-nocookie.com", YOUTUBE),
    ("youtube.com", YOUTUBE),
];

const ALIBABA: Names = &["pvid", "scm", "spm", "spm_id_from"];
const BING: Names = &["cvid", "ei", "form", "ghc", "ocid", "pc", "qs", "sc", "sp"];
const CONDE_NAST: Names = &["mbid"];
const DOW_JONES: Names = &["mod", "reflink"];
const TWITTER: Names = &["cxt", "s", "t"];
#[rustfmt::skip]
const YOUTUBE: Names = &["ab_channel", "embeds_referring_euri", "embeds_referring_origin", "feature", "pp", "si",
    "source_ve_path"];

/// Whether a parameter of this name, in lower case, tracks on a host.
pub(super) fn tracks_on(host: &str, name: &str) -> bool {
    find(HOSTS, |row| row.0, host, |(_, names)| Some(names.contains(&name))).unwrap_or_default()
}

/// The first that is found in the rows of a table, sorted by host, whose host [is](is_of) this one.
pub(in crate::model::link) fn find<T, R>(
    table: &[T],
    host_of: fn(&T) -> &'static str,
    host: &str,
    mut wanted: impl FnMut(&T) -> Option<R>,
) -> Option<R> {
    let mut of = |name: &str| {
        let first = table.partition_point(|row| host_of(row) < name);
        table[first..].iter().take_while(|row| host_of(row) == name).find_map(&mut wanted)
    };
    let mut name = host;
    while let Some(dot) = name.bytes().position(|byte| byte == b'.') {
        if let Some(found) = of(name) {
            return Some(found);
        }
        name = &name[dot + 1..];
    }
    of(firm_of(host))
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
    let (before, ending) = last_label(host);
    let (before, label) = last_label(before);
    let is_second = ending.len() == 2 && matches!(label, "co" | "com");
    if is_second { last_label(before).1 } else { label }
}

/// What stands before the last dot, and the label behind it.
fn last_label(host: &str) -> (&str, &str) {
    let dot = host.bytes().rposition(|byte| byte == b'.');
    dot.map_or(("", host), |dot| (&host[..dot], &host[dot + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_by_exactly_the_hosts_that_are_of_its_own() {
        assert!(HOSTS.is_sorted_by_key(|(host, _)| host));
        for (known, _) in HOSTS {
            for host in ["", ".", "www.", "not", "a.b."].map(|before| format!("{before}{known}")) {
                for host in
                    ["", ".", ".com", ".co.uk", ".example.org"].map(|behind| format!("{host}{behind}"))
                {
                    let mut found = Vec::new();
                    find::<_, ()>(
                        HOSTS,
                        |row| row.0,
                        &host,
                        |row| {
                            found.push(row.0);
                            None
                        },
                    );
                    let all = HOSTS.iter().map(|row| row.0);
                    let mut wanted: Vec<&str> = all.filter(|known| is_of(&host, known)).collect();
                    wanted.sort_by_key(|known| !known.contains('.'));
                    assert_eq!(found, wanted, "{host}");
                }
            }
        }
    }

    #[test]
    fn a_rule_of_a_host_holds_there_and_below_and_nowhere_else() {
        assert!(tracks_on("youtu.be", "si") && tracks_on("music.youtube.com", "si"));
        assert!(!tracks_on("notyoutube.com", "si") && !tracks_on("youtube.com.example.org", "si"));
        assert!(tracks_on("www.google.co.uk", "ved") && tracks_on("google.de", "ved"));
        assert!(!tracks_on("google.example.org", "ved"));
    }
}
