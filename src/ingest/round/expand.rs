//! From a source to its documents: one feed, the files that match, a folder, or each article picked.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use url::Url;

use crate::config::{Input, PickedArticle, Place, SourcePlan};
use crate::ingest::fetch::printable;

use super::files::FileError;
use super::report::{Remark, in_words};

/// One document of a source.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// As in [`crate::model::Origin::scope`].
    pub(super) scope: String,
    /// Where and what it is.
    pub(super) what: What,
}

/// Where a document is, and what it is read as.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// A feed on the web.
    Feed(Arc<Url>),
    /// A feed document on disk.
    FeedFile(PathBuf),
    /// A folder of article files: all of them are one document.
    Folder(PathBuf),
    /// A hand-picked page.
    Page(Arc<Url>, Box<PickedArticle>),
    /// A hand-picked article file.
    ArticleFile(PathBuf, Box<PickedArticle>),
}

impl What {
    /// Where it is asked for, if on the web.
    pub(super) fn url(&self) -> Option<&Url> {
        match self {
            Self::Feed(url) | Self::Page(url, _) => Some(url),
            Self::FeedFile(_) | Self::Folder(_) | Self::ArticleFile(..) => None,
        }
    }

    /// Whether it is a page on the web, which nobody offers as a feed.
    pub(super) fn is_page(&self) -> bool {
        matches!(self, Self::Page(..))
    }

    /// What the editor says of it.
    pub(super) fn pick(&self) -> Option<&PickedArticle> {
        match self {
            Self::Page(_, pick) | Self::ArticleFile(_, pick) => Some(pick),
            Self::Feed(_) | Self::FeedFile(_) | Self::Folder(_) => None,
        }
    }
}

/// The documents of a source, without doubles, and what stood in the way of others.
#[derive(Debug, Default)]
pub(super) struct Expanded {
    pub(super) targets: Vec<Target>,
    pub(super) failures: Vec<Remark>,
}

/// Finds a source's documents. Only patterns need the disk, and they look at it off the async threads.
pub(super) async fn expand(source: &SourcePlan, root: &Path) -> Expanded {
    let mut expanded = match &source.input {
        Input::Feed(url) => one(What::Feed(Arc::clone(url))),
        Input::Documents(folder) => one(What::Folder(folder.clone())),
        Input::Articles(picks) => articles(picks, root),
        Input::Files(patterns) => {
            let (patterns, root) = (patterns.clone(), root.to_owned());
            let looked = tokio::task::spawn_blocking(move || files(&patterns, &root)).await;
            looked.unwrap_or_else(|_| Expanded::crashed())
        }
    };
    if expanded.targets.len() < 2 {
        return expanded;
    }
    let mut seen = BTreeSet::new();
    expanded.targets.retain(|target| seen.insert(target.scope.clone()));
    expanded
}

fn one(what: What) -> Expanded {
    Expanded { targets: vec![Target { scope: String::new(), what }], failures: Vec::new() }
}

fn articles(picks: &[PickedArticle], root: &Path) -> Expanded {
    let mut expanded = Expanded::default();
    for pick in picks {
        match &pick.place {
            Place::Url(url) => expanded.targets.push(Target {
                scope: printable(url),
                what: What::Page(Arc::new(url.clone()), Box::new(pick.clone())),
            }),
            Place::File(path) => {
                expanded.file(path, root, |path| What::ArticleFile(path, Box::new(pick.clone())));
            }
        }
    }
    expanded
}

fn files(patterns: &[String], root: &Path) -> Expanded {
    let mut expanded = Expanded::default();
    for pattern in patterns {
        expanded.pattern(pattern, root);
    }
    expanded
}

impl Expanded {
    fn pattern(&mut self, pattern: &str, root: &Path) {
        let scope = scope_of(Path::new(pattern), root);
        let paths = match glob::glob(pattern) {
            Ok(paths) => paths,
            Err(error) => {
                return self.fail(&scope, &format!("the pattern {scope} is not understood: {error}"));
            }
        };
        let is_wild = glob::Pattern::escape(pattern) != pattern;
        let mut matched = false;
        for path in paths {
            match path {
                // What is no document is only an error where it was named.
                Ok(path) if is_wild && path.is_dir() => {}
                Ok(path) => {
                    matched = true;
                    self.file(&path, root, What::FeedFile);
                }
                Err(error) => {
                    let cause = error.error().to_string();
                    let path = error.path().to_owned();
                    self.fail(&scope, &FileError::Unreadable { path, cause });
                }
            }
        }
        if !matched {
            let hint = if is_wild { "no file matches" } else { "no such file" };
            self.fail(&scope, &format!("{scope}: {hint}; paths are relative to the config file"));
        }
    }

    fn crashed() -> Self {
        let mut expanded = Self::default();
        expanded.fail("", &"looking for the files crashed; please report this with the patterns");
        expanded
    }

    fn file(&mut self, path: &Path, root: &Path, what: impl FnOnce(PathBuf) -> What) {
        self.targets.push(Target { scope: scope_of(path, root), what: what(path.to_owned()) });
    }

    fn fail(&mut self, scope: &str, message: &dyn Display) {
        self.failures.push(Remark { scope: scope.to_owned(), message: in_words(message) });
    }
}

/// The path relative to the config file's folder, with `/` on every system; whole where it lies elsewhere. Paths come
/// from the config or from a pattern, which leaves out names that are not UTF-8, so nothing is lost here.
fn scope_of(path: &Path, root: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { relative.into_owned() } else { relative.replace('\\', "/") }
}

#[cfg(test)]
mod tests {
    use std::fs::{File, create_dir};

    use super::*;

    fn scopes(expanded: &Expanded) -> Vec<&str> {
        expanded.targets.iter().map(|target| target.scope.as_str()).collect()
    }

    fn pattern(root: &Path, pattern: &str) -> String {
        root.join(pattern).to_str().unwrap().to_owned()
    }

    #[test]
    fn a_pattern_gives_its_files_in_order_by_their_path_from_the_config() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        create_dir(root.join("in")).unwrap();
        create_dir(root.join("in/d.xml")).unwrap();
        for name in ["in/b.xml", "in/a.xml", "in/c.txt"] {
            File::create(root.join(name)).unwrap();
        }
        let expanded = files(&[pattern(root, "in/*.xml")], root);
        assert_eq!(scopes(&expanded), ["in/a.xml", "in/b.xml"]);
        assert_eq!(expanded.failures, []);
    }

    #[test]
    fn a_pattern_without_a_match_and_a_file_that_is_not_there_are_failures() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for (name, hint) in
            [("*.xml", "no file matches"), ("a.xml", "no such file"), ("a[.xml", "not understood")]
        {
            let expanded = files(&[pattern(root, name)], root);
            assert!(expanded.targets.is_empty());
            assert_eq!(expanded.failures[0].scope, name);
            assert!(expanded.failures[0].message.contains(hint), "{:?}", expanded.failures);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_utf_8_does_not_hinder_the_others() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in [&b"\xff.xml"[..], b"a.xml"] {
            File::create(root.join(std::ffi::OsStr::from_bytes(name))).unwrap();
        }
        assert_eq!(scopes(&files(&[pattern(root, "*.xml")], root)), ["a.xml"]);
    }

    #[test]
    fn picked_articles_are_a_document_each_named_by_url_without_password_or_path() {
        let pick = |place| PickedArticle { place, title: None, note: None, tags: Vec::new() };
        let picks = [
            pick(Place::Url(Url::parse("https://me:pw@example.org/a").unwrap())),
            pick(Place::File(PathBuf::from("/news/in/a.txt"))),
            pick(Place::File(PathBuf::from("/else/b.txt"))),
        ];
        let expanded = articles(&picks, Path::new("/news"));
        assert_eq!(scopes(&expanded), ["https://example.org/a", "in/a.txt", "/else/b.txt"]);
    }
}
