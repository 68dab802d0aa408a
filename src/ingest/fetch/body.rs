//! A body as a stream, cut off at its limits: as sent, and as unpacked.

use std::io;

use reqwest::Response;
use reqwest::header::CONTENT_ENCODING;
use url::Url;

use crate::config::Limits;

use super::FetchError;
use super::error::printable;
use super::unpack::{Coding, Overflow, Room, Unpacker};
use super::wait::Wait;

/// No more is set aside in advance on a server's word.
const FORETOLD: u64 = 256 * 1024;

/// What a body may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caps<'a> {
    /// Bytes when unpacked.
    pub(super) max_size: u64,
    pub(super) limits: &'a Limits,
}

/// A body, unpacked.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) bytes: Vec<u8>,
    /// Bytes as sent.
    pub(super) received: u64,
}

/// Reads a body within its caps. `url` is for the message.
///
/// # Errors
/// [`FetchError::TooLarge`], [`FetchError::TooMuch`], [`FetchError::Bomb`], [`FetchError::Timeout`] between two pieces,
/// and [`FetchError::Body`].
pub(super) async fn read(mut response: Response, url: &Url, caps: Caps<'_>) -> Result<Body, FetchError> {
    let coding = coding(&response, url)?;
    let told = response.content_length().unwrap_or(0);
    if told > caps.limits.max_download {
        return Err(too_much(url, caps));
    }
    if coding == Coding::Plain && told > caps.max_size {
        return Err(FetchError::TooLarge { url: printable(url), limit: caps.max_size });
    }
    let room = Room { size: caps.max_size, ratio: caps.limits.max_ratio };
    let ahead = usize::try_from(told.min(FORETOLD)).unwrap_or(0);
    let fault = |error: io::Error| broken(url, &error, caps);
    let (mut received, mut unpacker) = (0, None);
    while let Some(chunk) = next(&mut response, url, caps).await? {
        received += chunk.len() as u64;
        if received > caps.limits.max_download {
            return Err(too_much(url, caps));
        }
        let unpacker = match &mut unpacker {
            Some(unpacker) => unpacker,
            none => none.insert(Unpacker::new(coding, &chunk, (room, ahead)).map_err(fault)?),
        };
        unpacker.push(&chunk).map_err(fault)?;
    }
    let bytes = unpacker.map_or_else(|| Ok(Vec::new()), Unpacker::finish).map_err(fault)?;
    Ok(Body { bytes, received })
}

async fn next(
    response: &mut Response,
    url: &Url,
    caps: Caps<'_>,
) -> Result<Option<impl AsRef<[u8]> + std::ops::Deref<Target = [u8]> + use<>>, FetchError> {
    let after = caps.limits.idle_timeout;
    match tokio::time::timeout(after, response.chunk()).await {
        Ok(chunk) => chunk.map_err(|error| FetchError::of_body(url, &error)),
        Err(_) => Err(FetchError::Timeout { url: printable(url), after, wait: Wait::Idle }),
    }
}

/// How the body is packed. One coding: who packs twice means to.
fn coding(response: &Response, url: &Url) -> Result<Coding, FetchError> {
    let Some(written) = response.headers().get(CONTENT_ENCODING) else { return Ok(Coding::Plain) };
    written.to_str().ok().and_then(Coding::parse).ok_or_else(|| FetchError::Body {
        url: printable(url),
        cause: format!("it is packed as {written:?}, which we did not ask for"),
    })
}

fn too_much(url: &Url, caps: Caps<'_>) -> FetchError {
    FetchError::TooMuch { url: printable(url), limit: caps.limits.max_download }
}

/// What an unpacker's error means.
fn broken(url: &Url, error: &io::Error, caps: Caps<'_>) -> FetchError {
    let url = printable(url);
    match error.get_ref().and_then(|inner| inner.downcast_ref()) {
        Some(Overflow::Size) => FetchError::TooLarge { url, limit: caps.max_size },
        Some(Overflow::Ratio) => FetchError::Bomb { url, ratio: caps.limits.max_ratio },
        None => FetchError::Body { url, cause: error.to_string() },
    }
}
