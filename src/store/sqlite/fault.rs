//! What can go wrong inside, before it is told with path and action.

use rusqlite::ErrorCode;

use crate::store::StoreError;

#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error("its folder cannot be made: {0}")]
    Folder(std::io::Error),
    #[error("there is a folder of that name in its place; move it away, or point `store` at another file")]
    IsFolder,
    #[error("{0}{hint}", hint = hint(.0))]
    Sql(#[from] rusqlite::Error),
    #[error("it is a database of another program")]
    Foreign,
    #[error("schema {found} is newer than {known}")]
    Newer { found: u32, known: u32 },
    #[error("{what} of {value} makes no sense")]
    Value { what: &'static str, value: String },
    #[error("{what} is not readable: {cause}")]
    Json { what: &'static str, cause: serde_json::Error },
    #[error("words cannot be packed: {0}")]
    Packing(std::io::Error),
    #[error("article {0} is not as it was when this change to it was decided")]
    Stale(crate::model::ArticleId),
    #[error("a key of document {0} is another article's already")]
    Taken(i64),
    #[error("there is no thread for it: {0}")]
    Thread(std::io::Error),
    #[error("it crashed, by a mistake in Feedmill's own code")]
    Crashed,
}

/// What a person can do about it.
fn hint(error: &rusqlite::Error) -> &'static str {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => {
            "; make room and run again: what was stored is whole, and nothing is lost"
        }
        Some(ErrorCode::SystemIoFailure) => {
            "; is the disk full, or failing? What was stored is whole: see to it and run again"
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            "; file and folder must be writable for whoever runs Feedmill"
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "; another program has it open for writing: run again when it is done"
        }
        _ => "",
    }
}

impl Fault {
    /// As told when the store cannot be opened.
    pub(super) fn on_opening(self, path: String) -> StoreError {
        match self {
            Self::Newer { found, known } => StoreError::Newer { path, found, known },
            fault if fault.is_damage() => StoreError::Damaged { path, cause: fault.to_string() },
            fault => StoreError::Open { path, cause: fault.to_string() },
        }
    }

    /// As told when an operation of the contract fails.
    pub(super) fn in_action(self, path: &str, action: &'static str) -> StoreError {
        let (path, cause) = (path.to_owned(), self.to_string());
        if self.is_damage() {
            StoreError::Damaged { path, cause }
        } else {
            StoreError::Failed { path, action, cause }
        }
    }

    /// Whether another process has the file just now.
    pub(super) fn is_busy(&self) -> bool {
        matches!(self, Self::Sql(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy))
    }

    /// Whether a change does not fit what is stored: a row or key that it takes for free, or for its own, is not.
    pub(super) fn is_misfit(&self) -> bool {
        match self {
            Self::Stale(_) | Self::Taken(_) => true,
            Self::Sql(error) => error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation),
            _ => false,
        }
    }

    /// Whether the file is at fault, rather than the machine or the moment.
    fn is_damage(&self) -> bool {
        match self {
            Self::Foreign | Self::Value { .. } | Self::Json { .. } => true,
            Self::Sql(error) => matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)
            ),
            Self::Folder(_)
            | Self::IsFolder
            | Self::Newer { .. }
            | Self::Packing(_)
            | Self::Stale(_)
            | Self::Taken(_)
            | Self::Thread(_)
            | Self::Crashed => false,
        }
    }
}
