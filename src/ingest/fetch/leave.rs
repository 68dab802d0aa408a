//! Who is asked before each request of an exchange, redirects included.

use url::Url;

use super::FetchError;

/// Says whether a request may go out, and may make it wait.
pub(crate) trait Leave: Sync {
    /// Asks for a request to `url`.
    ///
    /// # Errors
    /// Why it may not go out.
    fn ask(&self, url: &Url) -> impl Future<Output = Result<(), FetchError>> + Send;
}

/// Every request may.
pub(crate) struct Always;

impl Leave for Always {
    async fn ask(&self, _: &Url) -> Result<(), FetchError> {
        Ok(())
    }
}
