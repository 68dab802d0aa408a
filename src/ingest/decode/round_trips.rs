//! What is written in an encoding and says so is read again; and that nothing takes long.

use std::io::Write;
use std::time::{Duration, Instant};

use encoding_rs::Encoding;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use proptest::prelude::*;

use super::pages::Page;
use super::*;

/// A document in an encoding, said by its declaration.
fn declared(label: &str, text: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"{label}\"?><title>{text}</title>")
}

fn plainly(bytes: &[u8]) -> Decoded<'_> {
    decode(bytes, &Hints::default())
}

#[test]
fn every_standard_encoding_gives_back_what_was_written() {
    let samples = [
        ("ibm866 iso-8859-5 koi8-r koi8-u windows-1251 x-mac-cyrillic", "Новости дня"),
        ("iso-8859-2 iso-8859-16 windows-1250", "Wiadomości: łódź, święto"),
        ("iso-8859-3", "Ĥoraĵo, ŝanĝi"),
        ("iso-8859-4 iso-8859-10 iso-8859-13 windows-1257", "Žinios šiandien"),
        ("iso-8859-6 windows-1256", "أخبار اليوم"),
        ("iso-8859-7 windows-1253", "Νέα της ημέρας"),
        ("iso-8859-8 iso-8859-8-i windows-1255", "חדשות היום"),
        ("iso-8859-14", "Ŵylan ŷ ḃ"),
        ("iso-8859-15 macintosh windows-1252 windows-1254 windows-1258", "Été à la plage"),
        ("windows-874", "ข่าววันนี้"),
        ("gb18030", "今天的新闻 😀"),
        ("big5", "今天的新聞"),
        ("euc-jp shift_jis iso-2022-jp", "今日のニュース"),
        ("euc-kr", "오늘의 뉴스"),
    ];
    for (names, text) in samples {
        for name in names.split(' ') {
            let document = declared(name, text);
            let (bytes, _, unmappable) = Encoding::for_label(name.as_bytes()).unwrap().encode(&document);
            assert!(!unmappable, "{name}");
            let decoded = plainly(&bytes);
            assert_eq!((decoded.encoding, &*decoded.text), (name, &*document));
            assert_eq!(decoded.warnings, []);
        }
    }
}

/// A text in a code page.
fn in_page(page: Page, text: &str) -> Vec<u8> {
    let all: Vec<u8> = (0..=255).collect();
    let characters: Vec<char> = page.decode(&all).0.chars().collect();
    text.chars()
        .map(|c| u8::try_from(characters.iter().position(|&known| known == c).unwrap()).unwrap())
        .collect()
}

#[test]
fn every_code_page_gives_back_what_was_written() {
    for page in super::pages::all() {
        let every = page.decode(&(0xa0..=0xff).collect::<Vec<u8>>()).0;
        let letters: String = every.chars().filter(|c| c.is_alphabetic()).collect();
        for text in [letters.as_str(), letters.get(..letters.ceil_char_boundary(4)).unwrap()] {
            let document = declared(page.name, text);
            let bytes = in_page(page, &document);
            let decoded = plainly(&bytes);
            assert_eq!((decoded.encoding, &*decoded.text), (page.name, &*document));
        }
    }
}

#[test]
fn encodings_with_modes_and_johab_are_read_where_they_are_declared() {
    let rows: &[(&str, &[u8], &str)] = &[
        ("iso-2022-jp-1", b"\x1b$B:#F|\x1b(B \x1b$(D0!\x1b(B", "今日 丂"),
        ("iso-2022-jp-2", b"\x1b$B&A\x1b(B \x1b$(C?@\x1b(B \x1b.A\x1bNi", "α 오 é"),
        ("iso-2022-jp-ext", b"\x1b(I1\x1b(B", "ｱ"),
        ("iso-2022-kr", b"\x1b$)C\x0e?@4C@G\x0f \x0e4:=:\x0f a", "오늘의 뉴스 a"),
        ("hz-gb-2312", b"~{=qLl~} a~~b ~\nc", "今天 a~b c"),
        ("utf-7", b"Caf+AOk- 1 +- 1 +2D3eAA-!", "Café 1 + 1 😀!"),
        ("johab", b"\xb5\xa1\x93i \xe4\xde\xf7\xdb \x88A\x84a \xd92\x88t", "오늘 大韓 ㄱㅏ 、값"),
    ];
    for (name, bytes, text) in rows {
        let (front, back) =
            declared(name, "|").split_once('|').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let bytes = [front.as_bytes(), bytes, back.as_bytes()].concat();
        let decoded = plainly(&bytes);
        assert_eq!((decoded.encoding, &*decoded.text), (*name, &*declared(name, text)));
        assert_eq!(decoded.warnings, []);
        let plain = declared("utf-8", "1+1 a~b");
        let hints = Hints { content_type: Some(format!("text/xml; charset={name}")), ..Hints::default() };
        assert!(decode(plain.as_bytes(), &hints).text.contains(if *name == "hz-gb-2312" {
            "1+1"
        } else {
            "1+1 a~b"
        }));
    }
}

fn packed(name: &str, text: &[u8]) -> Vec<u8> {
    let level = Compression::default();
    match name {
        "gzip" => {
            let mut encoder = GzEncoder::new(Vec::new(), level);
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        }
        "zlib" => {
            let mut encoder = ZlibEncoder::new(Vec::new(), level);
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        }
        _ => {
            let mut encoder = DeflateEncoder::new(Vec::new(), level);
            encoder.write_all(text).unwrap();
            let deflated = encoder.finish().unwrap();
            if name == "deflate" {
                return deflated;
            }
            let header = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0feed.xml";
            [&header[..], &deflated].concat()
        }
    }
}

#[test]
fn packed_documents_are_unpacked() {
    let document = declared("utf-8", &"Été ".repeat(200));
    for name in ["gzip", "zlib", "deflate", "zip"] {
        let once = packed(name, document.as_bytes());
        for bytes in [once.clone(), packed("gzip", &once)] {
            let decoded = plainly(&bytes);
            assert_eq!((decoded.encoding, &*decoded.text), ("utf-8", &*document), "{name}");
            assert_eq!(decoded.warnings[0].code, "compressed");
        }
        let cut = plainly(&once[..once.len() - 9]).text.into_owned();
        assert!(cut.len() > 40 && document.starts_with(&cut), "{name}: {cut}");
    }
    let wide: Vec<u8> = document.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(plainly(&packed("zlib", &wide)).text, document);
}

#[test]
fn what_only_looks_packed_is_left_as_it_is() {
    for bytes in [
        &b"x^2 is a square"[..],
        b"PK",
        b"PK\x03\x04\x14\0\0\0\x08\0",
        b"\x1f\x8b\x08",
        b"M text",
        b"\x85 text",
    ] {
        assert!(plainly(bytes).warnings.iter().all(|warning| warning.code != "compressed"), "{bytes:?}");
    }
}

#[test]
fn a_bomb_is_left_packed() {
    let bomb = packed("gzip", &vec![b' '; 8 << 20]);
    let decoded = plainly(&bomb);
    assert!(decoded.warnings.iter().all(|warning| warning.code != "compressed"), "{:?}", decoded.warnings);
    assert!(decoded.text.len() <= 3 * bomb.len(), "{} of {}", decoded.text.len(), bomb.len());
}

#[test]
fn the_language_told_helps_where_there_is_little_to_see() {
    let (bytes, ..) = encoding_rs::GBK.encode("<rss><title>新闻</title></rss>");
    let hints = |language: Option<&str>, url: Option<&str>| Hints {
        content_language: language.map(str::to_owned),
        base_url: url.map(|url| url.parse().unwrap()),
        ..Hints::default()
    };
    assert_eq!(decode(&bytes, &hints(Some("zh-CN"), None)).encoding, "gb18030");
    assert_eq!(decode(&bytes, &hints(None, Some("https://example.com.cn/feed"))).encoding, "gb18030");
    let (russian, ..) = encoding_rs::KOI8_R.encode("<rss><language>ja</language><title>Новости</title><p>Последние новости России и мира, погода и спорт, культура и наука, общество</p></rss>");
    assert_eq!(plainly(&russian).encoding, "koi8-r", "a language that is plainly wrong");
    let (english, ..) =
        encoding_rs::WINDOWS_1252.encode("<rss><language>ja</language><title>It’s a “test”</title></rss>");
    assert_eq!(plainly(&english).encoding, "windows-1252", "a language that is plainly wrong");
}

#[test]
fn nothing_takes_long() {
    const LENGTH: usize = 1 << 16;
    let pieces: &[&[u8]] = &[
        b"\xff",
        b"\xc3",
        b"\xc3\x83",
        b"\xed\xa0\xbd",
        b"<\xe9",
        b"<![CDATA[\xe9",
        b"\xc3\x83\xc2\xa9",
        b"\xc3\x83\xe9",
        b"\x93\xfa",
        b"\x1b$B",
        b"+A",
        b"~{",
        b"\x0e!",
    ];
    for label in ["bogus", "utf-8", "shift_jis", "utf-7", "iso-2022-kr", "johab"] {
        for piece in pieces {
            let bytes = [declared(label, "").as_bytes(), &piece.repeat(LENGTH / piece.len())].concat();
            let start = Instant::now();
            let _ = plainly(&bytes);
            // Quadratic would take minutes.
            assert!(start.elapsed() < Duration::from_secs(10), "{label} {piece:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_of_a_code_page_is_given_back(
        which in any::<prop::sample::Index>(), letters in proptest::collection::vec(0x80_u8.., 1..40),
    ) {
        let pages: Vec<Page> = super::pages::all().collect();
        let page = pages[which.index(pages.len())];
        let (text, _) = page.decode(&letters);
        let text: String = text.chars().filter(|&c| c != REPLACEMENT && !c.is_control() && !"<>".contains(c)).collect();
        let bytes = in_page(page, &declared(page.name, &text));
        // Letters that happen to be UTF-8 are the one thing that overrules a declaration.
        prop_assume!(!mend::Evidence::of(&bytes).convinces());
        let decoded = plainly(&bytes);
        prop_assert_eq!((decoded.encoding, &*decoded.text), (page.name, &*declared(page.name, &text)));
    }
}
