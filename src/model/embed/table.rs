//! Whose frames stay, and at which of their addresses. A site is here if what it frames is a film, a sound, a map or
//! a chart, and its own code plays it: none where anybody's code would run, as on sites for trying code.

/// What a key of a query may say.
#[derive(Debug, Clone, Copy)]
pub(super) enum Takes {
    /// Letters, digits and a few marks.
    Word,
    /// Anything short, encoded anew.
    Text,
    /// A page on one of these hosts.
    Page(&'static [&'static str]),
}

use Takes::{Page, Text, Word};

/// One kind of player.
#[derive(Debug)]
pub(super) struct Row {
    /// The hosts, each exactly so.
    pub(super) hosts: &'static [&'static str],
    /// The path: `*` is one segment, `**` at the end one or more.
    pub(super) path: &'static str,
    /// The keys of its query that stay.
    pub(super) keys: &'static [(&'static str, Takes)],
    /// The key without which there is nothing to play; may be empty.
    pub(super) needs: &'static str,
    /// Where it is today, `{0}` and `{1}` for the path's segments; empty: where it says.
    pub(super) moved: &'static str,
    /// The page of it; empty: the frame itself.
    pub(super) page: &'static str,
    /// The picture of it; empty: none.
    pub(super) thumbnail: &'static str,
}

/// What most rows leave empty.
const PLAIN: Row = Row { hosts: &[], path: "", keys: &[], needs: "", moved: "", page: "", thumbnail: "" };

const YOUTUBE: &[&str] =
    &["youtube.com", "www.youtube.com", "m.youtube.com", "youtube-nocookie.com", "www.youtube-nocookie.com"];
/// What says which part to play, of which list, with which captions: not what plays by itself, and not who referred.
const YOUTUBE_KEYS: &[(&str, Takes)] = &[
    ("start", Word),
    ("end", Word),
    ("list", Word),
    ("cc_load_policy", Word),
    ("cc_lang_pref", Word),
    ("hl", Word),
];
const YOUTUBE_FRAME: &str = "https://www.youtube.com/embed/{0}";
const YOUTUBE_PAGE: &str = "https://www.youtube.com/watch?v={0}";
const YOUTUBE_PICTURE: &str = "https://i.ytimg.com/vi/{0}/hqdefault.jpg";

const DAILYMOTION_PAGE: &str = "https://www.dailymotion.com/video/{0}";
const DAILYMOTION_PICTURE: &str = "https://www.dailymotion.com/thumbnail/video/{0}";

const SOUNDCLOUD: &[&str] = &["soundcloud.com", "www.soundcloud.com", "api.soundcloud.com"];

/// The players, first fit first.
pub(super) const PLAYERS: &[Row] = &[
    // Films.
    Row { hosts: YOUTUBE, path: "/embed/videoseries", keys: YOUTUBE_KEYS, needs: "list", ..PLAIN },
    Row {
        hosts: YOUTUBE,
        path: "/embed/*",
        keys: YOUTUBE_KEYS,
        page: YOUTUBE_PAGE,
        thumbnail: YOUTUBE_PICTURE,
        ..PLAIN
    },
    Row {
        hosts: YOUTUBE,
        path: "/v/*",
        keys: YOUTUBE_KEYS,
        moved: YOUTUBE_FRAME,
        page: YOUTUBE_PAGE,
        thumbnail: YOUTUBE_PICTURE,
        ..PLAIN
    },
    Row {
        hosts: YOUTUBE,
        path: "/shorts/*",
        moved: YOUTUBE_FRAME,
        page: YOUTUBE_PAGE,
        thumbnail: YOUTUBE_PICTURE,
        ..PLAIN
    },
    Row {
        hosts: &["youtu.be"],
        path: "/*",
        keys: YOUTUBE_KEYS,
        moved: YOUTUBE_FRAME,
        page: YOUTUBE_PAGE,
        thumbnail: YOUTUBE_PICTURE,
        ..PLAIN
    },
    Row {
        hosts: &["player.vimeo.com"],
        path: "/video/*",
        // Of a film that is not listed, `h` is part of the name.
        keys: &[("h", Word)],
        page: "https://vimeo.com/{0}",
        ..PLAIN
    },
    Row { hosts: &["vimeo.com"], path: "/event/*/embed", page: "https://vimeo.com/event/{0}", ..PLAIN },
    Row {
        hosts: &["dailymotion.com", "www.dailymotion.com"],
        path: "/embed/video/*",
        keys: &[("start", Word)],
        page: DAILYMOTION_PAGE,
        thumbnail: DAILYMOTION_PICTURE,
        ..PLAIN
    },
    Row {
        hosts: &["geo.dailymotion.com"],
        path: "/player.html",
        keys: &[("video", Word), ("playlist", Word)],
        needs: "video",
        ..PLAIN
    },
    Row {
        hosts: &["geo.dailymotion.com"],
        path: "/player/*",
        keys: &[("video", Word), ("playlist", Word)],
        needs: "video",
        ..PLAIN
    },
    Row {
        hosts: &["embed.ted.com", "embed-ssl.ted.com"],
        path: "/talks/*",
        page: "https://www.ted.com/talks/{0}",
        ..PLAIN
    },
    Row {
        hosts: &["embed.ted.com", "embed-ssl.ted.com"],
        path: "/talks/lang/*/*",
        page: "https://www.ted.com/talks/{1}?language={0}",
        ..PLAIN
    },
    Row { hosts: &["streamable.com"], path: "/e/*", page: "https://streamable.com/{0}", ..PLAIN },
    Row { hosts: &["fast.wistia.net", "fast.wistia.com"], path: "/embed/iframe/*", ..PLAIN },
    Row {
        hosts: &["archive.org", "www.archive.org"],
        path: "/embed/**",
        keys: &[("start", Word), ("end", Word), ("playlist", Word)],
        page: "https://archive.org/details/{0}",
        thumbnail: "https://archive.org/services/img/{0}",
        ..PLAIN
    },
    // Sound.
    Row {
        hosts: &["w.soundcloud.com"],
        path: "/player",
        keys: &[("url", Page(SOUNDCLOUD)), ("visual", Word)],
        needs: "url",
        ..PLAIN
    },
    Row {
        hosts: &["open.spotify.com"],
        path: "/embed/*/*",
        keys: &[("t", Word)],
        page: "https://open.spotify.com/{0}/{1}",
        ..PLAIN
    },
    Row {
        hosts: &["open.spotify.com"],
        path: "/embed-podcast/*/*",
        keys: &[("t", Word)],
        page: "https://open.spotify.com/{0}/{1}",
        ..PLAIN
    },
    Row { hosts: &["bandcamp.com", "www.bandcamp.com"], path: "/EmbeddedPlayer/**", ..PLAIN },
    Row {
        hosts: &["embed.podcasts.apple.com", "embed.music.apple.com"],
        path: "/*/*/**",
        keys: &[("i", Word)],
        ..PLAIN
    },
    Row { hosts: &["widget.deezer.com"], path: "/widget/*/**", ..PLAIN },
    Row {
        hosts: &["www.mixcloud.com", "player-widget.mixcloud.com"],
        path: "/widget/iframe",
        keys: &[("feed", Text)],
        needs: "feed",
        ..PLAIN
    },
    Row { hosts: &["embed.acast.com"], path: "/**", ..PLAIN },
    Row { hosts: &["player.simplecast.com"], path: "/*", ..PLAIN },
    Row { hosts: &["share.transistor.fm"], path: "/e/*", ..PLAIN },
    Row { hosts: &["player.megaphone.fm"], path: "/*", ..PLAIN },
    Row { hosts: &["playlist.megaphone.fm"], path: "/", keys: &[("e", Word)], needs: "e", ..PLAIN },
    // Maps and charts.
    Row {
        hosts: &["www.google.com", "maps.google.com"],
        path: "/maps/embed",
        keys: &[("pb", Text)],
        needs: "pb",
        ..PLAIN
    },
    Row {
        hosts: &["www.openstreetmap.org"],
        path: "/export/embed.html",
        keys: &[("bbox", Word), ("layer", Word), ("marker", Word)],
        needs: "bbox",
        ..PLAIN
    },
    Row { hosts: &["datawrapper.dwcdn.net"], path: "/*", ..PLAIN },
    Row { hosts: &["datawrapper.dwcdn.net"], path: "/*/*", ..PLAIN },
    Row { hosts: &["flo.uri.sh"], path: "/visualisation/*/embed", ..PLAIN },
    Row { hosts: &["flo.uri.sh"], path: "/story/*/embed", ..PLAIN },
];
