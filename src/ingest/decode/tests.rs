use std::borrow::Cow;

use encoding_rs::Encoding;
use proptest::prelude::*;

use super::label::encoding_for;
use super::*;

const RUSSIAN: &str = "<rss><title>Новости дня: погода, спорт и культура большого города</title></rss>";
const UKRAINIAN: &str =
    "<rss><title>Новини дня: погода, спорт і культура великого міста Києва, її людей</title></rss>";
const JAPANESE: &str = "<rss><title>今日のニュース：天気とスポーツと文化のお知らせです</title></rss>";
const CHINESE: &str = "<rss><title>今天的新闻：天气、体育和文化，以及城市生活的消息</title></rss>";
const TAIWANESE: &str = "<rss><title>今天的新聞：天氣、體育和文化，以及城市生活的消息</title></rss>";
const KOREAN: &str = "<rss><title>오늘의 뉴스: 날씨와 스포츠 그리고 문화 소식입니다</title></rss>";
const GREEK: &str = "<rss><title>Νέα της ημέρας: καιρός, αθλητισμός και πολιτισμός</title></rss>";
const HEBREW: &str = "<rss><title>חדשות היום: מזג אוויר, ספורט ותרבות בעיר הגדולה</title></rss>";
const THAI: &str = "<rss><title>ข่าววันนี้ สภาพอากาศ กีฬา และวัฒนธรรมของเมือง</title></rss>";
const FRENCH: &str = "<rss><title>Été à la plage : où dîner, où danser, où rêver</title></rss>";
const POLISH: &str = "<rss><title>Wiadomości: zażółć gęślą jaźń, środa w mieście</title></rss>";

/// A text in an encoding that `encoding_rs` writes.
fn bytes_in(label: &str, text: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).unwrap();
    let (bytes, used, unmappable) = encoding.encode(text);
    assert!(used == encoding && !unmappable, "{text} is not writable in {label}");
    bytes.into_owned()
}

/// A text in UTF-16 or UTF-32, with or without a byte order mark in it.
fn wide_bytes(name: &str, text: &str) -> Vec<u8> {
    match name {
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        "utf-32le" => text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect(),
        "utf-32be" => text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect(),
        other => panic!("{other} is not wide"),
    }
}

fn assert_decodes(bytes: &[u8], content_type: Option<&str>, expected: (&str, &str)) {
    let decoded = decode(bytes, content_type);
    assert_eq!((decoded.encoding, &*decoded.text), expected, "content type {content_type:?}");
}

#[test]
fn an_xml_declaration_names_the_encoding_however_sloppily() {
    let rows: &[(&str, &str, &str)] = &[
        ("windows-1251", RUSSIAN, "windows-1251"),
        ("windows_1251", RUSSIAN, "windows-1251"),
        ("CP1251", RUSSIAN, "windows-1251"),
        ("win 1251", RUSSIAN, "windows-1251"),
        ("koi8r", RUSSIAN, "koi8-r"),
        ("KOI8-U", RUSSIAN, "koi8-u"),
        ("ibm-866", RUSSIAN, "ibm866"),
        ("x_mac_cyrillic", RUSSIAN, "x-mac-cyrillic"),
        ("ISO_8859_5", RUSSIAN, "iso-8859-5"),
        ("latin-1", FRENCH, "windows-1252"),
        ("ISO88591", FRENCH, "windows-1252"),
        ("us-ascii", FRENCH, "windows-1252"),
        ("iso-8859-15", FRENCH, "iso-8859-15"),
        ("mac_roman", FRENCH, "macintosh"),
        ("latin_2", POLISH, "iso-8859-2"),
        ("iso8859_2", POLISH, "iso-8859-2"),
        ("windows1250", POLISH, "windows-1250"),
        ("Greek", GREEK, "iso-8859-7"),
        ("win-1255", HEBREW, "windows-1255"),
        ("TIS-620", THAI, "windows-874"),
        ("gb2312", CHINESE, "gb18030"),
        ("cp936", CHINESE, "gb18030"),
        ("GB_18030", CHINESE, "gb18030"),
        ("big5_hkscs", TAIWANESE, "big5"),
        ("cp950", TAIWANESE, "big5"),
        ("Shift-JIS", JAPANESE, "shift_jis"),
        ("cp932", JAPANESE, "shift_jis"),
        ("euc_jp", JAPANESE, "euc-jp"),
        ("iso_2022_jp", JAPANESE, "iso-2022-jp"),
        ("ks_c_5601-1987", KOREAN, "euc-kr"),
        ("cp949", KOREAN, "euc-kr"),
    ];
    for (label, text, encoding) in rows {
        let document = format!("<?xml version='1.0' encoding='{label}'?>{text}");
        assert_decodes(&bytes_in(encoding, &document), None, (encoding, &document));
        assert_decodes(
            &bytes_in(encoding, &format!("\n \n{document}")),
            None,
            (encoding, &format!("\n \n{document}")),
        );
        let content_type = format!("text/xml; charset=\"{label}\"");
        assert_decodes(&bytes_in(encoding, text), Some(&content_type), (encoding, text));
    }
}

#[test]
fn wide_text_is_found_by_its_mark_or_its_zeros_whatever_is_declared() {
    for declared in ["utf-8", "utf-16", "u16", "ucs-4", "iso-8859-1", "utf-16be"] {
        let document = format!("<?xml version='1.0' encoding='{declared}'?>{RUSSIAN}");
        for encoding in ["utf-16le", "utf-16be", "utf-32le", "utf-32be"] {
            let marked = wide_bytes(encoding, &format!("\u{feff}{document}"));
            assert_decodes(&marked, Some("text/xml; charset=utf-8"), (encoding, &document));
            let bare = wide_bytes(encoding, &document);
            assert_decodes(&bare, Some("text/xml; charset=windows-1252"), (encoding, &document));
        }
    }
}

#[test]
fn a_wide_declaration_of_eight_bit_bytes_is_passed_over() {
    for label in ["utf-16", "UTF_16", "u16", "ucs-2", "utf-16le", "utf-32", "ucs-4", "csUnicode", "unicode"] {
        let document = format!("<?xml version='1.0' encoding='{label}'?>{FRENCH}");
        assert_decodes(document.as_bytes(), None, ("utf-8", &document));
        let content_type = format!("text/xml; charset={label}");
        assert_decodes(&bytes_in("windows-1252", FRENCH), Some(&content_type), ("windows-1252", FRENCH));
    }
}

#[test]
fn a_wide_mark_in_front_of_eight_bit_text_is_a_mistake() {
    assert_decodes(&[b"\xff\xfe", FRENCH.as_bytes()].concat(), None, ("utf-8", FRENCH));
}

#[test]
fn the_order_of_belief_is_mark_http_declaration() {
    let document = format!("<?xml version='1.0' encoding='windows-1251'?>{GREEK}");
    let marked = format!("\u{feff}\u{feff}{document}");
    assert_decodes(marked.as_bytes(), Some("text/xml; charset=windows-1253"), ("utf-8", &document));
    let greek = bytes_in("windows-1253", &document);
    assert_decodes(&greek, Some("text/xml; charset=windows-1253"), ("windows-1253", &document));
    assert_decodes(&greek, Some("Text/XML;CharSet = 'Windows-1253' "), ("windows-1253", &document));
}

#[test]
fn a_pages_meta_names_its_encoding() {
    let page = "<!DOCTYPE html><html><head><META http-equiv=Content-Type content='text/html; charset=koi8-r'></head><p>Ёж</p>";
    assert_decodes(&bytes_in("koi8-r", page), Some("text/html"), ("koi8-r", page));
}

#[test]
fn valid_utf8_overrules_every_declaration() {
    for label in ["iso-8859-1", "windows-1251", "gb2312", "shift_jis", "us-ascii", "no-such-encoding"] {
        let document = format!("<?xml version='1.0' encoding='{label}'?>{RUSSIAN}");
        let decoded = decode(document.as_bytes(), Some("application/xml; charset=iso-8859-1"));
        assert_eq!(decoded, Decoded { text: Cow::Borrowed(&document), encoding: "utf-8" });
        assert!(matches!(decoded.text, Cow::Borrowed(_)), "valid UTF-8 is borrowed");
    }
}

#[test]
fn ascii_keeps_the_declared_name_but_json_is_utf8() {
    assert_decodes(b"<rss/>", Some("text/xml; charset=us-ascii"), ("windows-1252", "<rss/>"));
    assert_decodes(b"<rss/>", Some("text/xml; charset=bogus"), ("utf-8", "<rss/>"));
    assert_decodes(b"<rss/>", None, ("utf-8", "<rss/>"));
    assert_decodes(b" {}", Some("application/json; charset=iso-8859-1"), ("utf-8", " {}"));
    assert_decodes(b"", None, ("utf-8", ""));
}

#[test]
fn utf8_with_a_few_bad_bytes_stays_utf8() {
    let mut bytes = RUSSIAN.as_bytes().to_vec();
    bytes.insert(20, 0xff);
    for declared in [None, Some("text/xml; charset=utf-8"), Some("text/xml; charset=windows-1252")] {
        let decoded = decode(&bytes, declared);
        assert_eq!(decoded.encoding, "utf-8");
        assert_eq!(decoded.text.replace(REPLACEMENT, ""), RUSSIAN);
    }
    let cut = &RUSSIAN.as_bytes()[..14];
    assert_decodes(cut, None, ("utf-8", "<rss><title>Н"));
    let cut = &RUSSIAN.as_bytes()[..15];
    assert_decodes(cut, None, ("utf-8", "<rss><title>Н\u{fffd}"));
}

#[test]
fn declared_utf8_that_is_not_is_read_as_what_it_is() {
    let document = format!("<?xml version='1.0' encoding='utf-8'?>{FRENCH}");
    assert_decodes(&bytes_in("windows-1252", &document), None, ("windows-1252", &document));
    let document = format!("<?xml version='1.0' encoding='windows-1251'?>{RUSSIAN}");
    let bytes = bytes_in("windows-1251", &document);
    assert_decodes(&bytes, Some("text/xml; charset=utf-8"), ("windows-1251", &document));
}

#[test]
fn a_label_under_which_the_bytes_do_not_decode_is_overruled() {
    let document = format!("<?xml version='1.0' encoding='euc-kr'?>{JAPANESE}");
    assert_decodes(&bytes_in("shift_jis", &document), None, ("shift_jis", &document));
}

#[test]
fn nothing_declared_is_detected() {
    let rows = [
        ("windows-1251", RUSSIAN, "windows-1251"),
        ("koi8-r", RUSSIAN, "koi8-r"),
        ("koi8-u", UKRAINIAN, "koi8-u"),
        ("ibm866", RUSSIAN, "ibm866"),
        ("iso-8859-5", RUSSIAN, "iso-8859-5"),
        ("shift_jis", JAPANESE, "shift_jis"),
        ("euc-jp", JAPANESE, "euc-jp"),
        ("iso-2022-jp", JAPANESE, "iso-2022-jp"),
        ("gb2312", CHINESE, "gb18030"),
        ("big5", TAIWANESE, "big5"),
        ("euc-kr", KOREAN, "euc-kr"),
        ("windows-1253", GREEK, "windows-1253"),
        ("windows-1255", HEBREW, "windows-1255"),
        ("tis-620", THAI, "windows-874"),
        ("windows-1252", FRENCH, "windows-1252"),
        ("windows-1250", POLISH, "windows-1250"),
    ];
    for (label, text, encoding) in rows {
        assert_decodes(&bytes_in(label, text), None, (encoding, text));
    }
}

#[test]
fn labels_that_name_nothing_eight_bit_are_none() {
    for label in
        ["", " ", "utf-16", "utf-7", "hz-gb-2312", "x-user-defined", "cp", "iso", "8859", "windows-9999", "ü"]
    {
        assert_eq!(encoding_for(label), None, "{label:?}");
    }
    assert_eq!(encoding_for(&"cp1252".repeat(1000)), None);
}

proptest! {
    #[test]
    fn any_bytes_decode_without_panic(bytes: Vec<u8>, label in "(charset=)?[a-z0-9_-]{0,12}") {
        let content_type = format!("text/xml; {label}");
        prop_assert!(!decode(&bytes, Some(&content_type)).text.starts_with(BYTE_ORDER_MARK));
    }

    #[test]
    fn any_text_in_utf8_is_given_back(text: String) {
        let marked = format!("\u{feff}{text}");
        let decoded = decode(marked.as_bytes(), Some("text/xml; charset=windows-1252"));
        prop_assert_eq!(decoded, Decoded { text: Cow::Borrowed(text.trim_start_matches(BYTE_ORDER_MARK)), encoding: "utf-8" });
    }
}
