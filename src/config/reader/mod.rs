//! TOML to a type, with every problem in one go: what cannot be read is reported, dropped from the tree, and the rest
//! is read again.

mod fault;
mod syntax;

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::problem::Problem;
use super::text::Lines;
use fault::Fault;

/// Problems found at most in the shape of one file; each costs a pass over it.
const MOST: usize = 100;

/// The byte range of a value or key. The root table's is empty.
type Span = Range<usize>;

/// A file as far as it could be read.
pub(super) struct Reading<T> {
    /// What was read; `None` where the text is no TOML, or has too many problems.
    pub(super) value: Option<T>,
    /// Keys that are not in the value because they were refused.
    pub(super) lost: Lost,
    /// What was refused.
    pub(super) problems: Vec<Problem>,
    /// Lines that are no TOML: it does not matter what was made of them.
    pub(super) faulty: Vec<usize>,
}

impl<T> Reading<T> {
    /// Of a file in which all is well.
    pub(super) fn of(value: T) -> Self {
        Self { value: Some(value), lost: Lost::default(), problems: Vec::new(), faulty: Vec::new() }
    }
}

/// Keys and list elements that were refused, so that nobody complains that they are missing.
#[derive(Debug, Default)]
pub(super) struct Lost(Vec<(Span, String)>);

impl Lost {
    /// Whether the table or list at `container` lost this key, or one that was probably meant to be it.
    pub(super) fn has(&self, container: &Span, key: &str) -> bool {
        self.0.iter().any(|(span, lost)| span == container && lost == key)
    }

    /// Whether the table or list at `container` lost anything.
    pub(super) fn any(&self, container: &Span) -> bool {
        self.0.iter().any(|(span, _)| span == container)
    }

    /// Whether the top table lost this key.
    pub(super) fn top(&self, key: &str) -> bool {
        self.has(&(0..0), key)
    }

    /// Whether any table lost this key.
    pub(super) fn anywhere(&self, key: &str) -> bool {
        self.0.iter().any(|(_, lost)| lost == key)
    }
}

/// Reads a TOML text as a `T`.
pub(super) fn read<T: DeserializeOwned>(lines: &Lines<'_>) -> Reading<T> {
    let (tree, errors) = DeTable::parse_recoverable(lines.text());
    let syntax::Verdict { mut problems, sound_to } = syntax::judge(lines, &errors);
    let faulty: Vec<usize> = problems.iter().map(Problem::line).collect();
    let mut lost = Lost::default();
    // Mostly there is nothing to drop; where there is, a second tree costs less than a copy of each would.
    let value = T::deserialize(toml::de::Deserializer::from(tree)).ok();
    let value = value.or_else(|| {
        let (tree, _) = DeTable::parse_recoverable(lines.text());
        shape(tree, &mut lost, |fault, span| {
            let problem = fault.problem(lines, span);
            if sound_to.is_none_or(|end| span.start < end) && !faulty.contains(&problem.line()) {
                problems.push(problem);
            }
        })
    });
    Reading { value: value.filter(|_| sound_to.is_none()), lost, problems, faulty }
}

/// Reads the tree, dropping what is refused until the rest can be read.
fn shape<T: DeserializeOwned>(
    mut tree: Spanned<DeTable<'_>>,
    lost: &mut Lost,
    mut report: impl FnMut(&Fault<'_>, &Span),
) -> Option<T> {
    for _ in 0..MOST {
        let error = match T::deserialize(toml::de::Deserializer::from(tree.clone())) {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        let span = error.span().unwrap_or(0..0);
        let fault = Fault::of(error.message());
        if !fault.follows(lost, &span) {
            report(&fault, &span);
        }
        if !drop_at(tree.get_mut(), &(0..0), &Drop { span, name: fault.meant() }, lost) {
            return None;
        }
    }
    None
}

/// What to drop: the key or value at `span`, noted under `name` where another key was meant.
struct Drop {
    span: Span,
    name: Option<String>,
}

/// Drops the innermost key or element at the span; false when there is none.
fn drop_at(table: &mut DeTable<'_>, own: &Span, wanted: &Drop, lost: &mut Lost) -> bool {
    let mut found = None;
    for (key, value) in table.iter_mut() {
        if drop_inside(value, wanted, lost) {
            return true;
        }
        if key.span() == wanted.span || value.span() == wanted.span {
            found = Some(key.clone());
        }
    }
    let Some(key) = found else { return false };
    table.remove(&key);
    lost.0.push((own.clone(), wanted.name.clone().unwrap_or_else(|| key.into_inner().into_owned())));
    true
}

fn drop_inside(value: &mut Spanned<DeValue<'_>>, wanted: &Drop, lost: &mut Lost) -> bool {
    let own = value.span();
    match value.get_mut() {
        DeValue::Table(table) => drop_at(table, &own, wanted, lost),
        DeValue::Array(list) => {
            for index in 0..list.len() {
                let Some(element) = list.get_mut(index) else { return false };
                if drop_inside(element, wanted, lost) {
                    return true;
                }
                if element.span() == wanted.span {
                    let rest = std::mem::replace(list, DeArray::new())
                        .into_iter()
                        .enumerate()
                        .filter(|(other, _)| *other != index);
                    *list = rest.map(|(_, element)| element).collect();
                    lost.0.push((own, String::new()));
                    return true;
                }
            }
            false
        }
        _ => false,
    }
}
