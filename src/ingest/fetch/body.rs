//! A body as a stream, cut off at the limit. Counted after decompression: what is small on the wire may be endless here.

use reqwest::Response;
use reqwest::header::CONTENT_ENCODING;
use url::Url;

use super::FetchError;
use super::error::printable;

/// No more is set aside in advance on a server's word.
const FORETOLD: u64 = 256 * 1024;

/// Reads a body of at most `limit` bytes. `url` is for the message.
///
/// # Errors
/// [`FetchError::TooLarge`] and [`FetchError::Body`].
pub(super) async fn read(mut response: Response, url: &Url, limit: u64) -> Result<Vec<u8>, FetchError> {
    let too_large = || FetchError::TooLarge { url: printable(url), limit };
    // What we understand was unpacked, and its header taken away.
    if let Some(coding) = response.headers().get(CONTENT_ENCODING).filter(|coding| *coding != "identity") {
        let cause = format!("it is packed as {coding:?}, which we did not ask for");
        return Err(FetchError::Body { url: printable(url), cause });
    }
    // Absent where the body is compressed: reqwest drops a length that is not the body's.
    let told = response.content_length().unwrap_or(0);
    if told > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(told.min(FORETOLD)).unwrap_or(0));
    while let Some(chunk) = response.chunk().await.map_err(|error| FetchError::of_body(url, &error))? {
        if (bytes.len() + chunk.len()) as u64 > limit {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
