//! One run at a time: a lock beside the store, so that two crons do not overlap.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// The lock; released when dropped, and by the system when the program dies.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// What a person can do about a lock that cannot be made.
const HINT: &str = "the folder of the store must be writable for whoever runs Feedmill";

/// Takes the lock of a store, or says who has it.
pub(super) fn take(store: &Path) -> anyhow::Result<Lock> {
    let path = lock_path(store);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}; {HINT}", folder.display()))?;
    }
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .with_context(|| format!("cannot open the lock {}; {HINT}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock { _file: file }),
        Err(TryLockError::WouldBlock) => bail!(
            "another Feedmill is at work on {} (it holds {}); this one did nothing",
            store.display(),
            path.display()
        ),
        Err(TryLockError::Error(cause)) => {
            Err(cause).with_context(|| format!("cannot lock {}", path.display()))
        }
    }
}

fn lock_path(store: &Path) -> PathBuf {
    let mut name = store.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    store.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_is_refused_until_the_first_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("state/feedmill.db");
        let first = take(&store).unwrap();
        assert!(take(&store).unwrap_err().to_string().contains("another Feedmill is at work"));
        drop(first);
        take(&store).unwrap();
    }
}
