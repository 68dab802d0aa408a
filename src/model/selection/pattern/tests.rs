use proptest::prelude::*;
use url::Url;

use super::*;

fn compile(pattern: &str, usage: PatternUse) -> TextPattern {
    TextPattern::compile(pattern, usage).unwrap_or_else(|error| panic!("{pattern}: {error}"))
}

fn in_text(pattern: &str, text: &str) -> bool {
    compile(pattern, PatternUse::Text).is_match(&Searched::text(text))
}

fn in_url(pattern: &str, url: &str) -> bool {
    compile(pattern, PatternUse::Url).is_match(&Searched::url(&Url::parse(url).unwrap()))
}

/// Pattern, texts it must match, texts it must not.
type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

fn check(rows: &[Row]) {
    for (pattern, yes, no) in rows {
        for text in *yes {
            assert!(in_text(pattern, text), "`{pattern}` must match `{text}`");
        }
        for text in *no {
            assert!(!in_text(pattern, text), "`{pattern}` must not match `{text}`");
        }
    }
}

#[test]
fn words_are_whole_and_in_any_case() {
    check(&[
        (
            "climate",
            &["Climate", "the CLIMATE.", "Climate-proof homes", "(climate)", "pro-climate"],
            &["acclimate", "climates", "clima te", ""],
        ),
        ("AI", &["AI", "ai act", "Gen-AI", "“AI”", "AI's", "AI/ML"], &["said", "AIs", "ai2", "2ai"]),
        ("5G", &["5G masts", "(5g)"], &["15G", "5Ghz"]),
        ("cat", &["cats cat", "concat, cat"], &["cats", "concatcat"]),
        (
            "climate change",
            &["Climate  change", "climate\nCHANGE", "climate\u{a0}change?", "\tclimate \r\n change"],
            &["climate-change", "climate, change", "climate changes", "climatechange"],
        ),
        ("  spaced   out ", &["Spaced out"], &["spacedout"]),
        ("under_score", &["under_score"], &["under score"]),
        ("score", &["under_score"], &["underscore"]),
    ]);
}

#[test]
fn punctuation_belongs_to_a_pattern_that_writes_it() {
    check(&[
        ("C++", &["C++", "c++20", "Modern C++, again", "(C++)"], &["C", "C+ +", "abc++"]),
        ("C", &["C++", "Vitamin C"], &["Cx", "abc"]),
        ("C#", &["C# 14", "c#"], &["C"]),
        ("node.js", &["Node.js 30", "node.js's"], &["nodejs", "node.jsx", "nodexjs"]),
        (".NET", &["ASP.NET", "the .net runtime"], &["internet", ".network"]),
        ("AT&T", &["AT&T sues", "at&t"], &["ATT", "AT & T"]),
        ("R&D", &["r&d"], &["rd"]),
        ("$100", &["for $100.", "US$100"], &["$1000", "100"]),
        ("#rust", &["#Rust", "##rust!"], &["rust", "#rusty"]),
        ("what?", &["What?!"], &["what"]),
        ("/", &["and/or"], &["and or"]),
        ("a/b", &["A/B tests"], &["a b"]),
        ("(sponsored)", &["Home (Sponsored)"], &["sponsored"]),
        ("[video]", &["[VIDEO] Storm"], &["video"]),
        (".*", &["a .* b"], &["anything"]),
    ]);
}

#[test]
fn apostrophes_are_equal_and_hyphens_are_equal() {
    check(&[
        ("don't", &["Don’t", "DON'T", "donʼt", "don´t"], &["dont", "don"]),
        ("l’été", &["l'ete", "L’ÉTÉ"], &["lete"]),
        ("O'Brien", &["O’Brien"], &["OBrien"]),
        ("été", &["l’été", "d'ete"], &["étés"]),
        ("e-mail", &["E–mail", "e‑mail", "e—mail", "e−mail"], &["email", "e mail"]),
        ("комп'ютер", &["Комп’ютер", "КОМПʼЮТЕР"], &["компютер"]),
        ("election", &["re-election", "election—day"], &["reelection"]),
    ]);
}

#[test]
fn accents_are_folded_in_the_pattern_and_in_the_text() {
    check(&[
        ("cafe", &["Café", "cafe\u{301}", "CAFÉ", "ｃａｆé"], &["cafés"]),
        ("café", &["cafe", "CAFE"], &["caf"]),
        ("Zürich", &["Zurich", "ZÜRICH", "zu\u{308}rich"], &["Zuerich"]),
        ("Strasse", &["Straße", "STRASSE", "STRAẞE"], &["Strase"]),
        ("weiß", &["weiss", "WEISS"], &["weis"]),
        ("Malmo", &["Malmö"], &["Malmoe"]),
        ("Århus", &["Arhus", "århus"], &["Aarhus"]),
        ("Tromso", &["Tromsø"], &["Tromsoe"]),
        ("Ærø", &["aero", "ÆRØ"], &["aro"]),
        ("Łódź", &["Lodz", "łódź"], &["lod"]),
        ("Dordevic", &["Đorđević"], &["Dordevicu"]),
        ("Istanbul", &["İstanbul", "ISTANBUL", "ıstanbul"], &["stanbul"]),
        ("Iğdır", &["igdir", "IĞDIR"], &["gdir"]),
        ("oeuvre", &["œuvre", "Œuvre"], &["œuvres"]),
        ("São Paulo", &["sao paulo", "SÃO  PAULO"], &["Sao-Paulo"]),
        ("niño", &["El Nino", "NIÑO"], &["niños"]),
        ("Nguyễn", &["Nguyen", "NGUYỄN", "nguye\u{302}\u{303}n"], &["Nguyens"]),
        ("čeština", &["cestina", "ČEŠTINA"], &["ceština2"]),
        ("őszi", &["oszi", "ŐSZI"], &["őszibarack"]),
        ("Οδός", &["ΟΔΟΣ", "οδος", "οδόσ"], &["οδοστρωμα"]),
        ("Ελλάδα", &["ΕΛΛΑΔΑ", "ελλαδα"], &["Ελλάδας"]),
        ("елка", &["Ёлка", "ЕЛКА"], &["елками"]),
        ("Выборы", &["выборы", "ВЫБОРЫ!"], &["перевыборы", "выборы2026"]),
        ("май", &["Май", "МАИ\u{306}"], &["маи", "майский"]),
        ("Україна", &["УКРАЇНА"], &["Украіна"]),
        ("fin", &["ﬁn"], &["ﬁnal"]),
        ("climate", &["cli\u{ad}mate", "cli\u{200b}mate", "\u{feff}climate"], &[]),
    ]);
}

#[test]
fn scripts_with_points_and_vowel_signs_keep_what_makes_a_word() {
    check(&[
        ("محمد", &["مُحَمَّد", "محمـــد"], &["محمدي"]),
        ("احمد", &["أحمد", "قال أحمد."], &["وأحمد"]),
        ("שלום", &["שָׁלוֹם", "שלום!"], &["לשלום"]),
        ("की", &["राम की बात"], &["का", "कीमत", "क"]),
        ("हिन्दी", &["हिन्दी समाचार"], &["हिन्दीवाला", "हिनदी"]),
        ("क", &["क ख"], &["क्या", "कि"]),
        ("தமிழ்", &["தமிழ் செய்தி"], &["தமிழ"]),
        ("Հայաստան", &["ՀԱՅԱՍՏԱՆ"], &["Հայաստանի"]),
        ("საქართველო", &["საქართველო", "ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ"], &["საქართველოს"]),
    ]);
}

#[test]
fn scripts_without_spaces_need_no_boundary() {
    check(&[
        ("气候", &["全球气候变化", "气候"], &["天气", "气 候"]),
        ("東京", &["東京都", "在東京。"], &["京東"]),
        ("選挙", &["総選挙が行われる"], &["選ぶ"]),
        ("AI", &["生成AIの時代", "用AI写作", "ＡＩが"], &["生成AIsの"]),
        ("iPhone", &["新iPhone发布"], &["新iPhones发布"]),
        ("ガス", &["ガス代", "ｶﾞｽ", "カ\u{3099}ス"], &["カス"]),
        ("はし", &["はし"], &["ばし", "はじ"]),
        ("コーヒー", &["アイスコーヒー"], &["コヒ"]),
        ("기후", &["기후가 변한다", "기후변화", "\u{1100}\u{1175}\u{1112}\u{116e}"], &["기", "후기"]),
        ("가", &["가을"], &["각"]),
        ("กรุงเทพ", &["ในกรุงเทพมหานคร"], &["กรุง"]),
        ("ភ្នំពេញ", &["នៅភ្នំពេញថ្ងៃនេះ"], &["ភ្នំ"]),
    ]);
}

#[test]
fn a_regular_expression_is_tried_on_the_text_as_it_is() {
    check(&[
        (
            r"/\b(re-?)?election(s)?\b/i",
            &["Re-Elections", "ELECTION", "reelection"],
            &["selection", "électeur"],
        ),
        ("/Climate/", &["Climate", "Climates"], &["climate", "CLIMATE"]),
        ("/café/", &["café"], &["cafe", "Café"]),
        ("/café/i", &["CAFÉ"], &["CAFE"]),
        ("/^Live: /", &["Live: storm"], &["Now Live: storm"]),
        (r"/a\/b/", &["a/b"], &["ab"]),
        ("/a/b/", &["xa/by"], &["ab"]),
        ("/[/]/", &["and/or"], &["and"]),
        ("/ /", &["a b"], &["ab"]),
        (" /x/i ", &["aXb"], &["y"]),
        (r"/^\d+$/", &["2026"], &["in 2026"]),
        ("/don’t/", &["don’t"], &["don't"]),
    ]);
}

#[test]
fn what_is_no_pattern_says_why() {
    for usage in [PatternUse::Text, PatternUse::Url] {
        let fault = |pattern: &str| TextPattern::compile(pattern, usage).unwrap_err();
        for empty in ["", "  ", "\u{301}", "\u{200b}", "//", "//i"] {
            assert_eq!(fault(empty), PatternError::Empty, "{empty:?}");
        }
        for flags in ["g", "gi", "ii", "I", "x", "world"] {
            assert_eq!(fault(&format!("/a/{flags}")), PatternError::Flag(flags.to_owned()));
        }
        assert_eq!(
            fault("/[a/").to_string(),
            "this regular expression is not understood: unclosed character class"
        );
        for regex in ["/(/", "/a{2,1}/", "/(?=a)/", r"/\1/", r"/(\w{1000}){1000}/", "/[z-a]/i"] {
            assert!(matches!(fault(regex), PatternError::Regex(_)), "{regex}");
        }
    }
    assert!(in_text("/ or /.", "this / or /. that"), "slashes without flags behind them are text");
}

#[test]
fn a_star_makes_a_url_pattern_a_glob_on_the_whole_url() {
    for (pattern, url, matches) in [
        ("*/deals/*", "https://example.org/Deals/1", true),
        ("*/deals/*", "https://example.org/deals", false),
        ("example.org/*", "https://EXAMPLE.org/a", true),
        ("example.org/*", "http://example.org/", true),
        ("example.org/*", "https://www.example.org/a", false),
        ("example.org/*", "https://other.example/?u=example.org/a", false),
        ("https://example.org/*", "https://example.org/a", true),
        ("https://example.org/*", "http://example.org/a", false),
        ("*.example.org/*", "https://news.example.org/a", true),
        ("*?id=1", "https://example.org/a?id=1", true),
        ("*?id=1", "https://example.org/aXid=1", false),
        ("*.pdf", "https://example.org/a.PDF", true),
        ("*.pdf", "https://example.org/apdf", false),
        ("*", "https://example.org/", true),
    ] {
        assert_eq!(in_url(pattern, url), matches, "{pattern} on {url}");
    }
    assert!(!in_text("a*b", "axxb"), "a star is a star in a text");
    assert!(in_text("a*b", "A*B"));
}

#[test]
fn other_url_patterns_are_whole_words_of_the_url() {
    for (pattern, url, matches) in [
        ("deals", "https://example.org/DEALS/1", true),
        ("deals", "https://example.org/best-deals_today", true),
        ("deals", "https://example.org/ideals", false),
        ("example.org", "https://news.example.org/a", true),
        ("climate change", "https://example.org/2026/climate-change-report", true),
        ("climate-change", "https://example.org/climate_change", true),
        ("climate change", "https://example.org/?q=climate+change", true),
        ("climate change", "https://example.org/climate/change", false),
        ("política", "https://example.org/pol%C3%ADtica/1", true),
        ("politica", "https://example.org/pol%C3%ADtica/1", true),
        ("pol%C3%ADtica", "https://example.org/política/1", true),
        ("2026/01", "https://example.org/2026/01/x", true),
        (r"/\/2026\/\d\d\//", "https://example.org/2026/01/x", true),
        ("/DEALS/", "https://example.org/deals/1", false),
        ("/DEALS/i", "https://example.org/deals/1", true),
    ] {
        assert_eq!(in_url(pattern, url), matches, "{pattern} on {url}");
    }
}

#[test]
fn what_is_found_is_told_as_it_stands_in_the_text() {
    for (pattern, text, found) in [
        ("climate", "Your Climate-Proof home", "Climate-Proof"),
        ("cafe noir", "un Café  Noir, svp", "Café  Noir,"),
        ("/prices? \\w+/i", "Oil PRICES up again", "PRICES up"),
    ] {
        assert_eq!(compile(pattern, PatternUse::Text).find(&Searched::text(text)), Some(found));
    }
    assert_eq!(compile("storm", PatternUse::Text).find(&Searched::text("stormy")), None);
    assert_eq!(compile("storm", PatternUse::Text).written(), "storm");
}

proptest! {
    #[test]
    fn any_text_is_a_pattern_or_a_fault_and_a_words_pattern_finds_itself(text in "\\PC{1,30}") {
        if let Ok(pattern) = TextPattern::compile(&text, PatternUse::Text)
            && split_regex(&text).is_none()
        {
            prop_assert!(pattern.is_match(&Searched::text(&*text)));
        }
        let url = Url::parse("https://example.org/a").unwrap();
        if let Ok(pattern) = TextPattern::compile(&text, PatternUse::Url) {
            let _ = pattern.find(&Searched::url(&url));
        }
    }
}
