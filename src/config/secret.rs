//! Secrets by reference: the config names where a secret is, never the secret.

use std::fmt;
use std::io::{self, Read as _};
use std::path::PathBuf;

use schemars::{JsonSchema, Schema};
use serde::Deserialize;

use super::shapes::{Placed, ShortForm};

/// Where a secret is kept. Printing it prints the reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secret {
    /// An environment variable.
    Env(String),
    /// A file; its text without the last line end.
    File(PathBuf),
}

/// Why a secret could not be had. Never holds the secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The variable is not set, or is not Unicode.
    #[error("the environment variable {name}, which holds a secret, {fault}")]
    Env {
        /// The variable.
        name: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// The file cannot be read.
    #[error("the secret file {path} cannot be read: {cause}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// There is nothing in it.
    #[error("{place} holds an empty secret")]
    Empty {
        /// Which variable or file.
        place: String,
    },
}

/// Bytes of a secret file: a token or a key, not a disk.
const MAX_BYTES: u64 = 64 * 1024;

impl Secret {
    /// Reads the secret, without its last line end.
    ///
    /// # Errors
    /// [`SecretError`] where it is not there, not text, or empty.
    pub fn resolve(&self) -> Result<String, SecretError> {
        let found = match self {
            Self::Env(name) => from_env(name)?,
            Self::File(path) => from_file(path)
                .map_err(|cause| SecretError::File { path: path.display().to_string(), cause })?,
        };
        let line = found.strip_suffix('\n').unwrap_or(&found);
        let secret = line.strip_suffix('\r').unwrap_or(line);
        if secret.is_empty() {
            return Err(SecretError::Empty { place: self.to_string() });
        }
        Ok(secret.to_owned())
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "the environment variable {name}"),
            Self::File(path) => write!(f, "the file {}", path.display()),
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "the one place that reads the environment for a secret")]
fn from_env(name: &str) -> Result<String, SecretError> {
    std::env::var(name).map_err(|error| SecretError::Env {
        name: name.to_owned(),
        fault: match error {
            std::env::VarError::NotPresent => "is not set",
            std::env::VarError::NotUnicode(_) => "is not Unicode text",
        },
    })
}

fn from_file(path: &PathBuf) -> io::Result<String> {
    let mut text = String::new();
    std::fs::File::open(path)?.take(MAX_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MAX_BYTES {
        return Err(io::Error::other(format!("it is larger than {} KiB", MAX_BYTES >> 10)));
    }
    Ok(text)
}

/// A secret as written: a table with exactly one key. A string is read too, to be refused with its place.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Secret", extend("oneOf" = [{ "required": ["env"] }, { "required": ["file"] }]))]
pub(super) struct WrittenSecret {
    /// The environment variable that holds the secret.
    pub(super) env: Option<Placed<String>>,
    /// The file that holds the secret, relative to this one.
    pub(super) file: Option<Placed<String>>,
}

impl ShortForm for WrittenSecret {
    const EXPECTING: &'static str = "{ env = \"NAME\" } or { file = \"path\" }";

    fn short_schema() -> Option<Schema> {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_secret_file_loses_its_last_line_end_only() {
        for (text, secret) in [("s3cret\n", "s3cret"), ("s3cret\r\n", "s3cret"), ("a b \n\n", "a b \n")] {
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(text.as_bytes()).unwrap();
            assert_eq!(Secret::File(file.path().to_owned()).resolve().unwrap(), secret, "{text:?}");
        }
    }

    #[test]
    fn a_secret_that_is_not_there_is_named_by_its_place() {
        let error = Secret::Env("FEEDMILL_TEST_NO_SUCH_VARIABLE".into()).resolve().unwrap_err();
        assert!(error.to_string().contains("FEEDMILL_TEST_NO_SUCH_VARIABLE"), "{error}");
        let error = Secret::File("no/such/secret".into()).resolve().unwrap_err();
        assert!(error.to_string().contains("no/such/secret"), "{error}");
        let empty = tempfile::NamedTempFile::new().unwrap();
        assert!(matches!(Secret::File(empty.path().to_owned()).resolve(), Err(SecretError::Empty { .. })));
    }

    #[test]
    fn an_environment_variable_is_a_secret_place() {
        // Set for every test run by cargo; no test may set variables, since tests run in parallel.
        assert_eq!(Secret::Env("CARGO_PKG_NAME".into()).resolve().unwrap(), "feedmill");
    }
}
