//! What holds for an element and all inside it: namespaces, `xml:base`, `xml:lang`.

use std::borrow::Cow;

use url::Url;

use super::names::{Module, format_of_uri, module_of_prefix, module_of_uri};
use crate::ingest::parse::language;
use crate::model::InputFormat;
use crate::model::reference::{resolve, tidy};

/// As many namespace declarations as are in force at one time.
const MAX_NAMES: usize = 256;
/// Bytes of the longest `xml:base` that is heeded.
const MAX_BASE: usize = 1024;
/// Bytes of the longest `xml:lang` that is heeded.
const MAX_LANGUAGE: usize = 64;

/// The scopes in force, each kind the innermost last.
#[derive(Debug)]
pub(super) struct Scopes<'a> {
    names: Vec<(&'a str, Module)>,
    /// What names without prefix belong to.
    unprefixed: Module,
    /// Each is what relative references here are relative to: a URL, or itself relative where no URL is known.
    bases: Vec<String>,
    /// How many of them are from outside the document: one or none.
    outer_bases: usize,
    languages: Vec<Cow<'a, str>>,
    /// How many of each there were outside the open elements that are scopes.
    outside: Vec<Sizes>,
    format: Option<InputFormat>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sizes {
    names: usize,
    bases: usize,
    languages: usize,
}

impl<'a> Scopes<'a> {
    /// The scope outside the document.
    pub(super) fn new(base: Option<&Url>, language: Option<Cow<'a, str>>) -> Self {
        let bases: Vec<_> = base.map(Url::to_string).filter(|base| is_usable(base)).into_iter().collect();
        Self {
            names: Vec::new(),
            unprefixed: module_of_prefix(""),
            outer_bases: bases.len(),
            bases,
            languages: language.into_iter().collect(),
            outside: Vec::new(),
            format: None,
        }
    }

    /// An element begins that may be a scope.
    pub(super) fn enter(&mut self) {
        self.outside.push(Sizes {
            names: self.names.len(),
            bases: self.bases.len(),
            languages: self.languages.len(),
        });
    }

    /// The element last entered ends.
    pub(super) fn leave(&mut self) {
        let outside = self.outside.pop().unwrap_or_default();
        self.names.truncate(outside.names);
        self.bases.truncate(outside.bases);
        self.languages.truncate(outside.languages);
        let unprefixed = self.names.iter().rev().find(|(prefix, _)| prefix.is_empty());
        self.unprefixed = unprefixed.map_or_else(|| module_of_prefix(""), |&(_, module)| module);
    }

    /// Whether the element last entered has a base and a language of its own.
    pub(super) fn own(&self) -> (bool, bool) {
        let outside = self.outside.last().copied().unwrap_or_default();
        (outside.bases < self.bases.len(), outside.languages < self.languages.len())
    }

    /// `xmlns` or `xmlns:prefix`.
    pub(super) fn declare(&mut self, prefix: &'a str, uri: &str) {
        self.format = self.format.or_else(|| format_of_uri(uri));
        if self.names.len() < MAX_NAMES {
            self.bind(prefix, module_of_uri(uri));
        }
    }

    /// Says what a prefix means from here on.
    pub(super) fn bind(&mut self, prefix: &'a str, module: Module) {
        self.names.push((prefix, module));
        if prefix.is_empty() {
            self.unprefixed = module;
        }
    }

    /// What a prefix means; none if nobody declared it.
    pub(super) fn module_of(&self, prefix: &str) -> Option<Module> {
        if prefix.is_empty() {
            return Some(self.unprefixed);
        }
        self.names.iter().rev().find(|(declared, _)| *declared == prefix).map(|&(_, module)| module)
    }

    /// The first format that a declared namespace told.
    pub(super) fn declared_format(&self) -> Option<InputFormat> {
        self.format
    }

    /// `xml:base`; `false` if it is no usable URL.
    pub(super) fn rebase(&mut self, base: &str) -> bool {
        let base = resolve(&tidy(base), self.base().unwrap_or_default()).into_owned();
        let is_usable = is_usable(&base);
        if is_usable && !base.is_empty() {
            self.bases.push(base);
        }
        is_usable
    }

    /// What relative references are relative to.
    pub(super) fn base(&self) -> Option<&str> {
        self.bases.last().map(String::as_str)
    }

    /// The same, if it is an `xml:base`.
    pub(super) fn declared_base(&self) -> Option<&str> {
        self.base().filter(|_| self.bases.len() > self.outer_bases)
    }

    /// How many bases there are.
    pub(super) fn bases(&self) -> usize {
        self.bases.len()
    }

    /// `xml:lang`.
    pub(super) fn speak(&mut self, tag: &str) {
        if tag.len() <= MAX_LANGUAGE {
            self.languages.push(Cow::Owned(language(tag).into_owned()));
        }
    }

    pub(super) fn language(&self) -> Option<&str> {
        self.languages.last().map(Cow::as_ref)
    }
}

/// Whether relative references can stand on this URL. Each of them becomes as long as it is, so it must not be long.
fn is_usable(base: &str) -> bool {
    let is_fit = |url: &Url| matches!(url.scheme(), "http" | "https" | "ftp" | "file");
    base.len() <= MAX_BASE
        && match Url::parse(base) {
            Ok(url) => is_fit(&url),
            // Relative, and nobody knows to what: no fault of the feed.
            Err(fault) => fault == url::ParseError::RelativeUrlWithoutBase,
        }
}
