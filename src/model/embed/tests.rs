use super::*;

fn player(url: &str) -> Option<Player> {
    Player::at(&Url::parse(url).unwrap())
}

/// Addresses of players, and as they are built anew.
const KNOWN: &[(&str, &str)] = &[
    ("http://youtube.com/embed/dQw4w9WgXcQ", "https://youtube.com/embed/dQw4w9WgXcQ"),
    (
        "https://www.youtube.com/embed/dQw4w9WgXcQ?autoplay=1&start=42&si=tracker&enablejsapi=1#x",
        "https://www.youtube.com/embed/dQw4w9WgXcQ?start=42",
    ),
    ("HTTPS://WWW.YOUTUBE-NOCOOKIE.COM/embed/a_b-c", "https://www.youtube-nocookie.com/embed/a_b-c"),
    ("https://www.youtube.com/v/abc?version=3", "https://www.youtube.com/embed/abc"),
    ("https://youtu.be/abc?si=x", "https://www.youtube.com/embed/abc"),
    (
        "https://www.youtube.com/embed/videoseries?list=PL1",
        "https://www.youtube.com/embed/videoseries?list=PL1",
    ),
    (
        "https://player.vimeo.com/video/123?h=ab12&autoplay=1&app_id=9",
        "https://player.vimeo.com/video/123?h=ab12",
    ),
    ("https://www.dailymotion.com/embed/video/x1?autoPlay=1", "https://www.dailymotion.com/embed/video/x1"),
    (
        "https://geo.dailymotion.com/player.html?video=x1&mute=true",
        "https://geo.dailymotion.com/player.html?video=x1",
    ),
    (
        "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1&auto_play=true",
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F1",
    ),
    (
        "https://open.spotify.com/embed/episode/4x?utm_source=generator",
        "https://open.spotify.com/embed/episode/4x",
    ),
    (
        "https://bandcamp.com/EmbeddedPlayer/album=1/size=large/bgcol=ffffff/transparent=true/",
        "https://bandcamp.com/EmbeddedPlayer/album=1/size=large/bgcol=ffffff/transparent=true/",
    ),
    ("https://archive.org/embed/a-film.1950?start=3", "https://archive.org/embed/a-film.1950?start=3"),
    (
        "https://www.google.com/maps/embed?pb=!1m18!2d7.1",
        "https://www.google.com/maps/embed?pb=%211m18%212d7.1",
    ),
    ("https://datawrapper.dwcdn.net/Ab1/3/", "https://datawrapper.dwcdn.net/Ab1/3/"),
    ("https://player.vimeo.com:443/video/1", "https://player.vimeo.com/video/1"),
];

/// Near twins of these, which nobody vouches for.
const UNKNOWN: &[&str] = &[
    "https://youtube.com\\.evil.example/embed/a",
    "https://youtube.com.evil.example/embed/a",
    "https://evil.example/youtube.com/embed/a",
    "https://evil.example?youtube.com/embed/a",
    "https://evil.example#youtube.com/embed/a",
    "https://youtube.com@evil.example/embed/a",
    "https://user@www.youtube.com/embed/a",
    "https://user:word@www.youtube.com/embed/a",
    "https://www.youtube.com:8443/embed/a",
    "https://www.youtube.com./embed/a",
    "https://evil.www.youtube.com/embed/a",
    "https://www.youtubе.com/embed/a",
    "https://wwwyoutube.com/embed/a",
    "https://www.youtube.com/redirect?q=https://evil.example",
    "https://www.youtube.com/embed/a%2f..%2fb",
    "https://www.youtube.com/embed/",
    "https://www.youtube.com/embed/a/b",
    "https://www.youtube.com//embed/a",
    "https://www.youtube.com/embed/videoseries",
    "ftp://www.youtube.com/embed/a",
    "javascript://www.youtube.com/embed/a%0aalert(1)",
    "https://w.soundcloud.com/player/?url=https://evil.example/x",
    "https://w.soundcloud.com/player/?url=javascript:x",
    "https://w.soundcloud.com/player/",
    "https://www.google.com/url?q=https://evil.example",
    "https://vimeo.com/1",
    "https://tube.example/videos/embed/1",
    "data:text/html,youtube.com/embed/a",
];

#[test]
fn a_known_player_is_built_anew_with_what_the_table_names() {
    for (url, src) in KNOWN {
        assert_eq!(player(url).map(|player| player.src).as_deref(), Some(*src), "{url}");
    }
}

#[test]
fn what_is_built_is_built_the_same_again() {
    for (_, src) in KNOWN {
        assert_eq!(player(src).map(|player| player.src).as_deref(), Some(*src));
    }
}

#[test]
fn what_only_looks_like_a_known_player_is_none() {
    for url in UNKNOWN {
        assert_eq!(player(url), None, "{url}");
    }
}

#[test]
fn a_player_has_a_page_and_a_picture_where_the_site_has_them() {
    let film = player("https://www.youtube-nocookie.com/embed/abc?start=1").unwrap();
    assert_eq!(film.page, "https://www.youtube.com/watch?v=abc");
    assert_eq!(film.thumbnail.as_deref(), Some("https://i.ytimg.com/vi/abc/hqdefault.jpg"));
    let sound = player("https://open.spotify.com/embed/track/1").unwrap();
    assert_eq!((sound.page.as_str(), sound.thumbnail), ("https://open.spotify.com/track/1", None));
    let map = player("https://www.google.com/maps/embed?pb=1").unwrap();
    assert_eq!(map.page, map.src);
}

#[test]
fn every_row_names_hosts_in_normal_form_and_a_path() {
    for row in PLAYERS {
        assert!(!row.hosts.is_empty() && row.path.starts_with('/'), "{row:?}");
        for host in row.hosts {
            assert_eq!(Url::parse(&format!("https://{host}/")).unwrap().host_str(), Some(*host));
        }
        let keys: Vec<&str> = row.keys.iter().map(|(key, _)| *key).collect();
        assert!(row.needs.is_empty() || keys.contains(&row.needs), "{row:?}");
    }
}
