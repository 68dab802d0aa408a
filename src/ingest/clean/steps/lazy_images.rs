//! Images that a script would have loaded: their real address is in an attribute of the script's own.

use memchr::memchr2;

use crate::markup::candidates;

use super::images::Image;

/// Attributes that hold the real address.
#[rustfmt::skip]
const SOURCES: &[&str] = &[
    "data-src", "data-lazy-src", "data-original", "data-lazy", "data-original-src", "data-lazyload", "data-lazyload-src", "data-actualsrc",
    "data-cfsrc", "data-ezsrc", "data-breeze", "data-opt-src", "data-wpfc-original-src", "data-delayed-url", "data-defer-src", "data-deferred",
    "data-echo", "data-i-src", "data-img-src", "data-imgsrc", "data-src-img", "data-ll-src", "data-runner-src", "nitro-lazy-src", "lazy-src",
    "lazysrc", "data-lazysrc", "data-hi-res-src", "data-raw-src", "data-normal",
];

/// Attributes that hold an address of it where nothing better is there.
#[rustfmt::skip]
const FALLBACKS: &[&str] = &[
    "data-orig-file", "data-large-file", "data-medium-file", "data-image", "data-img-url", "data-original-url", "data-full-src", "data-url",
    "data-large", "data-hires", "data-thumb", "zoomfile", "file",
];

/// Attributes that hold the real candidates.
#[rustfmt::skip]
const SETS: &[&str] = &[
    "data-srcset", "data-lazy-srcset", "data-original-set", "data-original-srcset", "data-cfsrcset", "data-ezsrcset", "data-opt-srcset",
    "nitro-lazy-srcset", "lazy-srcset", "data-src-set",
];

/// Files that only keep a place free, by name without ending.
const BLANKS: &[&str] =
    &["blank", "spacer", "transparent", "1x1", "clear", "trans", "clear1x1", "transparent1x1", "shim"];

/// Files that keep a place free where the real address stands beside them.
#[rustfmt::skip]
const PLACEHOLDERS: &[&str] = &[
    "placeholder", "lazy", "lazyload", "loading", "loader", "spinner", "grey", "gray", "px", "pixel", "dot", "empty", "ajax-loader", "lazy_placeholder",
    "lazy-placeholder", "lazyload-placeholder", "image-placeholder", "placeholder-image", "img-placeholder", "preload", "white", "default",
];

/// Gives an image its real address and candidates.
pub(super) fn load(image: &mut Image<'_>) {
    let src = image.get("src").unwrap_or_default().trim();
    let is_kept_free = is_blank(src) || stem(src).is_some_and(|stem| PLACEHOLDERS.contains(&&*stem));
    let has_more = image.attributes().any(|(name, _)| !is_of_html(name));
    if has_more {
        let find = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| image.get(name).map(str::trim).filter(|value| is_address(value)))
                .map(str::to_owned)
        };
        let set = SETS
            .iter()
            .find_map(|name| image.get(name))
            .filter(|set| candidates(set).any(|(url, _)| is_address(url)));
        let set = set.map(str::to_owned);
        let source = find(SOURCES).or_else(|| {
            if is_kept_free && image.is_picture() { set.as_deref().and_then(largest) } else { None }
        });
        let source = source.or_else(|| if is_kept_free { find(FALLBACKS) } else { None });
        image.is_lazy = source.is_some() || set.is_some();
        take(image, source, set);
    }
    if is_kept_free && !image.is_lazy && image.is_picture() && image.get("srcset").is_none() {
        image.is_gone |= image.get("src").is_some_and(|src| is_blank(src.trim()));
    }
}

fn take(image: &mut Image<'_>, source: Option<String>, set: Option<String>) {
    if let Some(source) = source {
        image.set("src", source);
    }
    if let Some(set) = set {
        image.set("srcset", set);
        let sizes = image.get("data-sizes").or(image.get("data-lazy-sizes")).map(str::to_owned);
        match sizes.filter(|sizes| !sizes.trim().eq_ignore_ascii_case("auto")) {
            Some(sizes) => image.set("sizes", sizes),
            None if image.get("sizes").is_some_and(|sizes| sizes.trim().eq_ignore_ascii_case("auto")) => {
                image.remove("sizes");
            }
            None => {}
        }
    }
    // The size of the placeholder.
    if image.is_lazy {
        for side in ["width", "height"] {
            if image.get(side).is_some_and(|side| matches!(side.trim(), "0" | "1")) {
                image.remove(side);
            }
        }
    }
}

/// Attributes that an ordinary image has.
fn is_of_html(name: &str) -> bool {
    matches!(
        name,
        "src"
            | "alt"
            | "width"
            | "height"
            | "class"
            | "title"
            | "srcset"
            | "sizes"
            | "style"
            | "id"
            | "border"
            | "loading"
            | "decoding"
            | "type"
            | "media"
    )
}

/// The widest or densest candidate; of equals the first.
fn largest(set: &str) -> Option<String> {
    let size = |descriptor: &str| descriptor.trim_end_matches(['w', 'x']).parse::<f64>().unwrap_or(1.0);
    let all = candidates(set).filter(|(url, _)| is_address(url));
    all.reduce(|best, next| if size(next.1) > size(best.1) { next } else { best })
        .map(|(url, _)| url.to_owned())
}

/// Whether there is nothing to see at an address.
fn is_blank(src: &str) -> bool {
    let begins =
        |scheme: &str| src.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme));
    src.is_empty()
        || src.starts_with('#')
        || ["data:", "about:", "blob:", "javascript:"].iter().any(|scheme| begins(scheme))
        || stem(src).is_some_and(|stem| BLANKS.contains(&&*stem))
}

/// The file's name in lower case, without the ending of an image; `None` where it has none.
fn stem(src: &str) -> Option<String> {
    let path = &src[..memchr2(b'?', b'#', src.as_bytes()).unwrap_or(src.len())];
    let file = path.rsplit('/').next().unwrap_or_default();
    // Placeholders have short names.
    let (stem, ending) = file.rsplit_once('.').filter(|(stem, _)| stem.len() <= 24)?;
    is_image_ending(ending).then(|| stem.to_ascii_lowercase())
}

fn is_image_ending(ending: &str) -> bool {
    ["gif", "png", "jpg", "jpeg", "svg", "webp", "avif", "bmp"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(ending))
}

/// Whether a value can be the address of an image: no number, no data, no template.
fn is_address(value: &str) -> bool {
    let is_clean = !value.is_empty() && !value.contains(|c: char| c.is_whitespace() || "{}<>\"|".contains(c));
    let path = value.split(['?', '#']).next().unwrap_or_default();
    let has_ending = path.rsplit_once('.').is_some_and(|(_, ending)| is_image_ending(ending));
    is_clean && (value.contains('/') || has_ending) && !is_blank(value)
}
