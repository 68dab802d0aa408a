//! What one exchange and one document may take, at most.

use std::time::Duration;

/// Caps of one exchange and of what a document may hold. Beyond a cap of the exchange it fails; beyond a cap of the
/// document the rest is left out, and said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Until a connection is made, TLS included.
    pub connect_timeout: Duration,
    /// Until the head of the answer is there, counted from the start.
    pub header_timeout: Duration,
    /// Between two pieces of a body.
    pub idle_timeout: Duration,
    /// Headers of an answer.
    pub max_headers: usize,
    /// Bytes of all headers of an answer.
    pub max_header_size: u64,
    /// Bytes of a body as sent, before decompression.
    pub max_download: u64,
    /// How many times its size a body may grow to, beyond the first MiB.
    pub max_ratio: u64,
    /// Entries of a document that are kept.
    pub max_items: usize,
    /// Bytes of a summary or body.
    pub max_text: u64,
    /// Bytes of any other field: a title, an id, a URL, a name.
    pub max_field: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            header_timeout: Duration::from_secs(15),
            idle_timeout: Duration::from_secs(10),
            max_headers: 100,
            max_header_size: 64 << 10,
            max_download: 10 << 20,
            max_ratio: 256,
            max_items: 10_000,
            max_text: 1 << 20,
            max_field: 8 << 10,
        }
    }
}
