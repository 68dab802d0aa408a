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
