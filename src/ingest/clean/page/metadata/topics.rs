//! Summary, tags and lead image: what stands in a page for lists and previews.

use ::url::Url;

use super::linked::Linked;
use super::site::Site;
use super::survey::Survey;
use super::text::{clean, loose};
use crate::model::PlainText;
use crate::model::link::absolute;

/// Tags an article may have.
const MANY_TAGS: usize = 30;
/// `keywords` with more than these are written for search engines.
const MANY_KEYWORDS: usize = 10;
/// Letters of a tag.
const LONGEST_TAG: usize = 50;

/// Parts of an image's address that say that it shows no article.
const NO_LEAD: &[&str] = &[
    "logo",
    "placeholder",
    "avatar",
    "gravatar",
    "favicon",
    "sprite",
    "blank.",
    "default-image",
    "default_image",
    "spacer",
    "1x1",
];

/// The description, unless it only repeats the title.
pub(super) fn summary(survey: &Survey, linked: &Linked, title: &str) -> Option<PlainText> {
    let names = [
        "og:description",
        "description",
        "twitter:description",
        "dc.description",
        "dcterms.abstract",
        "sailthru.description",
    ];
    let said = survey.metas("og:description").chain(linked.description.as_deref());
    let said = said.chain(names.iter().flat_map(|name| survey.metas(name)));
    let mut texts = said.map(|text| PlainText::line(&clean(text))).filter(|text| !text.is_empty());
    texts.find(|text| loose(text.as_str()) != loose(title))
}

/// The labels the article was given; what is written for search engines only where it is short.
pub(super) fn tags(survey: &Survey, linked: &Linked, site: &Site) -> Vec<PlainText> {
    let split = |text: &str| -> Vec<String> { text.split([',', ';', '，', '、']).map(clean).collect() };
    let listed = |name: &str| -> Vec<String> { survey.metas(name).flat_map(split).collect() };
    let sources: [&dyn Fn() -> Vec<String>; 5] = [
        &|| survey.metas("article:tag").flat_map(split).collect(),
        &|| linked.tags.clone(),
        &|| {
            ["news_keywords", "parsely-tags", "sailthru.tags", "citation_keywords", "dc.subject"]
                .iter()
                .map(|name| listed(name))
                .find(|tags| !tags.is_empty())
                .unwrap_or_default()
        },
        &|| survey.tags.iter().map(|tag| super::pieces::joined(tag)).collect(),
        &|| Some(listed("keywords")).filter(|words| words.len() <= MANY_KEYWORDS).unwrap_or_default(),
    ];
    let mut tags: Vec<PlainText> = Vec::new();
    for tag in sources.iter().map(|source| source()).find(|tags| !tags.is_empty()).unwrap_or_default() {
        let tag = PlainText::line(tag.trim_start_matches('#'));
        let is_new = !tags.iter().any(|known| loose(known.as_str()) == loose(tag.as_str()));
        if is_new && is_tag(tag.as_str()) && !site.is_named(tag.as_str()) && tags.len() < MANY_TAGS {
            tags.push(tag);
        }
    }
    tags
}

/// What is for readers: no key with a value, no number, no sentence.
fn is_tag(tag: &str) -> bool {
    let has_letters = tag.chars().any(char::is_alphabetic) || tag.len() == 4 && tag.starts_with("20");
    has_letters
        && tag.chars().count() <= LONGEST_TAG
        && !tag.contains(['=', '@', '|'])
        && !tag.contains("://")
        && tag.split_once(':').is_none_or(|(_, value)| value.starts_with(' '))
}

/// The lead image: absolute, and none that shows the site and not the article.
pub(super) fn image(survey: &Survey, linked: &Linked, url: Option<&Url>) -> Option<Url> {
    let names = ["og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"];
    let metas = names.iter().flat_map(|name| survey.metas(name));
    let more = ["image", "thumbnail", "parsely-image-url", "sailthru.image.full"]
        .iter()
        .flat_map(|name| survey.metas(name));
    let images =
        metas.chain(linked.images.iter().map(String::as_str)).chain(more).chain(survey.image.as_deref());
    let mut images = images.filter_map(|image| absolute(image, url));
    images.find(|image| {
        let path = image.path().to_ascii_lowercase();
        let file = path.rsplit('/').next().unwrap_or(&path);
        path != "/" && !NO_LEAD.iter().any(|part| file.contains(part))
    })
}
