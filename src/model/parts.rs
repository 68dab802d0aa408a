//! The parts of a feed record, as parsed: public shapes of `docs/reference/record.md`.
#![allow(missing_docs, reason = "the fields are those of docs/reference/record.md, name by name")]

mod geo;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

pub use geo::{Geo, Position};

/// Plain text or HTML, as declared or as found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextKind {
    /// `text/plain`: no markup, entities already resolved.
    #[default]
    Plain,
    /// `text/html`: markup as the feed wrote it, not cleaned.
    Html,
}

impl TextKind {
    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Plain => "text/plain",
            Self::Html => "text/html",
        }
    }
}

/// A text of a feed: its value with what the feed says about it. Printed as a bare string when it is plain and
/// nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    pub value: String,
    pub kind: TextKind,
    /// The text's own language; `""` where `xml:lang=""` said "none".
    pub language: Option<String>,
    /// The base URL for relative references inside HTML.
    pub base: Option<String>,
    /// Where the content is instead (Atom `content/@src`).
    pub src: Option<String>,
}

impl Text {
    /// Plain text with nothing said about it.
    #[must_use]
    pub fn plain(value: impl Into<String>) -> Self {
        Self { value: value.into(), ..Self::default() }
    }

    /// HTML as the feed wrote it, not cleaned.
    #[must_use]
    pub fn html(value: impl Into<String>) -> Self {
        Self { value: value.into(), kind: TextKind::Html, ..Self::default() }
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let told = [("language", &self.language), ("base", &self.base), ("src", &self.src)];
        if self.kind == TextKind::Plain && told.iter().all(|(_, value)| value.is_none()) {
            return serializer.serialize_str(&self.value);
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("value", &self.value)?;
        map.serialize_entry("type", self.kind.media_type())?;
        for (key, value) in told {
            if let Some(value) = value {
                map.serialize_entry(key, value)?;
            }
        }
        map.end()
    }
}

macro_rules! part {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident : $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type),* }
    };
}

part!(
    /// A person or body: `<author>`, `dc:creator`, JSON Feed author.
    Person {
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        email: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        uri: Option<String>,
    }
);
part!(
    /// `atom:link` (RFC 4287 §4.2.7), or what amounts to one.
    Link {
        href: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        rel: Option<String>,
        #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
        media_type: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        hreflang: Option<String>,
        /// Bytes.
        #[serde(skip_serializing_if = "Option::is_none")]
        length: Option<u64>,
    }
);
part!(
    /// A category, tag or subject.
    Category {
        term: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        scheme: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        label: Option<String>,
    }
);
part!(
    /// A file that belongs to an entry.
    Enclosure {
        url: String,
        #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
        media_type: Option<String>,
        /// Bytes.
        #[serde(skip_serializing_if = "Option::is_none")]
        length: Option<u64>,
    }
);
part!(
    /// What made the feed.
    Generator {
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        uri: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<String>,
    }
);
part!(
    /// An image of a feed or entry.
    Image {
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        link: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        width: Option<u32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        height: Option<u32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<String>,
    }
);
part!(
    /// RSS 2.0 `cloud`.
    Cloud {
        #[serde(skip_serializing_if = "Option::is_none")]
        domain: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        port: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        path: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        register_procedure: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        protocol: Option<String>,
    }
);
part!(
    /// RSS `textInput`.
    TextInput {
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        link: Option<String>,
    }
);
part!(
    /// `thr:in-reply-to` (RFC 4685 §3).
    InReplyTo {
        #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        href: Option<String>,
        #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
        media_type: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        source: Option<String>,
    }
);
part!(
    /// `media:content` with what stands around it (Media RSS).
    Media {
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
        #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
        media_type: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        medium: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Text>,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<Text>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        thumbnails: Vec<Thumbnail>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        credits: Vec<Credit>,
        #[serde(skip_serializing_if = "Option::is_none")]
        player: Option<MediaPlayer>,
        #[serde(skip_serializing_if = "Option::is_none")]
        restriction: Option<MediaRestriction>,
        #[serde(skip_serializing_if = "Option::is_none")]
        license: Option<MediaLicense>,
        #[serde(skip_serializing_if = "Option::is_none")]
        rating: Option<MediaRating>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        categories: Vec<Category>,
    }
);
part!(
    /// `media:player`.
    MediaPlayer {
        url: String,
    }
);
part!(
    /// `media:restriction`: who may not, or may only, see it.
    MediaRestriction {
        /// `allow` or `deny`.
        #[serde(skip_serializing_if = "Option::is_none")]
        relationship: Option<String>,
        content: String,
    }
);
part!(
    /// `media:license`.
    MediaLicense {
        #[serde(skip_serializing_if = "Option::is_none")]
        href: Option<String>,
        #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
        media_type: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        content: Option<String>,
    }
);
part!(
    /// `media:rating`.
    MediaRating {
        content: String,
    }
);
part!(
    /// A chapter of an episode (Podlove Simple Chapters).
    Chapter {
        /// Normal play time, such as `00:01:30.000`.
        #[serde(skip_serializing_if = "Option::is_none")]
        start: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        href: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        image: Option<String>,
    }
);
part!(
    /// `podcast:transcript`.
    Transcript {
        url: String,
        #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
        media_type: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        rel: Option<String>,
    }
);
part!(
    /// `podcast:person`.
    PodcastPerson {
        name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        role: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        group: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        img: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        href: Option<String>,
    }
);
part!(
    /// `media:thumbnail`.
    Thumbnail {
        url: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        width: Option<u32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        height: Option<u32>,
    }
);
part!(
    /// `media:credit`.
    Credit {
        #[serde(skip_serializing_if = "Option::is_none")]
        role: Option<String>,
        content: String,
    }
);
part!(
    /// The iTunes podcast module.
    Itunes {
        #[serde(skip_serializing_if = "Option::is_none")]
        author: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        block: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        explicit: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        image: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        duration: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        subtitle: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        summary: Option<String>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        keywords: Vec<String>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        categories: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        owner: Option<Person>,
        #[serde(skip_serializing_if = "Option::is_none")]
        episode: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        season: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        episode_type: Option<String>,
        #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
        feed_type: Option<String>,
    }
);
part!(
    /// A repair: where and what.
    Warning {
        /// From 1.
        line: u32,
        /// From 1, in characters.
        column: u32,
        /// A stable short name, such as `bare-ampersand`.
        code: &'static str,
        message: String,
    }
);

/// One as itself, several as a list.
pub(super) fn one_or_list<T: Serialize, S: Serializer>(all: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    match all {
        [one] => one.serialize(serializer),
        all => all.serialize(serializer),
    }
}
