//! What people write around an article, in the languages they write in; all in lower case unless it says otherwise.

/// What stands before an author's name with a colon or a dash.
#[rustfmt::skip]
pub(super) const AUTHOR: &[&str] = &[
    "author", "authors", "author(s)", "by", "byline", "written by", "words by", "words", "story by", "story", "reported by",
    "report by", "text by", "text", "article by", "posted by", "contributed by", "von", "autor", "autorin", "autoren",
    "autorinnen", "autor:in", "autor*in", "verfasser", "verfasserin", "verfasst von", "geschrieben von", "ein beitrag von",
    "auteur", "auteure", "auteurs", "auteures", "autrice", "autrices", "par", "écrit par", "texte", "texte de", "propos recueillis par",
    "por", "autora", "autores", "autoras", "escrito por", "texto", "texto de", "di", "autore", "autori", "a cura di",
    "scritto da", "testo di", "door", "geschreven door", "tekst", "av", "af", "skrevet av", "skrevet af", "skriven av",
    "skribent", "författare", "forfatter", "kirjoittaja", "teksti", "autorka", "autorzy", "autorki", "napisał", "napisała",
    "yazar", "yazan", "szerző", "autoři", "автор", "авторы", "автор текста", "текст", "написал", "написала", "автори", "συγγραφέας", "του", "της",
    "作者", "撰文", "撰稿", "文", "文章", "文字", "記者", "记者", "本报记者", "著者", "筆者", "執筆", "執筆者", "글", "글쓴이",
    "기자", "저자", "작성자", "بقلم", "الكاتب", "الكاتبة", "المؤلف", "المؤلفة", "كتب", "كتبت", "כתב", "מאת", "लेखक", "نویسنده",
];

/// What stands before a name without a colon, with the space.
#[rustfmt::skip]
pub(super) const BY: &[&str] = &[
    "written by ", "words by ", "story by ", "posted by ", "by ", "geschrieben von ", "von ", "écrit par ", "par ",
    "escrito por ", "texto de ", "por ", "a cura di ", "di ", "geschreven door ", "door ", "av ", "af ", "autor ", "autorka ",
    "автор ", "بقلم ", "מאת ", "撰文 ", "文 ", "文／", "文/", "글 ", "作者 ", "記者 ", "记者 ",
];

/// What parts two names wherever it stands.
pub(super) const ANDS: &[&str] = &[
    " and ", " und ", " et ", " och ", " og ", " и ", " та ", " & ", ";", "、", "・", " with ", " mit ",
    " avec ", " con ", " och ", " ve ", " ja ", " és ", " și ", " και ", "，", "،", "/",
];

/// What parts two names only if there are two words on both sides: `Ortega y Gasset` is one man.
pub(super) const MAYBE_ANDS: &[&str] = &[" y ", " e ", " en ", " i ", " a ", " و"];

/// Words of a part behind a comma that is no name.
#[rustfmt::skip]
pub(super) const ROLES: &[&str] = &[
    "writer", "reporter", "editor", "correspondent", "staff", "columnist", "contributor", "journalist", "author",
    "freelance", "photographer", "redakteur", "redakteurin", "korrespondent", "korrespondentin", "journalistin", "reporterin",
    "autor", "autorin", "journaliste", "correspondant", "correspondante", "rédacteur", "rédactrice", "periodista",
    "redactor", "redactora", "corresponsal", "redacción", "giornalista", "redattore", "redattrice", "corrispondente",
    "jornalista", "repórter", "redacteur", "correspondente", "dziennikarz", "dziennikarka", "dziennikarką", "reporterka",
    "skribent", "frilans", "frilansjournalist", "журналист", "журналистка", "корреспондент", "редактор", "обозреватель",
    "muhabir", "gazeteci", "phd", "jr", "jr.", "sr", "sr.", "md", "novelist", "essayist", "historian", "poet", "schriftsteller",
    "schriftstellerin", "écrivain", "écrivaine", "escritor", "escritora", "scrittore", "scrittrice", "писатель", "писательница",
];

/// Verbs behind a name that begin a bio.
#[rustfmt::skip]
pub(super) const IS: &[&str] = &[
    "is", "was", "writes", "covers", "reports", "lives", "works", "edits", "teaches", "has", "ist", "schreibt", "lebt", "arbeitet",
    "berichtet", "est", "écrit", "vit", "couvre", "travaille", "es", "escribe", "vive", "cubre", "trabaja", "è", "scrive",
    "lavora", "si", "é", "escreve", "cobre", "trabalha", "schrijft", "werkt", "woont", "jest", "pisze", "mieszka", "är", "skriver",
    "bor", "er", "пишет", "живёт", "живет", "работает", "—", "–", "keeps", "hat",
];

/// What a bio begins with that does not name the author.
#[rustfmt::skip]
pub(super) const THE_AUTHOR: &[&str] = &[
    "the author is ", "the author was ", "the writer is ", "the author lives ", "the author writes ", "der autor ist ",
    "die autorin ist ", "der autor lebt ", "die autorin lebt ", "der autor schreibt ", "die autorin schreibt ", "l'auteur est ",
    "l’auteur est ", "l'auteure est ", "l’auteure est ", "l'autrice est ", "l’autrice est ", "el autor es ", "la autora es ",
    "l'autore è ", "l’autore è ", "l'autrice è ", "l’autrice è ", "o autor é ", "a autora é ", "de auteur is ", "autor jest ",
    "autorka jest ", "författaren är ", "автор — ", "автор – ", "автор - ", "作者是", "作者为", "筆者は", "著者は",
];

/// A line of its own, or with a colon, before a bio.
#[rustfmt::skip]
pub(super) const ABOUT: &[&str] = &[
    "about the author", "about the authors", "about the writer", "about me", "bio", "biography", "über den autor",
    "über die autorin", "über die autoren", "zum autor", "zur autorin", "zur person", "der autor", "die autorin", "à propos de l'auteur", "à propos de l’auteur", "à propos de l'auteure",
    "à propos de l’auteure", "à propos de l'autrice", "à propos de l’autrice", "sobre el autor", "sobre la autora",
    "acerca del autor", "acerca de la autora", "sobre o autor", "sobre a autora", "sull'autore", "sull’autore", "sull'autrice",
    "sull’autrice", "l'autore", "l’autore", "over de auteur", "o autorze", "o autorce", "om författaren", "om skribenten", "om forfatteren",
    "об авторе", "про автора", "yazar hakkında", "著者について", "著者紹介", "著者プロフィール", "筆者紹介", "プロフィール", "作者简介",
    "作者簡介", "关于作者", "關於作者", "글쓴이 소개", "저자 소개", "عن الكاتب", "عن الكاتبة", "عن المؤلف", "نبذة عن الكاتب",
];

/// The line above a press release's headline; it may go on behind them.
#[rustfmt::skip]
pub(super) const RELEASE: &[&str] = &[
    "for immediate release", "for release", "press release", "news release", "media release", "embargoed until",
    "zur sofortigen veröffentlichung", "pressemitteilung", "presseinformation", "communiqué de presse",
    "pour diffusion immédiate", "comunicado de prensa", "nota de prensa", "comunicado de imprensa", "nota de imprensa",
    "comunicato stampa", "persbericht", "informacja prasowa", "pressmeddelande", "pressemeddelelse", "пресс-релиз", "新闻稿",
    "プレスリリース", "報道資料", "보도자료",
];

/// What a line of credit for pictures begins with.
#[rustfmt::skip]
pub(super) const PICTURES: &[&str] = &[
    "photo", "photos", "photograph", "photographs", "photography", "picture", "pictures", "image", "images", "illustration",
    "illustrations", "foto", "fotos", "bild", "bilder", "fotografie", "fotografía", "zdjęcia", "zdjęcie", "фото", "图片", "摄影",
    "写真", "撮影", "사진", "تصوير",
];

/// Signs that a text ends, as wires and press offices write them; bare only in capitals.
pub(super) const END: &[&str] =
    &["30", "ends", "end", "more", "ende", "fin", "fine", "fim", "einde", "slut", "koniec", "конец"];

/// Agencies: not the names of authors.
#[rustfmt::skip]
pub(super) const AGENCIES: &[&str] = &[
    "reuters", "ap", "associated press", "the associated press", "afp", "agence france-presse", "dpa", "deutsche presse-agentur",
    "epd", "kna", "tass", "тасс", "риа новости", "интерфакс", "efe", "europa press", "ansa", "adnkronos", "lusa", "pap", "tt", "ntb",
    "ritzau", "anp", "belga", "apa", "sda", "bloomberg", "upi", "xinhua", "新华社", "新華社", "共同通信", "時事通信", "연합뉴스", "pa media",
    "press association", "staff", "staff reporter", "staff writer", "our correspondent", "news desk", "redaktion",
    "redacción", "redazione", "la rédaction", "redação", "редакция",
];
