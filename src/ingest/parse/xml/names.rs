//! Namespaces: one table from URI, and from well-known prefix where none is declared, to the module that reads it.

use crate::model::InputFormat;

/// A vocabulary: the file under `parse/module/` that reads its elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest::parse) enum Module {
    /// RSS of any version, and elements in no namespace.
    Rss,
    Atom,
    Rdf,
    DublinCore,
    DcTerms,
    Content,
    Syndication,
    Slash,
    Wfw,
    Thread,
    Media,
    Itunes,
    Podcast,
    Chapters,
    License,
    Geo,
    History,
    Admin,
    Feedburner,
    Xhtml,
    /// Channel Definition Format: known by its root, not by a namespace.
    Cdf,
    Sitemap,
    SitemapNews,
    SitemapImage,
    SitemapVideo,
    Tombstones,
    /// Any other.
    Foreign,
}

/// Namespace URI (lower case, without scheme and trailing `/` or `#`) to module.
const URIS: &[(&str, Module)] = &[
    ("www.w3.org/2005/atom", Module::Atom),
    ("purl.org/atom/ns", Module::Atom),
    ("purl.org/rss/1.0", Module::Rss),
    ("my.netscape.com/rdf/simple/0.9", Module::Rss),
    ("channel.netscape.com/rdf/simple/0.9", Module::Rss),
    ("my.netscape.com/publish/formats/rss-0.91.dtd", Module::Rss),
    ("blogs.law.harvard.edu/tech/rss", Module::Rss),
    ("cyber.law.harvard.edu/rss", Module::Rss),
    ("purl.org/net/rss1.1", Module::Rss),
    ("purl.org/rss/1.0/modules/rss091", Module::Rss),
    ("purl.org/net/rss1.1/payload", Module::Foreign),
    ("www.w3.org/1999/02/22-rdf-syntax-ns", Module::Rdf),
    ("purl.org/dc/elements/1.1", Module::DublinCore),
    ("purl.org/dc/elements/1.0", Module::DublinCore),
    ("purl.org/dc/terms", Module::DcTerms),
    ("purl.org/rss/1.0/modules/content", Module::Content),
    ("purl.org/rss/1.0/modules/syndication", Module::Syndication),
    ("purl.org/rss/1.0/modules/slash", Module::Slash),
    ("wellformedweb.org/commentapi", Module::Wfw),
    ("purl.org/syndication/thread/1.0", Module::Thread),
    ("search.yahoo.com/mrss", Module::Media),
    ("video.search.yahoo.com/mrss", Module::Media),
    ("tools.search.yahoo.com/mrss", Module::Media),
    ("www.rssboard.org/media-rss", Module::Media),
    ("podcastindex.org/namespace/1.0", Module::Podcast),
    ("github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md", Module::Podcast),
    ("podlove.org/simple-chapters", Module::Chapters),
    ("backend.userland.com/creativecommonsrssmodule", Module::License),
    ("blogs.law.harvard.edu/tech/creativecommonsrssmodule", Module::License),
    ("creativecommons.org/ns", Module::License),
    ("creativecommons.org/ns#license", Module::License),
    ("web.resource.org/cc", Module::License),
    ("cyber.law.harvard.edu/rss/creativecommonsrssmodule.html", Module::License),
    ("www.georss.org/georss", Module::Geo),
    ("www.georss.org/georss/10", Module::Geo),
    ("www.opengis.net/gml", Module::Geo),
    ("www.opengis.net/gml/3.2", Module::Geo),
    ("www.w3.org/2003/01/geo/wgs84_pos", Module::Geo),
    ("postneo.com/icbm", Module::Geo),
    ("purl.org/syndication/history/1.0", Module::History),
    ("purl.org/atompub/tombstones/1.0", Module::Tombstones),
    ("webns.net/mvcb", Module::Admin),
    ("rssnamespace.org/feedburner/ext/1.0", Module::Feedburner),
    ("www.w3.org/1999/xhtml", Module::Xhtml),
    ("www.sitemaps.org/schemas/sitemap/0.9", Module::Sitemap),
    ("www.google.com/schemas/sitemap/0.84", Module::Sitemap),
    ("www.google.com/schemas/sitemap-news/0.9", Module::SitemapNews),
    ("www.google.com/schemas/sitemap-image/1.1", Module::SitemapImage),
    ("www.google.com/schemas/sitemap-video/1.1", Module::SitemapVideo),
];

/// The namespaces, in the spelling of [`URIS`], that tell a format.
const FORMATS: &[(&str, InputFormat)] = &[
    ("my.netscape.com/rdf/simple/0.9", InputFormat::Rss090),
    ("channel.netscape.com/rdf/simple/0.9", InputFormat::Rss090),
    ("purl.org/rss/1.0", InputFormat::Rss10),
    ("purl.org/net/rss1.1", InputFormat::Rss11),
    ("purl.org/atom/ns", InputFormat::Atom03),
    ("www.w3.org/2005/atom", InputFormat::Atom10),
];

/// Namespaces of which there are many: told by how they begin, or end.
fn module_by_part(plain: &str) -> Module {
    const USERLAND: &str = "backend.userland.com/rss";
    const PODCAST: &str = "/dtds/podcast-1.0.dtd";
    let tail = plain.len().checked_sub(PODCAST.len()).and_then(|start| plain.get(start..));
    if plain.get(..USERLAND.len()).is_some_and(|head| head.eq_ignore_ascii_case(USERLAND)) {
        Module::Rss
    } else if tail.is_some_and(|tail| tail.eq_ignore_ascii_case(PODCAST)) {
        Module::Itunes
    } else {
        Module::Foreign
    }
}

/// Prefixes by which modules are known where nobody declared them.
const PREFIXES: &[(&str, Module)] = &[
    ("", Module::Rss),
    ("rss", Module::Rss),
    ("atom", Module::Atom),
    ("atom10", Module::Atom),
    ("a10", Module::Atom),
    ("atom03", Module::Atom),
    ("rdf", Module::Rdf),
    ("dc", Module::DublinCore),
    ("dcterms", Module::DcTerms),
    ("content", Module::Content),
    ("sy", Module::Syndication),
    ("slash", Module::Slash),
    ("wfw", Module::Wfw),
    ("thr", Module::Thread),
    ("media", Module::Media),
    ("itunes", Module::Itunes),
    ("podcast", Module::Podcast),
    ("psc", Module::Chapters),
    ("creativecommons", Module::License),
    ("cc", Module::License),
    ("georss", Module::Geo),
    ("gml", Module::Geo),
    ("geo", Module::Geo),
    ("icbm", Module::Geo),
    ("fh", Module::History),
    ("at", Module::Tombstones),
    ("admin", Module::Admin),
    ("feedburner", Module::Feedburner),
    ("xhtml", Module::Xhtml),
    ("html", Module::Xhtml),
    ("news", Module::SitemapNews),
];

/// The module of a namespace.
pub(super) fn module_of_uri(uri: &str) -> Module {
    if uri.is_empty() {
        return Module::Rss;
    }
    let plain = plain(uri);
    let known = URIS.iter().find(|(known, _)| known.eq_ignore_ascii_case(plain));
    known.map_or_else(|| module_by_part(plain), |&(_, module)| module)
}

/// The module that a prefix means where it is not declared.
pub(super) fn module_of_prefix(prefix: &str) -> Module {
    let known = PREFIXES.iter().find(|(known, _)| known.eq_ignore_ascii_case(prefix));
    known.map_or(Module::Foreign, |&(_, module)| module)
}

/// The format that a namespace tells, where one does.
pub(super) fn format_of_uri(uri: &str) -> Option<InputFormat> {
    let plain = plain(uri);
    let known = FORMATS.iter().find(|(known, _)| known.eq_ignore_ascii_case(plain));
    known.map(|&(_, format)| format)
}

/// A namespace URI in the spelling of [`URIS`], but for case.
fn plain(uri: &str) -> &str {
    let uri = uri.trim();
    let bare = ["http://", "https://"].iter().find_map(|scheme| {
        let head = uri.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &uri[scheme.len()..])
    });
    bare.unwrap_or(uri).trim_end_matches(['/', '#'])
}

/// A qualified name (Namespaces in XML 1.0 §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest::parse) struct Name<'a> {
    /// As written.
    pub(in crate::ingest::parse) written: &'a str,
    /// Empty for none.
    pub(in crate::ingest::parse) prefix: &'a str,
    /// Without prefix, as written.
    pub(in crate::ingest::parse) local: &'a str,
}

impl<'a> Name<'a> {
    /// A name whose colon stands at `colon`.
    pub(super) fn parted(written: &'a str, colon: Option<usize>) -> Self {
        match colon {
            Some(colon) => Self { written, prefix: &written[..colon], local: &written[colon + 1..] },
            None => Self { written, prefix: "", local: written },
        }
    }
}

/// Splits a name as written into prefix (empty for none) and local name.
pub(in crate::ingest::parse) fn split(name: &str) -> (&str, &str) {
    match name.bytes().position(|byte| byte == b':') {
        Some(colon) => (&name[..colon], &name[colon + 1..]),
        None => ("", name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_are_known_in_the_spellings_that_feeds_use() {
        for uri in [
            "http://search.yahoo.com/mrss/",
            "https://search.yahoo.com/mrss",
            " HTTP://Search.Yahoo.com/mrss/#",
        ] {
            assert_eq!(module_of_uri(uri), Module::Media, "{uri}");
        }
        for uri in ["http://www.itunes.com/DTDs/Podcast-1.0.dtd", "http://example.com/DTDs/PodCast-1.0.dtd"] {
            assert_eq!(module_of_uri(uri), Module::Itunes, "{uri}");
        }
        for uri in ["http://backend.userland.com/RSS2", "http://backend.userland.com/rss093"] {
            assert_eq!(module_of_uri(uri), Module::Rss, "{uri}");
        }
        assert_eq!(module_of_uri("http://example.org/own"), Module::Foreign);
    }
}
