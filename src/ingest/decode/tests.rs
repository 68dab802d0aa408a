use std::borrow::Cow;

use encoding_rs::Encoding;
use proptest::prelude::*;

use super::label::charset_for;
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

fn decode_as<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    decode(bytes, &Hints { content_type: content_type.map(str::to_owned), ..Hints::default() })
}

/// The codes of the warnings.
fn codes(decoded: &Decoded<'_>) -> Vec<&'static str> {
    decoded.warnings.iter().map(|warning| warning.code).collect()
}

fn assert_decodes(bytes: &[u8], content_type: Option<&str>, expected: (&str, &str)) {
    let decoded = decode_as(bytes, content_type);
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
    for label in
        ["iso-8859-1", "windows-1251", "gb2312", "shift_jis", "us-ascii", "no-such-encoding", "cp037"]
    {
        let document = format!("<?xml version='1.0' encoding='{label}'?>{RUSSIAN}");
        let decoded = decode_as(document.as_bytes(), Some("application/xml; charset=iso-8859-1"));
        assert_eq!((decoded.encoding, &*decoded.text), ("utf-8", &*document));
        assert!(matches!(decoded.text, Cow::Borrowed(_)), "valid UTF-8 is borrowed");
        assert_eq!(codes(&decoded), ["wrong-encoding"]);
        assert_eq!(decoded.warnings[0].message, "declared as `iso-8859-1`, read as utf-8");
    }
}

#[test]
fn two_letters_that_may_be_utf8_are_what_is_declared() {
    for (label, letters, name) in
        [("euc-kr", "쩔", "euc-kr"), ("gb2312", "漏", "gb18030"), ("tis-620", "ยก", "windows-874")]
    {
        let document = format!("<?xml version='1.0' encoding='{label}'?><title>{letters}</title>");
        let bytes = bytes_in(name, &document);
        assert!(std::str::from_utf8(&bytes).is_ok(), "{letters} shows the case");
        assert_decodes(&bytes, None, (name, &document));
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
    let rows: &[(&[u8], &str)] = &[
        (b"\x93ab\x94 \x96 \x80", "“ab” – €"),
        (b"caf\xe9", "café"),
        // What is left of a letter like the others here.
        (b"\xd0...", "\u{fffd}..."),
        (b"\xe2\x82...", "\u{fffd}..."),
        // CESU-8, a lone surrogate, and overlong forms of NUL, `<` and `/`.
        (b"\xed\xa0\xbd\xed\xb8\x80", "😀"),
        (b"\xed\xa0\xbd!", "\u{fffd}!"),
        (b"\xc0\x80\xc0\xbc\xe0\x80\xaf", "\u{fffd}\u{fffd}\u{fffd}"),
        // No bytes of windows-1252 either.
        (b"\x81\x9d", "\u{fffd}\u{fffd}"),
    ];
    for (odd, read) in rows {
        let bytes = [RUSSIAN.as_bytes(), b"\n", odd, b"\n", RUSSIAN.as_bytes()].concat();
        for declared in [None, Some("text/xml; charset=utf-8")] {
            let decoded = decode_as(&bytes, declared);
            assert_eq!(
                (decoded.encoding, &*decoded.text),
                ("utf-8", &*format!("{RUSSIAN}\n{read}\n{RUSSIAN}"))
            );
            assert_eq!(codes(&decoded), ["bad-bytes"]);
            assert_eq!(decoded.warnings[0].line, 2);
        }
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
    for label in [
        "",
        " ",
        "utf-16",
        "utf-32",
        "x-user-defined",
        "cp",
        "iso",
        "8859-99",
        "latin99",
        "windows-9999",
        "ü",
    ] {
        assert_eq!(charset_for(label), None, "{label:?}");
    }
    assert_eq!(charset_for(&"cp1252".repeat(1000)), None);
}

#[test]
fn what_nothing_true_was_said_about_is_told() {
    let document = format!("<?xml version='1.0' encoding='quux'?>{FRENCH}");
    let decoded = decode_as(document.as_bytes(), None);
    assert_eq!(
        decoded.warnings[0].message,
        "declared as `quux`, which is no encoding that is known, read as utf-8"
    );
    let decoded = decode_as(b"<?xml version='1.0' encoding='utf-16'?><rss/>", None);
    assert_eq!(decoded.warnings[0].message, "declared as `utf-16`, read as utf-8");
    let decoded =
        decode_as(b"<?xml version='1.0' encoding='koi8-r'?><rss/>", Some("text/xml; charset=koi8-r"));
    assert_eq!((decoded.encoding, codes(&decoded)), ("koi8-r", vec![]));
}

#[test]
fn where_http_and_document_disagree_the_letters_decide() {
    let document = format!("<?xml version='1.0' encoding='windows-1251'?>{RUSSIAN}");
    let latin1 = Some("text/xml; charset=iso-8859-1");
    assert_decodes(&bytes_in("windows-1251", &document), latin1, ("windows-1251", &document));
    let document = format!("<?xml version='1.0' encoding='koi8-r'?>{FRENCH}");
    assert_decodes(&bytes_in("windows-1252", &document), latin1, ("windows-1252", &document));
}

#[test]
fn bytes_beyond_ascii_contradict_a_charset_of_ascii() {
    let document = format!("<?xml version='1.0' encoding='iso-8859-2'?>{POLISH}");
    assert_decodes(
        &bytes_in("iso-8859-2", &document),
        Some("text/xml; charset=us-ascii"),
        ("iso-8859-2", &document),
    );
    assert_decodes(
        &bytes_in("windows-1252", FRENCH),
        Some("text/xml charset=US-ASCII"),
        ("windows-1252", FRENCH),
    );
}

#[test]
fn one_sequence_among_other_high_bytes_is_chance() {
    let document = "<?xml version='1.0' encoding='utf-8'?><title>“É”</title>";
    assert_decodes(&bytes_in("windows-1252", document), None, ("windows-1252", document));
}

#[test]
fn ebcdic_is_known_by_its_declaration_or_from_http() {
    let page = super::pages::Page::called("500").unwrap();
    let all: Vec<char> = page.decode(&(0..=255).collect::<Vec<u8>>()).0.chars().collect();
    let written = |text: &str| -> Vec<u8> {
        text.chars()
            .map(|c| u8::try_from(all.iter().position(|&known| known == c).unwrap()).unwrap())
            .collect()
    };
    assert_decodes(
        &written("<rss>[é]</rss>"),
        Some("text/xml; charset=ebcdic-cp-be"),
        ("ibm500", "<rss>[é]</rss>"),
    );
    let undeclared = "<?xml version='1.0'?><rss>é</rss>";
    assert_decodes(&written(undeclared), None, ("ibm037", undeclared));
}

#[test]
fn words_of_nothing_but_accents_are_not_western() {
    for (encoding, text) in [("windows-1251", RUSSIAN), ("shift_jis", JAPANESE), ("windows-1253", GREEK)] {
        let document = format!("<?xml version='1.0' encoding='ISO-8859-1'?>{text}");
        assert_decodes(&bytes_in(encoding, &document), None, (encoding, &document));
    }
}

proptest! {
    #[test]
    fn any_bytes_decode_without_panic(bytes: Vec<u8>, label in "(charset=)?[a-z0-9_-]{0,12}", front in 0_usize..8) {
        let fronts: [&[u8]; 8] =
            [b"", b"\x1f\x8b\x08\0", b"\x78\x9c", b"PK\x03\x04", b"\x4c\x6f\xa7\x94", b"\xff\xfe", b"<?xml ", b"\xef\xbb\xbf"];
        let bytes = [fronts[front], &bytes].concat();
        let decoded = decode_as(&bytes, Some(&format!("text/xml; {label}")));
        prop_assert!(!decoded.text.starts_with(BYTE_ORDER_MARK));
    }

    #[test]
    fn any_text_in_utf8_is_given_back(text: String) {
        prop_assume!(double::undone(&text).is_none());
        let marked = format!("\u{feff}{text}");
        let decoded = decode_as(marked.as_bytes(), Some("text/xml; charset=windows-1252"));
        let expected = text.trim_start_matches(BYTE_ORDER_MARK);
        prop_assert_eq!((decoded.encoding, &*decoded.text), ("utf-8", expected));
    }

    #[test]
    fn utf8_with_anything_in_it_stays_utf8(odd in proptest::collection::vec(0x80_u8.., 0..8)) {
        let bytes = [RUSSIAN.as_bytes(), b" ", &odd, b" ", RUSSIAN.as_bytes()].concat();
        let decoded = decode_as(&bytes, None);
        prop_assert_eq!(decoded.encoding, "utf-8");
        prop_assert!(decoded.text.starts_with(RUSSIAN) && decoded.text.ends_with(RUSSIAN));
    }
}
