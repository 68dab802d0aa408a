//! Links: rows of the policy table. `Goes` has the URL and what is left of it, `Stays` a near twin.

use super::Case::{self, Goes, Stays};

pub(super) const ROWS: &[(&str, Case)] = &[
    ("tracking parameters", Goes("https://example.org/a?utm_source=rss&b=1", "https://example.org/a?b=1")),
    (
        "tracking parameters",
        Goes(
            "https://example.org/a?b=%C3%A9+x&UTM_Medium=x&a=2&&c",
            "https://example.org/a?b=%C3%A9+x&a=2&&c",
        ),
    ),
    (
        "tracking parameters",
        Goes("https://example.org/a?a=1&amp;utm_term=x&mc_cid=2&mc_eid=3", "https://example.org/a?a=1"),
    ),
    (
        "tracking parameters",
        Goes(
            "https://example.org/a?mtm_campaign=x&pk_kwd=y&hsa_acc=1&_hsenc=2&_hsmi=3",
            "https://example.org/a",
        ),
    ),
    (
        "tracking parameters",
        Goes(
            "https://example.org/a?fbclid=1&gclid=2&dclid=3&msclkid=4&yclid=5&igshid=6&twclid=7",
            "https://example.org/a",
        ),
    ),
    (
        "tracking parameters",
        Goes("https://example.org/a?at_medium=RSS&at_campaign=KARANGA&id=7", "https://example.org/a?id=7"),
    ),
    (
        "tracking parameters",
        Goes(
            "https://example.org/a?ns_mchannel=rss&ns_source=x&cmpid=y&vero_id=z&oly_enc_id=1",
            "https://example.org/a",
        ),
    ),
    (
        "tracking parameters",
        Goes("https://example.org/a?wt_mc=x&WT.mc_id=y&wt_zmc=z", "https://example.org/a"),
    ),
    ("tracking parameters", Stays("https://example.org/a?utmost=1&gclids=2")),
    ("tracking parameters", Stays("https://example.org/wiki?title=utm_source")),
    ("tracking parameters", Stays("https://example.org/a?mbid=0f-1e&cvid=4&campaignid=9&pk_id=3")),
    ("tracking parameters", Stays("https://example.org/a?at=home&ns=3&oly=1")),
    ("tracking parameters", Stays("https://example.org/a?")),
    ("tracking parameters", Stays("https://example.org/?p=123&q=a%20b&x=~!")),
    ("tracking parameters", Stays("https://example.org/a?b=%c3%A9&&=&c")),
    ("values that track", Goes("https://example.org/a?ref=rss&source=rss-front", "https://example.org/a")),
    ("values that track", Goes("https://example.org/a?source=rss----abc---4", "https://example.org/a")),
    (
        "values that track",
        Goes("https://example.org/a?partner=rss&emc=rss&id=1", "https://example.org/a?id=1"),
    ),
    ("values that track", Goes("https://example.org/a?feature=youtu.be&v=1", "https://example.org/a?v=1")),
    ("values that track", Stays("https://example.org/a?ref=main&source=reuters")),
    ("values that track", Stays("https://example.org/a?ref=rsspage")),
    ("values that track", Stays("https://example.org/a?source=code&from=2024-01-01&via=london")),
    ("values that track", Stays("https://example.org/a?feature=lighthouse")),
    ("parameters of a host", Goes("https://youtu.be/abc?si=xyz&t=42", "https://youtu.be/abc?t=42")),
    ("parameters of a host", Goes("https://x.com/a/status/1?s=20&t=abc", "https://x.com/a/status/1")),
    (
        "parameters of a host",
        Goes("https://www.amazon.co.uk/dp/1?pd_rd_i=1&qid=2&th=1", "https://www.amazon.co.uk/dp/1?th=1"),
    ),
    (
        "parameters of a host",
        Goes("https://en.wikipedia.org/wiki/Mill?wprov=sfla1", "https://en.wikipedia.org/wiki/Mill"),
    ),
    (
        "parameters of a host",
        Goes("https://open.spotify.com/track/1?si=2", "https://open.spotify.com/track/1"),
    ),
    ("parameters of a host", Stays("https://example.org/watch?si=xyz&t=42&s=20")),
    ("parameters of a host", Stays("https://www.youtube.com/watch?v=abc&t=42&list=x")),
    ("parameters of a host", Stays("https://x.com/search?q=mill&f=live")),
    ("parameters of a host", Stays("https://notyoutube.com/watch?si=xyz")),
    ("parameters of a host", Stays("https://medium.com/@a/b?sk=friend")),
    (
        "a second query",
        Goes("https://example.org/a?id=1?utm_source=x&utm_medium=y", "https://example.org/a?id=1"),
    ),
    ("a second query", Stays("https://example.org/a?id=1?page=2")),
    ("fragments that track", Goes("https://example.org/a#xtor=RSS-3", "https://example.org/a")),
    (
        "fragments that track",
        Goes("https://example.org/a#utm_source=x&utm_medium=y", "https://example.org/a"),
    ),
    ("fragments that track", Goes("https://example.org/a#:~:text=some%20words", "https://example.org/a")),
    (
        "fragments that track",
        Goes("https://example.org/a?id=7#part:~:text=x", "https://example.org/a?id=7#part"),
    ),
    ("fragments that track", Goes("https://example.org/a#Echobox=1700000000", "https://example.org/a")),
    ("fragments that track", Goes("https://example.org/a?c=1#?utm_source=x", "https://example.org/a?c=1")),
    ("fragments that track", Stays("https://example.org/a#section-2")),
    ("fragments that track", Stays("https://example.org/a?#")),
    ("fragments that track", Stays("https://example.org/a#xtorrent")),
    ("fragments that track", Stays("https://example.org/#!/a?b=1")),
    ("fragments that track", Stays("https://example.org/a#text=:~x")),
    (
        "redirectors: search",
        Goes(
            "https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1&usg=x",
            "https://example.org/a?b=1",
        ),
    ),
    (
        "redirectors: search",
        Goes("https://www.google.co.uk/url?q=https://example.org/a&sa=D", "https://example.org/a"),
    ),
    (
        "redirectors: search",
        Goes("https://duckduckgo.com/l/?uddg=https%3A%2F%2Fexample.org%2Fa&rut=1", "https://example.org/a"),
    ),
    (
        "redirectors: search",
        Goes(
            "https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly9leGFtcGxlLm9yZy9h&ntb=1",
            "https://example.org/a",
        ),
    ),
    (
        "redirectors: search",
        Goes(
            "https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU=https%3a%2f%2fexample.org%2fa/RK=2/RS=x-",
            "https://example.org/a",
        ),
    ),
    (
        "redirectors: search",
        Goes("https://news.google.com/news/url?sa=t&url=https://example.org/a", "https://example.org/a"),
    ),
    ("redirectors: search", Stays("https://www.google.com/search?q=https://example.org/a")),
    ("redirectors: search", Stays("https://www.google.com/url?q=javascript:alert(1)")),
    ("redirectors: search", Stays("https://www.google.com/url?q=data:text/html,://x")),
    ("redirectors: search", Stays("https://google.example.org/url?q=https://example.com/")),
    ("redirectors: search", Stays("https://www.bing.com/search?q=a1aHR0cHM6")),
    ("redirectors: search", Stays("https://web.archive.org/web/2024/https://example.org/a")),
    (
        "redirectors: social",
        Goes(
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%3Ffbclid%3D1&h=AT",
            "https://example.org/a",
        ),
    ),
    (
        "redirectors: social",
        Goes("https://lm.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa", "https://example.org/a"),
    ),
    (
        "redirectors: social",
        Goes("https://l.instagram.com/?u=https%3A%2F%2Fexample.org%2Fa&e=x", "https://example.org/a"),
    ),
    (
        "redirectors: social",
        Goes(
            "https://out.reddit.com/t3_1?url=https%3A%2F%2Fexample.org%2Fa&token=x",
            "https://example.org/a",
        ),
    ),
    (
        "redirectors: social",
        Goes("https://t.umblr.com/redirect?z=https%3A%2F%2Fexample.org%2Fa&t=x", "https://example.org/a"),
    ),
    (
        "redirectors: social",
        Goes("https://slack-redir.net/link?url=https%3A%2F%2Fexample.org%2Fa", "https://example.org/a"),
    ),
    (
        "redirectors: social",
        Goes("https://steamcommunity.com/linkfilter/?url=https://example.org/a", "https://example.org/a"),
    ),
    (
        "redirectors: social",
        Goes(
            "https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Fexample.org%2Fa",
            "https://example.org/a",
        ),
    ),
    (
        "redirectors: social",
        Goes(
            "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fexample%2Eorg%2Fa",
            "https://example.org/a",
        ),
    ),
    (
        "redirectors: social",
        Goes("https://vk.com/away.php?to=https%3A%2F%2Fexample.org%2Fa", "https://example.org/a"),
    ),
    (
        "redirectors: social",
        Goes("https://medium.com/r/?url=https%3A%2F%2Fexample.org%2Fa", "https://example.org/a"),
    ),
    ("redirectors: social", Goes("https://href.li/?https://example.org/a?b=1", "https://example.org/a?b=1")),
    (
        "redirectors: social",
        Goes("https://exit.sc/?url=https%3A%2F%2Fexample.org%2Fa", "https://example.org/a"),
    ),
    (
        "redirectors: social",
        Stays("https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fexample.org%2Fa"),
    ),
    ("redirectors: social", Stays("https://www.instagram.com/p/x/?u=https%3A%2F%2Fexample.org")),
    ("redirectors: social", Stays("https://www.youtube.com/watch?v=a&q=https%3A%2F%2Fexample.org")),
    ("redirectors: social", Stays("https://l.facebook.com/l.php?u=ftp%3A%2F%2Fexample.org%2Fa")),
    ("redirectors: social", Stays("https://example.org/redirect?url=https%3A%2F%2Fexample.com%2F")),
    ("redirectors: social", Stays("https://t.co/abc123")),
    ("redirectors: social", Stays("https://bit.ly/abc123")),
    (
        "redirectors: mail filters",
        Goes(
            "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa&data=x&reserved=0",
            "https://example.org/a",
        ),
    ),
    (
        "redirectors: mail filters",
        Goes(
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_a-3Fb-3D1&d=x&c=y",
            "https://example.org/a?b=1",
        ),
    ),
    (
        "redirectors: mail filters",
        Goes("https://urldefense.com/v3/__https://example.org/a*b__;Iw!!X!y$", "https://example.org/a#b"),
    ),
    ("redirectors: mail filters", Stays("https://urldefense.com/v3/__https://example.org/a**Bb__;Iw!!X!y$")),
    ("redirectors: mail filters", Stays("https://safelinks.example.org/?url=https%3A%2F%2Fexample.com%2Fa")),
    (
        "AMP caches",
        Goes("https://www.google.com/amp/s/www.example.org/a/amp", "https://www.example.org/a/amp"),
    ),
    (
        "AMP caches",
        Goes("https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a", "https://www.example.org/a"),
    ),
    (
        "AMP caches",
        Goes(
            "https://www-example-org.cdn.ampproject.org/v/s/www.example.org/a?usqp=mq331",
            "https://www.example.org/a?usqp=mq331",
        ),
    ),
    (
        "AMP caches",
        Goes(
            "https://example-org.cdn.ampproject.org/ii/w680/s/example.org/i.jpg",
            "https://example.org/i.jpg",
        ),
    ),
    ("AMP caches", Stays("https://cdn.ampproject.org/v0.js")),
    ("AMP caches", Stays("https://www.example.org/amp/s/a")),
];
