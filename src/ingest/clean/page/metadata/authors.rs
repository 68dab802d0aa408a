//! Who wrote it: what the page tells machines, else what it shows readers. Better none than a wrong one.

use super::Witness;
use super::linked::{Linked, Person};
use super::outlets::is_body;
use super::people::{is_labelled, people, people_in_pieces, without_label};
use super::site::Site;
use super::spot::has_date;
use super::survey::{Mark, MarkKind, Survey};
use super::text::loose;
use super::zone::{Nearness, Zone};
use crate::model::link::absolute;
use ::url::Url;

/// Meta elements that name people, in order of trust.
const NAMED: &[(Witness, &[&str])] = &[
    (
        Witness::OpenGraph,
        &["article:author", "article:author_name", "og:author", "author:name", "og:article:author"],
    ),
    (
        Witness::Publisher,
        &[
            "parsely-author",
            "sailthru.author",
            "citation_author",
            "dcterms.creator",
            "dc.creator",
            "dc:creator",
            "dc.creator.name",
            "dc.contributor",
            "article_author",
            "cxenseparse:author",
            "rbauthors",
            "byl",
            "byline",
            "mediator_author",
        ],
    ),
];

/// Meta elements that name people, or the site, or who made the theme.
const WEAK: &[&str] = &["author", "creator", "web_author", "twitter:data1"];

/// Labels that may stand in the middle of a line.
const LABELS_INSIDE: &[&str] = &["作者：", "作者:", "文/", "撰文：", "投稿者：", "記者：", "记者："];

/// Lines that may name an author behind the text.
const LAST_LINES: usize = 40;

/// The people, and who named them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Authors {
    pub(super) people: Vec<Person>,
    pub(super) witness: Witness,
}

/// Finds the authors.
pub(super) fn authors(
    survey: &Survey,
    linked: &Linked,
    (site, zone): (&Site, &Zone),
    url: Option<&Url>,
) -> Option<Authors> {
    let told = told(survey, linked, site);
    let shown = shown(survey, site, zone);
    let mut authors = match (told, shown) {
        // The page shows all that it tells, and more of them.
        (Some(told), Some(shown))
            if shown.near
                && told.people.len() < shown.authors.people.len()
                && is_part(&told, &shown.authors) =>
        {
            shown.authors
        }
        (Some(told), _) => told,
        (None, Some(shown)) if shown.near => shown.authors,
        (None, shown) => weak(survey, site).or(shown.map(|shown| shown.authors))?,
    };
    complete(&mut authors, survey, zone, url);
    Some(authors)
}

/// What is told to machines: JSON-LD, then meta elements that are made for it, then microdata.
fn told(survey: &Survey, linked: &Linked, site: &Site) -> Option<Authors> {
    let named = linked.authors.iter().flat_map(|author| {
        people(&author.name, site).into_iter().map(|name| Person { name, ..author.clone() })
    });
    let by = |people: Vec<Person>, witness: Witness| unique(people).map(|people| Authors { people, witness });
    by(named.collect(), Witness::JsonLd)
        .or_else(|| NAMED.iter().find_map(|(witness, names)| by(in_metas(survey, names, site), *witness)))
}

/// The people of the first meta element among these that names any, and of its twins.
fn in_metas(survey: &Survey, names: &[&str], site: &Site) -> Vec<Person> {
    let of = |name: &&str| -> Vec<Person> {
        survey.metas(name).flat_map(|text| named(people(text, site))).collect()
    };
    names.iter().map(of).find(|people| !people.is_empty()).unwrap_or_default()
}

fn weak(survey: &Survey, site: &Site) -> Option<Authors> {
    let mut people = in_metas(survey, WEAK, site);
    people.retain(|person| !is_body(&person.name));
    unique(people).map(|people| Authors { people, witness: Witness::Meta })
}

/// Authors that readers see.
struct Shown {
    authors: Authors,
    /// In the head of the article.
    near: bool,
}

/// The people that marks or lines name: the nearest, and among these the best marked.
fn shown(survey: &Survey, site: &Site, zone: &Zone) -> Option<Shown> {
    let marks =
        || survey.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Author | MarkKind::Byline));
    let marked = |nearness: Nearness, kind: MarkKind| {
        let fits = move |mark: &&Mark| mark.kind == kind && zone.nearness(mark.place) == nearness;
        group(&marks().filter(fits).collect::<Vec<_>>(), site)
    };
    let by = |people: Vec<Person>, witness: Witness, near: bool| {
        unique(people).map(|people| Shown { authors: Authors { people, witness }, near })
    };
    by(marked(Nearness::Head, MarkKind::Author), Witness::Microdata, true)
        .or_else(|| by(marked(Nearness::Head, MarkKind::Byline), Witness::Visible, true))
        .or_else(|| by(in_head_lines(survey, site, zone), Witness::Visible, true))
        .or_else(|| by(marked(Nearness::Page, MarkKind::Author), Witness::Microdata, false))
        .or_else(|| by(marked(Nearness::Page, MarkKind::Byline), Witness::Visible, false))
        .or_else(|| by(in_last_lines(survey, site, zone), Witness::Visible, false))
}

/// The people of the first mark that names any, and of those that stand close behind it: a list of authors.
fn group(marks: &[&Mark], site: &Site) -> Vec<Person> {
    let mut found: Vec<Person> = Vec::new();
    let mut last = 0;
    for mark in marks {
        if !found.is_empty() && mark.place.line > last + 2 {
            break;
        }
        let names = people_in_pieces(&mark.text, site);
        if names.is_empty() {
            continue;
        }
        last = mark.place.line;
        let url = mark.url.clone().filter(|_| names.len() == 1);
        found.extend(names.into_iter().map(|name| Person { name, url: url.clone(), bio: None }));
    }
    found
}

/// Lines of the head that begin with "By" or the like.
fn in_head_lines(survey: &Survey, site: &Site, zone: &Zone) -> Vec<Person> {
    let lines =
        survey.lines.iter().filter(|line| !line.is_paragraph && zone.nearness(line.place) == Nearness::Head);
    lines.map(|line| labelled(&line.text, site)).find(|people| !people.is_empty()).unwrap_or_default()
}

/// The last lines of the text: "Author: Jane Doe" stands alone there, a bare "by" does not count.
fn in_last_lines(survey: &Survey, site: &Site, zone: &Zone) -> Vec<Person> {
    let behind = survey.lines.iter().filter(|line| zone.nearness(line.place) == Nearness::Page);
    let with_colon =
        behind.filter(|line| line.text.find([':', '：']).is_some_and(|at| at < 30)).take(LAST_LINES);
    with_colon.map(|line| labelled(&line.text, site)).find(|people| !people.is_empty()).unwrap_or_default()
}

/// The people of a line, or of a part of it, that begins with a label: "3 May 2024 - By Jane Doe - Politics".
fn labelled(line: &str, site: &Site) -> Vec<Person> {
    if line.is_empty() || line.split_whitespace().nth(20).is_some() {
        return Vec::new();
    }
    // Where nothing parts the words, a label parts the names: "来源：新华网 作者：王小明".
    let line = match LABELS_INSIDE.iter().find_map(|label| line.find(label)) {
        Some(at) => line[at..].split_whitespace().next().unwrap_or_default(),
        None => line,
    };
    let parts =
        line.split(['|', '·', '•']).flat_map(|part| part.split(" - ")).flat_map(|part| part.split(" – "));
    let labelled =
        parts.filter_map(|part| behind_date(part).or_else(|| is_labelled(part).then(|| without_label(part))));
    // A line is less sure than a class: a single word in it is as likely a section.
    let is_sure = |name: &String| name.contains(char::is_whitespace) || !name.is_ascii();
    let mut found = labelled.map(|part| people(part, site));
    named(found.find(|names| !names.is_empty() && names.iter().all(is_sure)).unwrap_or_default())
}

/// What stands behind "by" in "Posted on 3 May 2024 by Jane Doe".
fn behind_date(part: &str) -> Option<&str> {
    let words = [" by ", " By ", " von ", " par ", " por ", " door ", " di ", " av ", " przez "];
    let (before, after) = words.iter().find_map(|word| part.split_once(word))?;
    has_date(before).then_some(after)
}

fn named(names: Vec<String>) -> Vec<Person> {
    names.into_iter().map(|name| Person { name, ..Person::default() }).collect()
}

/// Each once; `None` for nobody.
fn unique(people: Vec<Person>) -> Option<Vec<Person>> {
    let mut unique: Vec<Person> = Vec::new();
    for person in people {
        match unique.iter_mut().find(|known| loose(&known.name) == loose(&person.name)) {
            Some(known) => {
                known.url = known.url.take().or(person.url);
                known.bio = known.bio.take().or(person.bio);
            }
            None => unique.push(person),
        }
    }
    Some(unique).filter(|people| !people.is_empty())
}

fn is_part(some: &Authors, all: &Authors) -> bool {
    let is_known = |person: &Person| all.people.iter().any(|other| loose(&other.name) == loose(&person.name));
    some.people.iter().all(is_known)
}

/// What other parts of the page know of these people: an address, some lines about them.
fn complete(authors: &mut Authors, survey: &Survey, zone: &Zone, url: Option<&Url>) {
    for person in &mut authors.people {
        let name = loose(&person.name);
        let is_theirs = |mark: &&Mark| mark.url.is_some() && loose(&mark.text) == name;
        let marked = survey.marks.iter().find(is_theirs).and_then(|mark| mark.url.clone());
        let profile = || {
            let addresses = survey.metas("article:author").filter_map(|address| absolute(address, url));
            let mut theirs = addresses.filter(|address| loose(address.path()).contains(&name));
            theirs.next()
        };
        person.url = person.url.take().or(marked).or_else(profile);
    }
    let [person] = authors.people.as_mut_slice() else { return };
    let is_about = |mark: &&Mark| {
        let letters = mark.text.chars().count();
        mark.kind == MarkKind::Bio
            && letters > person.name.chars().count() + 20
            && zone.nearness(mark.place) != Nearness::Elsewhere
    };
    let bio = survey
        .marks
        .iter()
        .filter(is_about)
        .map(|mark| super::pieces::joined(&mark.text))
        .min_by_key(String::len);
    person.bio = person.bio.take().or(bio);
}
