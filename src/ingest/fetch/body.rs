//! A body, within its limits: as it is sent, and as it is unpacked.

use std::borrow::Cow;
use std::io;

use reqwest::Response;
use reqwest::header::CONTENT_ENCODING;
use url::Url;

use crate::config::Limits;

use super::FetchError;
use super::error::printable;
use super::unpack::{Coding, Overflow, Room, unpack};
use super::wait::{Deadline, Wait};

/// No more is set aside in advance on a server's word.
const FORETOLD: u64 = 256 * 1024;

/// What a body may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caps<'a> {
    /// Bytes when unpacked.
    pub(super) max_size: u64,
    pub(super) limits: &'a Limits,
    /// When all of it must be there.
    pub(super) deadline: Deadline,
}

/// A body as it was sent: whole, and packed still. It is unpacked where its document is read, and only if it is.
#[derive(Debug, Clone)]
pub struct Packed {
    sent: Vec<u8>,
    coding: Coding,
    room: Room,
}

impl Packed {
    /// The bytes as sent.
    #[must_use]
    pub fn sent(&self) -> &[u8] {
        &self.sent
    }

    /// How they are packed; `None`: they are the document.
    #[must_use]
    pub fn coding(&self) -> Option<&'static str> {
        self.coding.name()
    }

    /// The document. `url` is for the message.
    ///
    /// # Errors
    /// [`FetchError::TooLarge`], [`FetchError::Bomb`] and [`FetchError::Body`].
    pub(super) fn unpack(&self, url: &Url) -> Result<Cow<'_, [u8]>, FetchError> {
        unpack(self.coding, &self.sent, self.room).map_err(|error| broken(url, &error, self.room))
    }
}

/// Reads a body within its caps. `url` is for the message.
///
/// # Errors
/// [`FetchError::TooLarge`], [`FetchError::TooMuch`], [`FetchError::Timeout`] between two pieces, and
/// [`FetchError::Body`].
pub(super) async fn read(mut response: Response, url: &Url, caps: Caps<'_>) -> Result<Packed, FetchError> {
    let coding = coding(&response, url)?;
    let told = response.content_length().unwrap_or(0);
    fits(told, coding, (url, caps))?;
    let mut sent = Vec::with_capacity(usize::try_from(told.min(FORETOLD)).unwrap_or(0));
    while let Some(chunk) = next(&mut response, url, caps).await? {
        fits((sent.len() + chunk.len()) as u64, coding, (url, caps))?;
        sent.extend_from_slice(&chunk);
    }
    let room = Room { size: caps.max_size, ratio: caps.limits.max_ratio };
    Ok(Packed { sent, coding, room })
}

/// Whether so many bytes may be sent.
fn fits(sent: u64, coding: Coding, (url, caps): (&Url, Caps<'_>)) -> Result<(), FetchError> {
    if sent > caps.limits.max_download {
        return Err(FetchError::TooMuch { url: printable(url), limit: caps.limits.max_download });
    }
    if coding == Coding::Plain && sent > caps.max_size {
        return Err(FetchError::TooLarge { url: printable(url), limit: caps.max_size });
    }
    Ok(())
}

async fn next(
    response: &mut Response,
    url: &Url,
    caps: Caps<'_>,
) -> Result<Option<impl AsRef<[u8]> + std::ops::Deref<Target = [u8]> + use<>>, FetchError> {
    let idle = (Wait::Idle, caps.limits.idle_timeout);
    let chunk = caps.deadline.bound(response.chunk(), idle, url).await?;
    chunk.map_err(|error| FetchError::of_body(url, &error))
}

/// How the body is packed. One coding: who packs twice means to.
fn coding(response: &Response, url: &Url) -> Result<Coding, FetchError> {
    let Some(written) = response.headers().get(CONTENT_ENCODING) else { return Ok(Coding::Plain) };
    written.to_str().ok().and_then(Coding::parse).ok_or_else(|| FetchError::Body {
        url: printable(url),
        cause: format!("it is packed as {written:?}, which we did not ask for"),
    })
}

/// What an unpacker's error means.
fn broken(url: &Url, error: &io::Error, room: Room) -> FetchError {
    let url = printable(url);
    match error.get_ref().and_then(|inner| inner.downcast_ref()) {
        Some(Overflow::Size) => FetchError::TooLarge { url, limit: room.size },
        Some(Overflow::Ratio) => FetchError::Bomb { url, ratio: room.ratio },
        None => FetchError::Body { url, cause: error.to_string() },
    }
}
