use super::*;

fn read(name: &str, text: &str) -> Result<Draft, DocumentError> {
    let modified = DateTime::from_timestamp(1_700_000_000, 0);
    read_document(&DocumentFile { name, bytes: text.as_bytes(), modified })
}

fn html(draft: &Draft) -> &str {
    draft.body.content.as_ref().map_or("", |content| content.as_str())
}

/// What a document should give: title, dek, authors, day, body.
struct Wanted {
    title: &'static str,
    dek: &'static str,
    authors: &'static [&'static str],
    day: &'static str,
    html: &'static str,
}

fn assert_gives(name: &str, text: &str, wanted: &Wanted) {
    let draft = read(name, text).unwrap();
    let body = &draft.body;
    let authors: Vec<&str> = body.authors.iter().map(|author| author.name.as_str()).collect();
    assert_eq!(body.title.as_str(), wanted.title);
    assert_eq!(body.summary.as_ref().map_or("", |dek| dek.as_str()), wanted.dek, "{}", wanted.title);
    assert_eq!(authors, wanted.authors, "{}", wanted.title);
    assert_eq!(
        draft.published.or(draft.file_time).unwrap().format("%F").to_string(),
        wanted.day,
        "{}",
        wanted.title
    );
    assert_eq!(html(&draft), wanted.html, "{}", wanted.title);
}

/// The day of a file whose text names none.
const FILE_DAY: &str = "2023-11-14";

#[test]
fn a_text_in_the_users_own_shape_is_read_whole() {
    let text = "The mill turns again\n\nNeighbours repaired what the town had given up\n\n\
                The mill at the river turned on Monday, for the\nfirst time in eleven years.\n\n\
                “It is loud,” said Ann Miller & her son < 5 m away. More: https://example.org/mill?a=1&b=2.\n\n\
                Author: Jane Doe\nJane Doe writes about rivers.\n";
    assert_gives(
        "mill.txt",
        text,
        &Wanted {
            title: "The mill turns again",
            dek: "Neighbours repaired what the town had given up",
            authors: &["Jane Doe"],
            day: FILE_DAY,
            html: "<p>The mill at the river turned on Monday, for the first time in eleven years.</p>\
               <p>“It is loud,” said Ann Miller &amp; her son &lt; 5 m away. More: \
               <a href=\"https://example.org/mill?a=1&amp;b=2\" rel=\"noopener noreferrer\">https://example.org/mill?a=1&amp;b=2</a>.</p>",
        },
    );
}

#[test]
fn texts_of_many_shapes_give_their_fields() {
    let table = [
        (
            "Die Mühle dreht sich\nVon Änne Müller und Max Moritz\n1. Mai 2024\n\nDer Fluss trägt wieder.\n\nAm Montag lief das Rad zum ersten Mal seit elf Jahren, und die Stadt sah zu.\n",
            Wanted {
                title: "Die Mühle dreht sich",
                dek: "Der Fluss trägt wieder.",
                authors: &["Änne Müller", "Max Moritz"],
                day: "2024-05-01",
                html: "<p>Am Montag lief das Rad zum ersten Mal seit elf Jahren, und die Stadt sah zu.</p>",
            },
        ),
        (
            "Title: Le moulin tourne\nDate: 2024-05-02\nTags: eau, moulins\n\nLe moulin a tourné lundi.\nLa ville regardait, et le meunier riait de bon cœur.\n\nPar Élise du Val\n\nÉlise vit au bord de l'eau.",
            Wanted {
                title: "Le moulin tourne",
                dek: "",
                authors: &["Élise du Val"],
                day: "2024-05-02",
                html: "<p>Le moulin a tourné lundi. La ville regardait, et le meunier riait de bon cœur.</p>",
            },
        ),
        (
            "Мельница снова работает\n\nКолесо повернулось в понедельник впервые за одиннадцать лет.\n\nЛюди смотрели с моста, и никто не ушёл домой до самого вечера, так было шумно.\n\nАвтор: Иван Петров",
            Wanted {
                title: "Мельница снова работает",
                dek: "Колесо повернулось в понедельник впервые за одиннадцать лет.",
                authors: &["Иван Петров"],
                day: FILE_DAY,
                html: "<p>Люди смотрели с моста, и никто не ушёл домой до самого вечера, так было шумно.</p>",
            },
        ),
        (
            "水車が回る\n\n月曜日、水車が\n十一年ぶりに回った。\n\n作者：王小明",
            Wanted {
                title: "水車が回る",
                dek: "",
                authors: &["王小明"],
                day: FILE_DAY,
                html: "<p>月曜日、水車が<br>十一年ぶりに回った。</p>",
            },
        ),
        (
            "What the miller needs\n=====================\n\nThree things, and none of them is cheap, says the society:\n\n- a wheel\n- two stones,\n  well cut\n\n1. first\n2. second\n\n* * *\n\n> It is loud.\n\nLast paragraph.\nAuthor: Jane Doe",
            Wanted {
                title: "What the miller needs",
                dek: "",
                authors: &["Jane Doe"],
                day: FILE_DAY,
                html: "<p>Three things, and none of them is cheap, says the society:</p><ul><li>a wheel</li><li>two stones, well cut</li></ul><ol><li>first</li><li>second</li></ol><hr><blockquote><p>It is loud.</p></blockquote><p>Last paragraph.</p>",
            },
        ),
        (
            "Only a headline",
            Wanted { title: "Only a headline", dek: "", authors: &[], day: FILE_DAY, html: "" },
        ),
    ];
    for (text, wanted) in table {
        assert_gives("a.txt", text, &wanted);
    }
}

#[test]
fn words_that_look_like_a_head_stay_in_the_story() {
    let draft = read("a.txt", "Summary: a year of mills\n\nBy the river stood a mill, and it was old and grey.\n\nIn short: nothing changed.").unwrap();
    assert_eq!(draft.body.title.as_str(), "Summary: a year of mills");
    assert_eq!(draft.body.authors, []);
    assert_eq!(
        html(&draft),
        "<p>By the river stood a mill, and it was old and grey.</p><p>In short: nothing changed.</p>"
    );
}

#[test]
fn a_name_in_the_middle_of_a_story_is_no_end() {
    let story = "word ".repeat(200);
    let draft = read("a.txt", &format!("Head\n\nAuthors: four of them\n\n{story}\n\n{story}")).unwrap();
    assert_eq!(draft.body.words, 400);
}

#[test]
fn front_matter_is_read_in_its_three_languages() {
    let yaml = "---\ntitle: \"The mill: \\\"again\\\"\"\ndate: 2024-05-01T10:00:00+02:00 # noon\nauthors:\n  - name: Jane Doe\n    url: https://example.org/jane\n  - John Roe\ntags: [water, 'mills, old']\nsummary: >\n  In two\n  lines\nlang: en_gb\nextra: {a: 1}\n---\n\nThe *mill*.\n";
    let toml = "+++\ntitle = 'The mill: \"again\"'\ndate = 2024-05-01T08:00:00Z\nauthors = ['Jane Doe', 'John Roe']\ntags = ['water', 'mills, old']\ndescription = 'In two lines'\nlanguage = 'en-GB'\n[params]\na = 1\n+++\nThe *mill*.\n";
    let json = "{\"title\": \"The mill: \\\"again\\\"\", \"date\": \"2024-05-01T08:00:00Z\",\n \"author\": {\"name\": \"Jane Doe, John Roe\"},\n \"tags\": [\"water\", \"mills, old\"], \"subtitle\": \"In two lines\", \"lang\": \"en-GB\"}\n\nThe *mill*.\n";
    for text in [yaml, toml, json] {
        let draft = read("a.md", text).unwrap();
        let body = &draft.body;
        assert_eq!(body.title.as_str(), "The mill: \"again\"");
        assert_eq!(draft.published.or(draft.file_time).unwrap().to_rfc3339(), "2024-05-01T08:00:00+00:00");
        assert_eq!(
            body.authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>(),
            ["Jane Doe", "John Roe"]
        );
        assert_eq!(body.tags.iter().map(PlainText::as_str).collect::<Vec<_>>(), ["water", "mills, old"]);
        assert_eq!(body.summary.as_ref().unwrap().as_str(), "In two lines");
        assert_eq!((body.language.as_deref(), html(&draft)), (Some("en-GB"), "<p>The <em>mill</em>.</p>"));
    }
}

#[test]
fn a_broken_front_matter_names_its_line() {
    let table = [
        ("---\ntitle: x\nno key here\n---\n", 3),
        ("---\ntitle: \"x\n---\n", 2),
        ("---\ntags: [a, b\n---\n", 2),
        ("---\ntitle: x\n", 1),
        ("+++\na = 1\ntitle = x\n+++\n", 3),
        ("{\"title\": \"x\",\n\"date\" 1}\n", 2),
    ];
    for (text, wanted) in table {
        let error = read("a.md", text).unwrap_err();
        assert!(
            matches!(error, DocumentError::FrontMatter { line, .. } if line == wanted),
            "{text}: {error}"
        );
    }
}

#[test]
fn a_draft_is_not_published_and_an_empty_file_is_no_article() {
    for said in ["draft: true", "draft: \"Yes\"", "published: false", "published: no"] {
        let text = format!("---\ntitle: x\n{said}\n---\ntext");
        assert_eq!(read("a.md", &text), Err(DocumentError::Draft), "{said}");
    }
    assert!(read("a.md", "---\ntitle: x\ndraft: false\npublished: true\n---\ntext").is_ok());
    assert_eq!(read("a.txt", "\u{feff} \n\n"), Err(DocumentError::Empty));
    assert_eq!(read("a.html", "<p></p>"), Err(DocumentError::NoTitle));
    assert_eq!(read("a.txt", &"word ".repeat(100)), Err(DocumentError::NoTitle));
}

#[test]
fn markdown_takes_its_headline_from_the_first_heading() {
    let table = [
        ("# The `mill` turns\n\nText\n\n## Part\n", "The mill turns", "<p>Text</p>\n<h2>Part</h2>"),
        ("---\ntitle: The mill\n---\n# The mill\n\nText", "The mill", "<p>Text</p>"),
        ("---\ntitle: The mill\n---\n# Another\n\nText", "The mill", "<h1>Another</h1>\n<p>Text</p>"),
        ("The mill turns\n\nText", "The mill turns", "<p>Text</p>"),
        (
            "# T\n\n---\n\n<script>x</script>\n\na <b onclick=x>b</b> [l](javascript:x)\n",
            "T",
            "<hr>\n\n<p>a <b>b</b> l</p>",
        ),
        ("# T\n\nText\n\nAuthor: Jane Doe\nShe writes.", "T", "<p>Text</p>"),
    ];
    for (text, title, wanted) in table {
        let draft = read("a.markdown", text).unwrap();
        assert_eq!((draft.body.title.as_str(), html(&draft)), (title, wanted));
    }
}

#[test]
fn html_is_read_from_its_head_and_its_article() {
    let text = "<html lang=fr><head><title>Le moulin - Le Site</title><meta name=author content='Élise du Val'>\
                <meta name=description content='En bref'><meta property='article:published_time' content='2024-05-01'>\
                <meta name=keywords content='eau, bois'><link rel=canonical href='https://example.org/moulin?utm_source=x'></head>\
                <body><nav>Menu</nav><article><h1>Le moulin</h1><p>Texte <img src=a.png></p></article></body></html>";
    assert_gives(
        "a.html",
        text,
        &Wanted {
            title: "Le moulin",
            dek: "En bref",
            authors: &["Élise du Val"],
            day: "2024-05-01",
            html: "<p>Texte <img src=\"https://example.org/a.png\"></p>",
        },
    );
    let body = read("a.htm", text).unwrap().body;
    assert_eq!(
        (body.url.unwrap().as_str(), body.language.as_deref()),
        ("https://example.org/moulin", Some("fr"))
    );
    assert_eq!(body.tags.len(), 2);
    let bare = read("a.xhtml", "<h1>Bare</h1><p>Text</p>").unwrap();
    assert_eq!((bare.body.title.as_str(), html(&bare)), ("Bare", "<p>Text</p>"));
}

#[test]
fn a_file_is_one_article_after_an_edit_and_after_a_new_name() {
    let first = read("a.txt", "Head\n\nText").unwrap();
    let edited = read("a.txt", "Another head\n\nText").unwrap();
    let renamed = read("b.txt", "Head\n\nText, longer").unwrap();
    assert_eq!((first.keys[0].clone(), first.guid), (Key::Guid("file:a.txt".into()), None));
    assert_eq!(first.keys[0], edited.keys[0]);
    assert_eq!(first.keys[1], renamed.keys[1]);
    let own = read("a.md", "---\nid: urn:uuid:1\n---\n# Head\n").unwrap();
    assert_eq!(
        (own.keys[0].clone(), own.guid.unwrap().value),
        (Key::Guid("urn:uuid:1".into()), "urn:uuid:1".into())
    );
}

#[test]
fn a_large_document_of_one_thing_is_read_in_one_go() {
    let table = [
        ("By Jane Doe\n\n", ""),
        ("Author: Jane Doe\n", ""),
        ("Title: x\n", ""),
        ("a, ", ""),
        (", 2", ""),
        ("---\n", ""),
        ("x\n\n", "Author: "),
        (" and Jane", "H\n\nAuthor: Jane"),
        (" y\n", "---\ntitle: x\n"),
        ("[", "---\ntags: "),
        (" - a\n", "---\ntags:\n"),
        ("###\n\n", "H\n\n"),
        ("*", "H\n\n"),
    ];
    for (piece, start) in table {
        let text = format!("{start}{}", piece.repeat(200_000 / piece.len()));
        for name in ["a.txt", "a.md", "a", "a.eml"] {
            // Whatever it is, it ends.
            let _ = read(name, &text);
        }
    }
}

#[test]
fn article_files_are_known_by_their_ending() {
    for name in ["a.txt", "b/c.TEXT", "a.md", "a.b.markdown", "x.html", "x.htm", "x.xhtml", "m.eml"] {
        assert!(is_article_file(name), "{name}");
    }
    for name in ["a", ".md", "dir.md/a", "a.xml", "a.txt~", "a.docx"] {
        assert!(!is_article_file(name), "{name}");
    }
}
