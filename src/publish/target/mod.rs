//! Where documents are put. One file a target.

mod file;

use std::io::ErrorKind;

pub use file::{FileTarget, write_atomically};

/// What putting a document did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It was not there before.
    New,
    /// It was there with other bytes.
    Changed,
    /// It was there with the same bytes, and was not touched.
    Unchanged,
}

/// Why a document could not be put.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {path}: {cause}{hint}", hint = hint(.cause))]
pub struct TargetError {
    /// "write", "read", "make the folder of" ...
    pub action: &'static str,
    /// The file.
    pub path: String,
    /// What the system said.
    #[source]
    pub cause: std::io::Error,
}

/// What a person can do about it. What was there before is whole in any case.
fn hint(cause: &std::io::Error) -> &'static str {
    match cause.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "; make room and run again, the old document stays until then"
        }
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => {
            "; the output folder must be writable for whoever runs Feedmill"
        }
        _ => "",
    }
}
