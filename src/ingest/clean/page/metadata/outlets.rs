//! Who is no author: outlets, agencies, desks, accounts. Better none than a wrong one.

use super::site::Site;
use super::text::loose;

/// News agencies and services, as `loose` writes them.
#[rustfmt::skip]
const AGENCIES: &[&str] = &[
    "aap", "afp", "agencefrancepresse", "agenciabrasil", "agerpres", "anadolu", "anadoluagency",
    "anadoluajansi", "ani", "anp", "ansa", "ap", "apa", "apanews", "apnews", "associatedpress", "bbc",
    "bbcnews", "belga", "bloomberg", "bnonews", "cnn", "ctk", "dapd", "dha", "dpa", "dpaafx", "dts", "efe",
    "epa", "epd", "europapress", "hina", "iha", "ians", "interfax", "intersvyaz", "kna", "kyodo", "lusa", "mti",
    "newsagencies", "notimex", "ntb", "pa", "pamedia", "pap", "prnewswire", "pressassociation", "pti",
    "reuters", "ritzau", "sda", "sid", "sita", "tanjug", "tasr", "tass", "theassociatedpress", "tt", "upi",
    "xinhua", "yonhap", "интерфакс", "риановости", "тасс", "新华社", "共同通信", "時事通信", "中新社", "中新网", "연합뉴스",
    "رويترز", "وكالات", "أفب",
];

/// Accounts and parts that are played, as `loose` writes them.
#[rustfmt::skip]
const NOBODIES: &[&str] = &[
    "admin", "administrator", "adm", "anonym", "anonymous", "anonimo", "author", "authors", "autor", "by",
    "contributor", "contributors", "deskreport", "editor", "editors", "editorial", "equipo", "gast",
    "gastautor", "gastautoren", "gastbeitrag", "guest", "guestauthor", "guestcontributor", "guestpost",
    "guestwriter", "host", "invite", "leserbrief", "moderator", "news", "none", "null", "online", "post",
    "posted", "pressemitteilung", "pressrelease", "root", "sponsored", "staff", "support", "team", "test",
    "unbekannt", "undefined", "unknown", "user", "various", "webdesk", "webmaster", "wordpress", "writer",
    "админ", "администратор", "автор", "гость", "編集部", "编辑", "記者", "记者", "管理人", "管理者", "管理员", "小编", "本站", "佚名",
    "匿名", "관리자", "기자", "admins", "superuser", "manager", "redakcia", "toimitus", "redakce", "share", "follow",
    "subscribe", "biography", "comments", "comment", "print", "email", "twitter", "facebook", "uncategorized", "habermerkezi",
    "allgemein", "home", "more", "mehr", "profile", "aboutus", "kontakt", "contact", "impressum", "blog",
    "redaktionell", "gesponsert", "anzeige", "advertorial",
];

/// Words, folded, that no person has in the name, but desks, teams and companies have.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "redaktion", "redaktionsteam", "onlineredaktion", "redaction", "redaccion", "redazione", "redakcja",
    "redakce", "redactie", "redaksi", "redacao", "redakcija", "редакция", "редакции", "пресс-служба", "пресс",
    "συντακτικη", "editorial", "newsroom", "newsdesk", "desk", "team", "staff", "bureau", "agency", "agencies",
    "agentur", "agence", "agencia", "agenzia", "gmbh", "ltd", "llc", "inc", "verlag", "magazin", "magazine",
    "zeitung", "press", "presse", "news", "newspaper", "media", "studio", "university", "universitat",
    "universite", "institute", "institut", "foundation", "stiftung", "association", "verein", "ministry",
    "ministerium", "office", "services", "website", "webseite", "blog", "blogger", "podcast", "tv", "radio",
    "online", "com", "correspondent", "correspondents", "reporter", "reporters", "writers", "writer", "editors",
    "contributors", "sponsored", "partner", "pressemitteilung", "community", "company", "group", "network",
    "channel", "club", "society", "comments", "kommentare", "reply", "antworten", "read", "leave", "kommentar",
    "minutes", "views", "share", "subscribe", "follow", "posted", "published", "updated", "category",
    "kategorie", "tags", "copyright", "photo", "foto", "quelle", "source", "fonte", "coordenadoria",
    "prefeitura", "центр", "агентство", "новости", "газета", "журнал", "newsletter", "department", "council",
    "report", "reports", "编辑部", "編集部", "取材班", "通讯员",
    // What somebody is, instead of who.
    "columnist", "critic", "director", "ceo", "professor", "analyst", "editor", "redakteur", "redakteurin",
    "journaliste", "journalist", "journalistin", "korrespondent", "korrespondentin", "photographer", "fotograf",
    "volontar", "volontarin", "chefredakteur", "gastautorin", "herausgeber", "kolumnist", "kolumnistin",
    "корреспондент", "редактор", "обозреватель", "redaktor", "gazeteci", "muhabir", "giornalista", "periodista",
    "redactor", "redactora", "colunista", "jornalista", "dziennikarz", "dziennikarka",
];

/// Words, folded, of companies and public bodies: a surname like these is rare, and where a page's maker is named rather
/// than an author, the other is not.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "stadt", "gemeinde", "landkreis", "verband", "bund", "partei", "kirche", "schule", "amt", "haus", "shop", "reisen", "hotel",
    "bank", "union", "party", "government", "city", "county", "state", "federal", "national", "international", "world", "europe",
    "global", "daily", "times", "post", "herald", "tribune", "journal", "gazette", "weekly", "today", "guide", "project", "projekt",
    "center", "centre", "zentrum", "forum", "portal", "wiki", "info", "digital", "web", "design", "consulting", "solutions", "systems",
    "software", "technologies", "technology", "marketing", "energy", "health", "school", "college", "research", "science", "sciences",
    "library", "museum", "church", "trust", "fund", "alliance", "federation", "committee", "commission", "board", "authority",
    "initiative", "campaign", "movement", "collective", "productions", "publishing", "publications", "communications",
    "entertainment", "sports", "sport", "the", "der", "die", "das", "les", "los", "our", "your", "and", "fur", "for", "ag", "ev",
    "kg", "bv", "sa", "srl", "spa", "sp", "zoo", "oy", "ab", "as", "pty", "corp", "corporation", "holding", "theme", "themes",
];

/// Whether a name is that of a company, a public body, a publication rather than of a person.
pub(super) fn is_body(name: &str) -> bool {
    let folded = crate::model::fold::fold(name);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| BODIES.contains(&word))
}

/// Whether a name is nobody's: the site's own, an agency's, a desk's, an account's.
pub(super) fn is_nobody(name: &str, site: &Site) -> bool {
    let bare = loose(name);
    if AGENCIES.contains(&bare.as_str()) || NOBODIES.contains(&bare.as_str()) || site.is_named(name) {
        return true;
    }
    let folded = crate::model::fold::fold(name);
    let mut words =
        folded.split(|c: char| c.is_whitespace() || matches!(c, '.' | '/' | ',' | '-' | '(' | ')'));
    // Initials of an agency, an office, an account.
    let is_acronym = (2..=5).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase());
    let ends_as_desk =
        ["redaktion", "編集部", "编辑部", "取材班", "事務所", "新闻社"].iter().any(|end| bare.ends_with(end));
    is_acronym || ends_as_desk || words.any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::url::Url;

    #[test]
    fn a_body_is_told_from_a_person() {
        for name in ["Stadt Köln", "The Daily Mill", "Acme Software AG", "Verband der Müller e.V."] {
            assert!(is_body(name), "{name}");
        }
        for name in ["Jane Doe", "Stadtler Max", "Vincent van Gogh", "caschy"] {
            assert!(!is_body(name), "{name}");
        }
    }

    #[test]
    fn an_outlet_is_no_author_and_a_person_is() {
        let site = Site::new(&["Kreis-Blatt"], Url::parse("https://www.kreisblatt.de/a").ok().as_ref());
        let nobodies = [
            "dpa",
            "Reuters",
            "THE ASSOCIATED PRESS",
            "admin",
            "Editorial Team",
            "Online-Redaktion",
            "Die Redaktion",
            "La rédaction",
            "Редакция",
            "Kreis-Blatt",
            "kreisblatt.de",
            "BBC News",
            "Sport Desk",
            "Müller GmbH",
            "編集部",
            "Gastautor",
            "Guest Author",
            "Sportredaktion",
            "PMJS - Coordenadoria de TI",
        ];
        for name in nobodies {
            assert!(is_nobody(name, &site), "{name}");
        }
        for name in [
            "Jane Doe",
            "Karl Blatt",
            "Paul Pressler",
            "Ed Editorson",
            "Деск Иванов",
            "山田 太郎",
            "Ann Newsom",
            "caschy",
        ] {
            assert!(!is_nobody(name, &site), "{name}");
        }
    }
}
