//! Documents on disk: reading a file within limits, and finding the article files of a folder.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::ingest::clean::document::is_article_file;

/// Levels of folders below a folder of articles.
const DEEPEST: usize = 4;
/// Article files in one folder, all levels together.
const MOST_FILES: usize = 10_000;

/// Why a file or folder could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum FileError {
    /// It is not there.
    #[error("{} is not there; paths are relative to the config file", .0.display())]
    Missing(PathBuf),
    /// A folder, where a file is wanted.
    #[error("{} is a folder; `documents` reads a folder of articles, a pattern such as \"{}/*.xml\" the files in it", .0.display(), .0.display())]
    Folder(PathBuf),
    /// A file, where a folder is wanted.
    #[error("{} is not a folder; `documents` wants one, `files` and `articles` take single files", .0.display())]
    NotAFolder(PathBuf),
    /// A device, a pipe or the like, which may never end.
    #[error("{} is not a regular file", .0.display())]
    Special(PathBuf),
    /// Larger than allowed.
    #[error("{} is larger than {}; `fetch.max_size` sets the limit", .path.display(), bytesize::ByteSize(*.limit))]
    TooLarge {
        /// Which.
        path: PathBuf,
        /// Bytes.
        limit: u64,
    },
    /// The name is no text, so the article could not be called by it.
    #[error("{}: the name is not UTF-8; rename it", .0.display())]
    Name(PathBuf),
    /// Too many files.
    #[error("{}: more than {MOST_FILES} article files, the rest is not read; make more folders of it", .0.display())]
    TooMany(PathBuf),
    /// The system refuses.
    #[error("{} cannot be read: {cause}", .path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system says.
        cause: String,
    },
}

impl FileError {
    fn of(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing(path.to_owned()),
            _ => Self::Unreadable { path: path.to_owned(), cause: error.to_string() },
        }
    }
}

/// A file, read.
#[derive(Debug)]
pub(super) struct Contents {
    pub(super) bytes: Vec<u8>,
    pub(super) modified: Option<DateTime<Utc>>,
}

/// Reads a regular file of at most `limit` bytes.
///
/// # Errors
/// [`FileError`]; the size is checked as it is read, since a file may grow.
pub(super) fn read(path: &Path, limit: u64) -> Result<Contents, FileError> {
    let fault = |error: io::Error| FileError::of(path, &error);
    // Before opening: opening a pipe waits for somebody to write to it.
    let kind = fs::metadata(path).map_err(fault)?;
    if kind.is_dir() {
        return Err(FileError::Folder(path.to_owned()));
    }
    if !kind.is_file() {
        return Err(FileError::Special(path.to_owned()));
    }
    let too_large = || FileError::TooLarge { path: path.to_owned(), limit };
    if kind.len() > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(kind.len()).unwrap_or(0));
    let file = File::open(path).map_err(fault)?;
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(fault)?;
    if bytes.len() as u64 > limit {
        return Err(too_large());
    }
    Ok(Contents { bytes, modified: kind.modified().ok().map(DateTime::from) })
}

/// The article files of a folder.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Name relative to the folder with `/`, and path; sorted by name.
    pub(super) files: Vec<(String, PathBuf)>,
    /// What could not be looked at.
    pub(super) problems: Vec<FileError>,
}

/// Lists the article files of a folder and of the folders in it, some levels down. Hidden files and folders are left
/// out, and so are links to folders, which may lead in circles.
///
/// # Errors
/// [`FileError`] when the folder itself cannot be read.
pub(super) fn list(folder: &Path) -> Result<Listing, FileError> {
    let kind = fs::metadata(folder).map_err(|error| FileError::of(folder, &error))?;
    if !kind.is_dir() {
        return Err(FileError::NotAFolder(folder.to_owned()));
    }
    let mut listing = Listing::default();
    listing.add_folder(folder, "", DEEPEST)?;
    listing.files.sort();
    if listing.files.len() > MOST_FILES {
        listing.files.truncate(MOST_FILES);
        listing.problems.push(FileError::TooMany(folder.to_owned()));
    }
    Ok(listing)
}

impl Listing {
    fn add_folder(&mut self, folder: &Path, prefix: &str, levels: usize) -> Result<(), FileError> {
        let fault = |error: io::Error| FileError::of(folder, &error);
        for entry in fs::read_dir(folder).map_err(fault)? {
            if self.files.len() > MOST_FILES {
                break;
            }
            let path = entry.map_err(fault)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if !name.starts_with('.') {
                let name = format!("{prefix}{name}");
                self.add(name, path, levels);
            }
        }
        Ok(())
    }

    fn add(&mut self, name: String, path: PathBuf, levels: usize) {
        let is_real_folder = fs::symlink_metadata(&path).is_ok_and(|kind| kind.is_dir());
        if is_real_folder {
            if levels > 0
                && let Err(problem) = self.add_folder(&path, &format!("{name}/"), levels - 1)
            {
                self.problems.push(problem);
            }
        } else if is_article_file(&name) && !path.is_dir() {
            match path.to_str() {
                Some(_) => self.files.push((name, path)),
                None => self.problems.push(FileError::Name(path)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_the_limit_and_not_beyond() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xml");
        let mut file = File::create(&path).unwrap();
        io::Write::write_all(&mut file, b"12345").unwrap();
        assert_eq!(read(&path, 5).unwrap().bytes, b"12345");
        assert!(read(&path, 5).unwrap().modified.is_some());
        assert_eq!(read(&path, 4).unwrap_err(), FileError::TooLarge { path, limit: 4 });
    }

    #[test]
    fn what_is_no_file_is_said_so() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("gone.xml");
        assert_eq!(read(&missing, 9).unwrap_err(), FileError::Missing(missing.clone()));
        assert_eq!(list(&missing).unwrap_err(), FileError::Missing(missing));
        assert_eq!(read(folder.path(), 9).unwrap_err(), FileError::Folder(folder.path().to_owned()));
        let file = folder.path().join("a.txt");
        File::create(&file).unwrap();
        assert_eq!(list(&file).unwrap_err(), FileError::NotAFolder(file));
        #[cfg(unix)]
        assert_eq!(read(Path::new("/dev/zero"), 9).unwrap_err(), FileError::Special("/dev/zero".into()));
    }
}
