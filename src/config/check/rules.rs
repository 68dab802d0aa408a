//! Rules as written to rules as compiled.

use crate::config::shapes::{OneOrMany, Placed};
use crate::config::written;
use crate::model::selection::{Comparison, PatternError, PatternUse, Rule, Test, TextPattern};

use super::desk::{Desk, line};
use super::roster::Roster;

/// Compiles a list of rules. A rule without a name is called by its place, counted from 1: `include[1]`.
pub(super) fn compile(
    desk: &mut Desk<'_>,
    roster: &Roster,
    list: &[Placed<written::Rule>],
    place: &str,
) -> Vec<Rule> {
    let mut rules = Vec::with_capacity(list.len());
    for (index, rule) in list.iter().enumerate() {
        let name = rule.value.name.as_ref().and_then(|name| line(&name.value));
        let name = name.map_or_else(|| format!("{place}[{}]", index + 1), |name| name.to_string());
        let tests = Compiler { desk, roster, rule }.tests();
        rules.push(Rule { name, tests });
    }
    rules
}

/// One rule being compiled.
struct Compiler<'d, 'a, 'c> {
    desk: &'d mut Desk<'a>,
    roster: &'c Roster,
    rule: &'c Placed<written::Rule>,
}

/// One key of a rule, if it is there.
type Key<'c> = Option<&'c OneOrMany<String>>;

impl Compiler<'_, '_, '_> {
    /// In the order of their cost: what needs the body comes last.
    fn tests(mut self) -> Vec<Test> {
        let rule = &self.rule.value;
        let before = self.desk.lost().any(&self.rule.span);
        let written = [
            &rule.title,
            &rule.text,
            &rule.author,
            &rule.tag,
            &rule.url,
            &rule.source,
            &rule.age,
            &rule.words,
        ];
        if rule.not.is_none() && written.iter().all(|key| key.is_none()) && !before {
            self.desk.refuse(
                &self.rule.span,
                "this rule tests nothing, so it would match every article",
                "give it a key to match: title, text, author, tag, url, source, age, words or not",
            );
        }
        let mut tests = Vec::new();
        tests.extend(self.sources(rule.source.as_ref()).map(Test::Source));
        tests.extend(self.comparisons(rule.age.as_ref(), Comparison::of_age).map(Test::Age));
        tests.extend(self.comparisons(rule.words.as_ref(), Comparison::of_count).map(Test::Words));
        tests.extend(self.patterns(rule.url.as_ref(), PatternUse::Url).map(Test::Url));
        tests.extend(self.patterns(rule.tag.as_ref(), PatternUse::Text).map(Test::Tag));
        tests.extend(self.patterns(rule.author.as_ref(), PatternUse::Text).map(Test::Author));
        tests.extend(self.patterns(rule.title.as_ref(), PatternUse::Text).map(Test::Title));
        tests.extend(self.patterns(rule.text.as_ref(), PatternUse::Text).map(Test::Text));
        tests.extend(self.negation().map(Test::Not));
        tests
    }

    fn negation(&mut self) -> Option<Vec<Test>> {
        let rule = self.rule.value.not.as_deref()?;
        if let Some(name) = &rule.value.name {
            self.desk.refuse(&name.span, "`not` has no name of its own", "name the rule it stands in");
        }
        Some(Compiler { desk: self.desk, roster: self.roster, rule }.tests())
    }

    fn sources(&mut self, key: Key<'_>) -> Option<Vec<crate::model::SourceId>> {
        let names = self.values(key)?;
        Some(names.iter().filter_map(|name| self.roster.source(self.desk, name)).collect())
    }

    fn patterns<P: From<Vec<TextPattern>>>(&mut self, key: Key<'_>, usage: PatternUse) -> Option<P> {
        self.read(key, |text| TextPattern::compile(text, usage)).map(P::from)
    }

    fn comparisons(
        &mut self,
        key: Key<'_>,
        read: fn(&str) -> Result<Comparison, PatternError>,
    ) -> Option<Vec<Comparison>> {
        self.read(key, read)
    }

    /// Reads each value of a key; one that cannot be read is a problem at its own place.
    fn read<T>(&mut self, key: Key<'_>, read: impl Fn(&str) -> Result<T, PatternError>) -> Option<Vec<T>> {
        let mut compiled = Vec::new();
        for text in self.values(key)? {
            match read(&text.value) {
                Ok(value) => compiled.push(value),
                Err(error) => self.desk.refuse(&text.span, error.to_string(), hint(&error)),
            }
        }
        Some(compiled)
    }

    /// The values of a key. An empty list could only mean "never", which nobody means.
    fn values<'k>(&mut self, key: Key<'k>) -> Option<&'k [Placed<String>]> {
        let values = &key?.0;
        if values.is_empty() && !self.desk.lost().any(&self.rule.span) {
            let hint = "list what to match, or remove the key";
            self.desk.refuse(&self.rule.span, "a key of this rule lists nothing to match", hint);
        }
        Some(values)
    }
}

fn hint(error: &PatternError) -> &'static str {
    match error {
        PatternError::Empty => "write a word, or remove it",
        PatternError::Regex(_) => {
            "a regular expression stands between slashes in single quotes: '/colou?r/i'"
        }
        PatternError::Flag(_) => "write '/…/i' to ignore case",
        PatternError::Comparison(..) => "compare with <, <=, >, >= or =: \"< 3d\", \">= 100\"",
    }
}
