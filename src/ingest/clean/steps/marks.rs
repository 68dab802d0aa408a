//! What the tag of a block says of it by class, id, style and name: noted while the tags are read, since none of it is
//! there any more when the blocks are looked at.

use super::body::Body;
use crate::markup::{Tag, decode_attribute};

/// What a block says it is. What it holds has a say too, before it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(in super::super) enum Mark {
    Share = 1,
    Related,
    SignUp,
    Form,
    Ad,
    Hidden,
}

/// Names of classes and ids, whole words of the attribute; `*` at the end: all that begin so.
#[rustfmt::skip]
const CLASSES: &[(Mark, &[&str])] = &[
    (Mark::Share, &["a2a_kit", "addthis*", "addtoany*", "article-share", "entry-share", "feedflare", "heateor_sss*", "jetpack-likes*",
        "jp-post-flair", "mr_social_sharing*", "post-share", "post-sharing", "sd-block", "sd-like", "sd-sharing*",
        "share-bar", "share-buttons", "share-icons", "share-links", "share-tools", "share-wrapper", "shareaholic*", "sharebar", "sharedaddy",
        "sharethis*", "sharing-buttons", "sharing-links", "simple-share*", "simplesocialbuttons*", "social-bar", "social-buttons", "social-icons",
        "social-links", "social-share*", "social-sharing*", "socialshare*", "ssba*", "ssbp*", "st-btns", "wabtn_container", "wpusb*"]),
    (Mark::Related, &["article-related", "contextly*", "crp_related", "jp-relatedposts", "more-stories", "nrelate*", "ob-widget", "outbrain*",
        "post-related", "recirc*", "recirculation*", "recommended-stories", "related-articles", "related-content", "related-links", "related-news",
        "related-posts", "related-stories", "related_articles", "related_posts", "relatedarticles", "relatedposts", "rp4wp*", "taboola*",
        "wp_rp*", "yarpp*", "zergnet*"]),
    (Mark::SignUp, &["convertkit*", "email-signup", "jetpack_subscription_widget", "mailchimp*", "mailpoet*", "mc4wp*", "mc_embed_signup", "mc_signup*",
        "newsletter", "newsletter-box", "newsletter-cta", "newsletter-form", "newsletter-promo", "newsletter-sign-up", "newsletter-signup*",
        "newsletter-widget", "newsletter_signup*", "newslettersignup*", "optin*", "signup-form", "subscribe-box", "subscribe-cta", "subscribe-form",
        "subscribe-widget", "subscription-form", "subscription-widget*", "tnp", "tnp-*", "wp-block-jetpack-subscriptions*"]),
    (Mark::Ad, &["ad", "ad-banner", "ad-block", "ad-box", "ad-container", "ad-label", "ad-placeholder", "ad-slot", "ad-unit", "ad-wrapper", "ads",
        "adsbygoogle", "adslot", "adunit", "advert", "advertisement", "advertisement-label", "advertising", "google-auto-placed", "ad-text", "dfp-ad",
        "wp-block-ad"]),
];

/// What the tag of an element, kept as `name`, says of its block; 0 for nothing.
pub(in super::super) fn mark(tag: Tag<'_>, name: &str) -> u8 {
    if tag.name.eq_ignore_ascii_case("form") {
        return Mark::Form as u8;
    }
    if tag.rest().is_empty() || !is_container(name) {
        return 0;
    }
    let mut found = 0;
    for (attribute, value) in tag.attributes() {
        if attribute.eq_ignore_ascii_case("class") || attribute.eq_ignore_ascii_case("id") {
            if let Some(mark) = by_class(&decode_attribute(value).to_ascii_lowercase()) {
                return mark as u8;
            }
        } else if is_hidden(attribute, value) {
            found = Mark::Hidden as u8;
        }
    }
    found
}

fn is_container(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "p"
            | "ul"
            | "ol"
            | "section"
            | "aside"
            | "footer"
            | "header"
            | "figure"
            | "table"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
    )
}

fn by_class(value: &str) -> Option<Mark> {
    value.split_ascii_whitespace().find_map(|class| {
        let fits = |known: &&str| match known.strip_suffix('*') {
            Some(begin) => class.starts_with(begin),
            None => class == *known,
        };
        CLASSES.iter().find(|(_, classes)| classes.iter().any(fits)).map(|(mark, _)| *mark)
    })
}

/// Whether an attribute says that nobody is to see the element.
pub(super) fn is_hidden(attribute: &str, value: &str) -> bool {
    if attribute.eq_ignore_ascii_case("hidden") {
        return !value.eq_ignore_ascii_case("until-found");
    }
    attribute.eq_ignore_ascii_case("style")
        && style(value).any(|(property, value)| {
            matches!((&*property, &*value), ("display", "none") | ("visibility", "hidden" | "collapse"))
        })
}

/// The declarations of a style attribute, in lower case, without `!important`.
pub(super) fn style(value: &str) -> impl Iterator<Item = (String, String)> {
    let value = decode_attribute(value).to_ascii_lowercase();
    let declarations: Vec<(String, String)> = value
        .split(';')
        .filter_map(|declaration| {
            let (property, value) = declaration.split_once(':')?;
            Some((property.trim().to_owned(), value.replace("!important", "").trim().to_owned()))
        })
        .collect();
    declarations.into_iter()
}

/// Cuts the blocks of a mark that are what they say, by their words. Block by block, the outer first.
pub(super) fn cut_marked(body: &mut Body<'_>, mark: Mark, is_it: impl Fn(&Body<'_>, usize, usize) -> bool) {
    if !body.has_mark(mark as u8) {
        return;
    }
    let pieces = body.pieces();
    for (open, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.note == mark as u8) {
        if !body.is_gone(open) && is_it(body, open, piece.mate) {
            body.cut_block(open);
        }
    }
}
