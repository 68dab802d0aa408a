//! A folder on this machine.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use super::{TargetError, Written};

/// Starts the names of unfinished files: web hosts do not serve what starts with a dot.
const UNFINISHED: &str = ".feedmill-";

/// A folder that documents are written to: temp file, fsync, rename, fsync of the folder.
#[derive(Debug, Clone)]
pub struct FileTarget {
    folder: PathBuf,
}

impl FileTarget {
    /// Writes into this folder, which is made when it is not there.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Puts a document at `name` (relative, `/` between folders), if its bytes differ from what is there.
    ///
    /// # Errors
    /// [`TargetError`] when the file cannot be read or written; what was there before is whole then.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<Written, TargetError> {
        let written = self.compare(name, bytes)?;
        if written != Written::Unchanged {
            write_atomically(&self.place(name)?, bytes)?;
        }
        Ok(written)
    }

    /// What [`FileTarget::put`] would do, without doing it.
    ///
    /// # Errors
    /// [`TargetError`] when the file cannot be read.
    pub fn compare(&self, name: &str, bytes: &[u8]) -> Result<Written, TargetError> {
        let path = self.place(name)?;
        match holds(&path, bytes) {
            Ok(true) => Ok(Written::Unchanged),
            Ok(false) => Ok(Written::Changed),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(Written::New),
            Err(cause) => Err(fault("read", &path, cause)),
        }
    }

    /// The digest of a document as it stands in the folder; `None` where it cannot be read.
    #[must_use]
    pub fn digest(&self, name: &str) -> Option<blake3::Hash> {
        Some(blake3::hash(&fs::read(self.place(name).ok()?).ok()?))
    }

    /// The names of the files in the folder itself, in order; none if it cannot be listed.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let mut names: Vec<String> =
            entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    /// Removes what runs that were killed left unfinished in the folder; how many files that were. Only for the one run
    /// that holds the lock: it would take the file from under another's hands.
    ///
    /// # Errors
    /// [`TargetError`] when the folder cannot be listed or a file not removed; a folder that is not there is clean.
    pub fn sweep(&self) -> Result<usize, TargetError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(0),
            Err(cause) => return Err(fault("list", &self.folder, cause)),
        };
        let mut removed = 0;
        for entry in entries {
            let entry = entry.map_err(|cause| fault("list", &self.folder, cause))?;
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                fs::remove_file(entry.path()).map_err(|cause| fault("remove", &entry.path(), cause))?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// The path of a document, if the name does not lead out of the folder.
    fn place(&self, name: &str) -> Result<PathBuf, TargetError> {
        let relative = Path::new(name);
        let inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
        if name.is_empty() || !inside || name.contains(['\\', '\0']) {
            let cause =
                io::Error::new(io::ErrorKind::InvalidInput, "the name leads out of the output folder");
            return Err(fault("write", relative, cause));
        }
        Ok(self.folder.join(relative))
    }
}

/// Whether a file has exactly these bytes. Reads it only if it is as long.
fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    Ok(fs::metadata(path)?.len() == bytes.len() as u64 && fs::read(path)? == bytes)
}

/// Writes a file so that there is at every moment either the old one or the new one, whole: temp file in the same
/// folder (made if it is not there), fsync, rename, fsync of the folder. The permissions of a file that is replaced stay;
/// a new one is readable for all that the umask allows, as a web server must read it. A symbolic link stays, what it points
/// to is replaced.
///
/// # Errors
/// [`TargetError`] with the step that failed; the old file is whole then.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), TargetError> {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|cause| fault("make the folder of", path, cause))?;
    let replace = || -> io::Result<()> {
        let mut unfinished = unfinished(folder)?;
        unfinished.write_all(bytes)?;
        if let Ok(old) = fs::metadata(path) {
            unfinished.as_file().set_permissions(old.permissions())?;
        }
        unfinished.as_file().sync_all()?;
        unfinished.persist(path).map_err(|failed| failed.error)?;
        sync_folder(folder)
    };
    replace().map_err(|cause| fault("write", path, cause))
}

fn unfinished(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED).suffix(".tmp");
    if let Some(permissions) = new_file_permissions() {
        builder.permissions(permissions);
    }
    builder.tempfile_in(folder)
}

/// What a new file is made with, less what the umask forbids (tempfile alone makes files that only the owner can read).
#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "there is nothing to say on other systems")]
fn new_file_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn new_file_permissions() -> Option<Permissions> {
    None
}

/// Makes the rename itself survive a power cut.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

fn fault(action: &'static str, path: &Path, cause: io::Error) -> TargetError {
    TargetError { action, path: path.display().to_string(), cause }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    fn target() -> (tempfile::TempDir, FileTarget) {
        let home = tempfile::tempdir().unwrap();
        let target = FileTarget::new(home.path().join("feeds"));
        (home, target)
    }

    fn names(target: &FileTarget) -> Vec<String> {
        let entries = fs::read_dir(&target.folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_document_is_new_then_unchanged_then_changed() {
        let (_home, target) = target();
        for (bytes, expected) in
            [(b"one", Written::New), (b"one", Written::Unchanged), (b"two", Written::Changed)]
        {
            assert_eq!(target.compare("news.rss", bytes).unwrap(), expected);
            assert_eq!(target.put("news.rss", bytes).unwrap(), expected);
            assert_eq!(fs::read(target.folder.join("news.rss")).unwrap(), bytes);
        }
        assert_eq!(target.compare("news.rss", b"longer").unwrap(), Written::Changed);
        assert_eq!(names(&target), ["news.rss"], "no temp file is left");
    }

    #[test]
    fn an_unchanged_document_keeps_its_mtime() {
        let (_home, target) = target();
        target.put("news.rss", b"one").unwrap();
        let path = target.folder.join("news.rss");
        let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        File::options().write(true).open(&path).unwrap().set_modified(old).unwrap();
        target.put("news.rss", b"one").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), old);
        target.put("news.rss", b"two").unwrap();
        assert_ne!(fs::metadata(&path).unwrap().modified().unwrap(), old);
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let (_home, target) = target();
        for name in ["", "..", "../x", "a/../x", "/etc/x", "./x", "a\\..\\x", "a\0"] {
            assert!(target.put(name, b"x").is_err(), "{name:?}");
            assert!(target.compare(name, b"x").is_err(), "{name:?}");
        }
        assert_eq!(target.put("2025/05/news.rss", b"x").unwrap(), Written::New);
    }

    #[test]
    fn unfinished_files_of_a_killed_run_are_swept() {
        let (_home, target) = target();
        assert_eq!(target.sweep().unwrap(), 0, "a folder that is not there is clean");
        target.put("news.rss", b"one").unwrap();
        let killed = unfinished(&target.folder).unwrap().keep().unwrap().1;
        assert!(killed.exists());
        assert_eq!(target.sweep().unwrap(), 1);
        assert_eq!(names(&target), ["news.rss"]);
    }

    #[test]
    fn what_cannot_be_written_leaves_what_was_there_and_says_where() {
        let (_home, target) = target();
        target.put("news", b"one").unwrap();
        let error = target.put("news/more", b"two").unwrap_err().to_string();
        assert!(error.contains("news"), "{error}");
        fs::create_dir(target.folder.join("folder")).unwrap();
        assert!(target.put("folder", b"two").is_err());
        assert_eq!(fs::read(target.folder.join("news")).unwrap(), b"one");
        assert_eq!(target.sweep().unwrap(), 0, "no temp file is left");
    }

    #[cfg(unix)]
    #[test]
    fn a_web_server_can_read_what_is_published_and_a_replaced_file_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let (_home, target) = target();
        let mode = |name: &str| fs::metadata(target.folder.join(name)).unwrap().permissions().mode() & 0o777;
        target.put("news.rss", b"one").unwrap();
        let plain = target.folder.join("plain");
        File::create(&plain).unwrap();
        assert_eq!(mode("news.rss"), mode("plain") & 0o644, "as the umask allows");
        fs::set_permissions(&plain, Permissions::from_mode(0o600)).unwrap();
        target.put("plain", b"two").unwrap();
        assert_eq!(mode("plain"), 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_stays_and_its_file_is_replaced() {
        let (_home, target) = target();
        target.put("real", b"one").unwrap();
        let link = target.folder.join("link");
        std::os::unix::fs::symlink("real", &link).unwrap();
        write_atomically(&link, b"two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(target.folder.join("real")).unwrap(), b"two");
    }
}
