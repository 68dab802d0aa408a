//! Enclosures and the lead image.

use ::url::Url;

use crate::model::parts::Media;
use crate::model::{Attachment, Entry};

use crate::model::labels::media_type;
use crate::model::link::absolute;

/// Files that one article may have.
const MANY: usize = 50;

/// Enclosures, then sounds and films of Media RSS, each once.
pub(super) fn attachments(entry: &Entry, base: Option<&Url>) -> Vec<Attachment> {
    let enclosures = entry.enclosures.iter().map(|file| (file.url.as_str(), &file.media_type, file.length));
    let media = entry.media.iter().filter(|media| is_media(media, &["audio", "video"]));
    let media = media.filter_map(|media| Some((media.url.as_deref()?, &media.media_type, None)));
    let mut kept: Vec<Attachment> = Vec::new();
    for (url, media_type, length) in enclosures.chain(media) {
        let Some(url) = web(url, base) else { continue };
        if kept.len() < MANY && !kept.iter().any(|known| known.url == url) {
            kept.push(Attachment { media_type: media_type_of(media_type.as_deref(), &url), length, url });
        }
    }
    kept
}

/// The media type as given, else by the name's ending (RFC 2046 §4.5.1 where there is none known).
fn media_type_of(given: Option<&str>, url: &Url) -> String {
    let by_name = || mime_guess::from_path(url.path()).first_or_octet_stream().essence_str().to_owned();
    given.and_then(media_type).unwrap_or_else(by_name)
}

/// The lead image: the entry's own, the podcast module's, the first of Media RSS, the first enclosure that is one.
pub(super) fn image(entry: &Entry, base: Option<&Url>) -> Option<Url> {
    let own = entry.image.as_ref().and_then(|image| image.url.as_deref());
    let podcast = entry.itunes.as_ref().and_then(|itunes| itunes.image.as_deref());
    let thumbnails =
        entry.media.iter().flat_map(|media| &media.thumbnails).map(|thumbnail| thumbnail.url.as_str());
    let media =
        entry.media.iter().filter(|media| is_media(media, &["image"])).filter_map(|m| m.url.as_deref());
    let is_image = |given: Option<&str>| given.is_some_and(|kind| kind.trim().starts_with("image/"));
    let files = entry.enclosures.iter().filter(|file| is_image(file.media_type.as_deref()));
    let files = files.map(|file| file.url.as_str());
    own.into_iter().chain(podcast).chain(thumbnails).chain(media).chain(files).find_map(|url| web(url, base))
}

fn is_media(media: &Media, kinds: &[&str]) -> bool {
    let declared = media.media_type.as_deref().and_then(|declared| declared.split('/').next());
    kinds.iter().any(|kind| media.medium.as_deref() == Some(*kind) || declared == Some(*kind))
}

fn web(url: &str, base: Option<&Url>) -> Option<Url> {
    if url.trim().is_empty() { None } else { absolute(url, base) }
}
