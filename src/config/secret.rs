//! Secrets by reference: the config names where a secret is, never the secret.

use std::path::PathBuf;

/// Where a secret is kept. Printing it prints the reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secret {
    /// An environment variable.
    Env(String),
    /// A file; its text without the last line end.
    File(PathBuf),
}

/// Why a secret cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// No such variable, or not UTF-8.
    #[error("the environment variable {0} is not set")]
    Env(String),
    /// The file cannot be read.
    #[error("the secret file {} cannot be read: {cause}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        cause: String,
    },
}

impl Secret {
    /// Reads the secret.
    ///
    /// # Errors
    /// [`SecretError`] when it is not where the reference points.
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn resolve(&self) -> Result<String, SecretError> {
        match self {
            Self::Env(name) => std::env::var(name).map_err(|_| SecretError::Env(name.clone())),
            Self::File(path) => std::fs::read_to_string(path)
                .map(|text| text.trim_end_matches(['\r', '\n']).to_owned())
                .map_err(|cause| SecretError::File { path: path.clone(), cause: cause.to_string() }),
        }
    }
}
