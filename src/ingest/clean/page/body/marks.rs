//! What the names in `class`, `id` and the like say of an element: that it is no part of the story, or the story
//! itself. Names are compared as whole words, so that `ad` is not found in `header`.

use std::borrow::Cow;

use dom_query::Element;

use super::shapes::Shapes;
use crate::markup::lower;

/// Why an element may be no part of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Not shown, or only to a mouse or to a program that reads aloud.
    Hidden,
    /// Shown when the mouse rests on a word.
    Bubble,
    /// What readers wrote.
    Comments,
    /// Other articles, share buttons, advertisements, forms, menus.
    Around,
    /// Who wrote it, when, under which heads; and who that is.
    About,
    /// A line under a picture.
    Caption,
}

/// What the names of an element say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) mark: Option<Mark>,
    /// It says that it is the text of the story.
    pub(super) is_body: bool,
}

/// Words of names, whole.
const WORDS: &[(Mark, &[&str])] = &[
    (Mark::Hidden, &["noprint", "nocontent", "hide", "invisible"]),
    (Mark::Bubble, &["tooltip", "popover", "rollover", "popup", "hovercard"]),
    (
        Mark::Comments,
        &["disqus", "respond", "replies", "livefyre", "kommentare", "comentarios", "commentaires"],
    ),
    (
        Mark::Around,
        &[
            "ad",
            "ads",
            "adv",
            "advert",
            "advertisement",
            "advertising",
            "dfp",
            "adsense",
            "anzeige",
            "werbung",
            "publicidad",
            "share",
            "shares",
            "sharebar",
            "sharethis",
            "addthis",
            "addtoany",
            "sharedaddy",
            "social",
            "nav",
            "navbar",
            "navigation",
            "menu",
            "breadcrumb",
            "breadcrumbs",
            "sidebar",
            "newsletter",
            "newsletters",
            "signup",
            "subscribe",
            "subscription",
            "cookie",
            "cookies",
            "consent",
            "gdpr",
            "modal",
            "lightbox",
            "pagination",
            "pager",
            "outbrain",
            "taboola",
            "zergnet",
            "recirc",
            "recirculation",
            "nextclick",
            "yarpp",
            "promo",
            "promobox",
            "cta",
            "toolbar",
            "paywall",
            "login",
            "readmore",
            "seealso",
            "trending",
            "mostread",
            "mostpopular",
            "popular",
            "widget",
            "banner",
            "donate",
            "donation",
            "masthead",
            "footer",
            "print",
            "slideshow",
            "toc",
            "rating",
            "ratings",
            "skip",
            "carousel",
        ],
    ),
    (
        Mark::About,
        &[
            "byline",
            "bylines",
            "author",
            "authors",
            "authorinfo",
            "authorbox",
            "bio",
            "biography",
            "date",
            "pubdate",
            "timestamp",
            "datetime",
            "published",
            "tags",
            "tag",
            "taglist",
            "topics",
            "keywords",
            "categories",
            "credits",
            "postmeta",
            "kicker",
            "eyebrow",
            "subtitle",
            "subline",
            "subhead",
            "dek",
            "standfirst",
            "copyright",
            "readtime",
            "views",
            "attribution",
            "vcard",
            "autor",
            "autoren",
            "auteur",
        ],
    ),
    (
        Mark::Caption,
        &["caption", "captions", "figcaption", "credit", "photographer", "imagecredit", "photocredit"],
    ),
];

/// Beginnings of words.
const BEGINNINGS: &[(Mark, &[&str])] = &[
    (Mark::Comments, &["comment", "kommentar"]),
    (Mark::Around, &["related", "recommend", "sponsor", "googlead", "similar", "relacionad", "verwandt"]),
];

/// Two words, one behind the other.
const PAIRS: &[(Mark, &str, &str)] = &[
    (Mark::Hidden, "sr", "only"),
    (Mark::Hidden, "screen", "reader"),
    (Mark::Hidden, "visually", "hidden"),
    (Mark::Hidden, "hidden", "visually"),
    (Mark::Around, "read", "more"),
    (Mark::Around, "read", "next"),
    (Mark::Around, "see", "also"),
    (Mark::Around, "also", "on"),
    (Mark::Around, "next", "up"),
    (Mark::Around, "up", "next"),
    (Mark::Around, "most", "popular"),
    (Mark::Around, "most", "read"),
    (Mark::Around, "top", "stories"),
    (Mark::Around, "more", "stories"),
    (Mark::Around, "more", "from"),
    (Mark::Around, "more", "on"),
    (Mark::Around, "follow", "us"),
    (Mark::Around, "sign", "up"),
    (Mark::Around, "mc", "embed"),
    (Mark::Around, "call", "to"),
    (Mark::Around, "post", "navigation"),
    (Mark::Around, "inline", "video"),
    (Mark::About, "entry", "meta"),
    (Mark::About, "post", "meta"),
    (Mark::About, "article", "meta"),
    (Mark::About, "article", "info"),
    (Mark::About, "post", "info"),
    (Mark::About, "entry", "footer"),
    (Mark::About, "post", "footer"),
    (Mark::About, "read", "time"),
    (Mark::About, "reading", "time"),
    (Mark::Caption, "image", "meta"),
    (Mark::Caption, "photo", "credit"),
    (Mark::Caption, "image", "description"),
];

/// Two words that name the text of a story.
const BODIES: &[(&str, &str)] = &[
    ("article", "body"),
    ("article", "content"),
    ("article", "text"),
    ("article", "fulltext"),
    ("entry", "content"),
    ("post", "content"),
    ("post", "body"),
    ("post", "entry"),
    ("story", "body"),
    ("story", "content"),
    ("story", "text"),
    ("body", "copy"),
    ("news", "content"),
    ("news", "text"),
    ("content", "body"),
    ("single", "content"),
];

/// One word that names the text of a story.
const BODY: &[&str] = &["articlebody", "storybody", "articletext", "artikeltext", "postbody", "entrybody"];

/// Names that a list of posts gives to each: then words behind them are its tags and author, not what it is.
const POSTS: &[&str] = &["hentry", "type-post", "status-publish"];

/// Reads the names of an element.
pub(super) fn named(element: &Element) -> Named {
    let mut found = Named::default();
    let mut of_post = false;
    for attribute in &element.attrs {
        match &*attribute.name.local {
            "hidden" => found.mark = Some(Mark::Hidden),
            "aria-hidden" if &*attribute.value == "true" => found.mark = Some(Mark::Hidden),
            "style" if is_hidden(&attribute.value) => found.mark = Some(Mark::Hidden),
            "role" => take(&mut found, role(&attribute.value)),
            "itemprop" => {
                found.is_body |= attribute.value.split_whitespace().any(|name| name == "articleBody");
            }
            "class" | "id" => {
                of_post |= attribute.value.split_whitespace().any(|name| POSTS.contains(&name));
                read_names(&attribute.value, &mut found);
            }
            _ => {}
        }
    }
    if of_post && found.mark != Some(Mark::Hidden) {
        found.mark = None;
    }
    found
}

fn is_hidden(style: &str) -> bool {
    let mut words = style.split([':', ';']).map(str::trim);
    while let Some(word) = words.next() {
        let hides = |value: &str| value.starts_with("none") || value.starts_with("hidden");
        if matches!(word, "display" | "visibility") && words.next().is_some_and(hides) {
            return true;
        }
    }
    false
}

fn role(value: &str) -> Option<Mark> {
    match value {
        "navigation" | "banner" | "contentinfo" | "complementary" | "dialog" | "alertdialog" | "search"
        | "menu" | "toolbar" | "tablist" => Some(Mark::Around),
        "tooltip" => Some(Mark::Bubble),
        _ => None,
    }
}

/// The strongest mark counts: what hides before what surrounds.
fn take(found: &mut Named, mark: Option<Mark>) {
    let rank = |mark: Mark| match mark {
        Mark::Hidden => 0,
        Mark::Bubble => 1,
        Mark::Comments => 2,
        Mark::Around => 3,
        Mark::Caption => 4,
        Mark::About => 5,
    };
    if let Some(mark) = mark
        && found.mark.is_none_or(|before| rank(mark) < rank(before))
    {
        found.mark = Some(mark);
    }
}

/// Names longer than this are data.
const LONG: usize = 400;

fn read_names(names: &str, found: &mut Named) {
    for name in names[..names.floor_char_boundary(LONG)].split_whitespace() {
        let mut before = Cow::Borrowed("");
        for word in words(name).map(lower) {
            take(found, of_word(&word));
            take(found, of_pair(&before, &word));
            found.is_body |= is_body(&before, &word);
            before = word;
        }
    }
}

/// The words of a name: `relatedPosts-title` is `related`, `Posts`, `title`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut was_small = false;
        let end = rest.find(|c: char| {
            let ends = !c.is_alphanumeric() || (was_small && c.is_uppercase());
            was_small = c.is_lowercase();
            ends
        });
        let (word, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind;
        (!word.is_empty()).then_some(word)
    })
}

fn of_word(word: &str) -> Option<Mark> {
    const SHAPES: Shapes = {
        let (mut shapes, mut list) = (Shapes::NONE, 0);
        while list < WORDS.len() {
            shapes = shapes.with(WORDS[list].1);
            list += 1;
        }
        shapes
    };
    let whole = SHAPES.fit(word).then(|| WORDS.iter().find(|(_, words)| words.contains(&word))).flatten();
    let begins =
        |begin: &&str| begin.as_bytes().first() == word.as_bytes().first() && word.starts_with(begin);
    let begun = || BEGINNINGS.iter().find(|(_, words)| words.iter().any(begins));
    whole.or_else(begun).map(|(mark, _)| *mark)
}

fn of_pair(before: &str, word: &str) -> Option<Mark> {
    const SHAPES: Shapes = {
        let (mut shapes, mut pair) = (Shapes::NONE, 0);
        while pair < PAIRS.len() {
            shapes = shapes.with(&[PAIRS[pair].2]);
            pair += 1;
        }
        shapes
    };
    let pair = |(_, first, second): &&(Mark, &str, &str)| *first == before && *second == word;
    let is_second = !before.is_empty() && SHAPES.fit(word);
    is_second.then(|| PAIRS.iter().find(pair)).flatten().map(|(mark, ..)| *mark)
}

fn is_body(before: &str, word: &str) -> bool {
    const SHAPES: Shapes = {
        let (mut shapes, mut pair) = (Shapes::NONE.with(BODY), 0);
        while pair < BODIES.len() {
            shapes = shapes.with(&[BODIES[pair].1]);
            pair += 1;
        }
        shapes
    };
    SHAPES.fit(word) && (BODY.contains(&word) || BODIES.contains(&(before, word)))
}
