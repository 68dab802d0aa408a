//! The parts of an exchange that each have a time limit.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};
use url::Url;

use super::FetchError;
use super::error::printable;

/// What took too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Making the connection.
    Connect,
    /// The head of the answer.
    Head,
    /// The next piece of the body.
    Idle,
    /// All of it, redirects included.
    Whole,
}

impl Wait {
    pub(super) fn lacking(self) -> &'static str {
        match self {
            Self::Connect => "no connection",
            Self::Head => "no answer",
            Self::Idle => "the body stopped coming, nothing more",
            Self::Whole => "no whole answer",
        }
    }

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Connect => "connect_timeout",
            Self::Head => "header_timeout",
            Self::Idle => "idle_timeout",
            Self::Whole => "timeout",
        }
    }
}

/// When a hop must have ended, whatever part of it takes too long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline {
    /// `None` when that is beyond all clocks.
    at: Option<Instant>,
    /// The limit of the whole exchange, of which this hop has what is left.
    whole: Duration,
}

impl Deadline {
    /// From now on there is so much left of `whole`.
    pub(super) fn after(left: Duration, whole: Duration) -> Self {
        Self { at: Instant::now().checked_add(left), whole }
    }

    /// What is left of it.
    pub(super) fn left(&self) -> Duration {
        self.at.map_or(self.whole, |at| at.saturating_duration_since(Instant::now()))
    }

    /// What a part of the hop gives, within its own limit and that of the whole: one timer for both. `url` is for the message.
    ///
    /// # Errors
    /// [`FetchError::Timeout`].
    pub(super) async fn bound<T>(
        &self,
        part: impl Future<Output = T>,
        (wait, limit): (Wait, Duration),
        url: &Url,
    ) -> Result<T, FetchError> {
        let own = Instant::now().checked_add(limit).map(|at| (at, limit, wait));
        let whole = self.at.map(|at| (at, self.whole, Wait::Whole));
        let Some((at, after, wait)) = own.into_iter().chain(whole).min_by_key(|(at, ..)| *at) else {
            return Ok(part.await);
        };
        timeout_at(at, part).await.map_err(|_| FetchError::Timeout { url: printable(url), after, wait })
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    #[tokio::test]
    async fn the_sooner_limit_counts_and_is_named() {
        let (soon, late, url) =
            (Duration::from_millis(5), Duration::from_secs(600), Url::parse("https://example.org/").unwrap());
        for (left, own, expected) in [
            (soon, late, (late, Wait::Whole)),
            (late, soon, (soon, Wait::Head)),
            (Duration::MAX, soon, (soon, Wait::Head)),
            (soon, Duration::MAX, (late, Wait::Whole)),
        ] {
            let deadline = Deadline::after(left, late);
            let error = deadline.bound(pending::<()>(), (Wait::Head, own), &url).await.unwrap_err();
            let (after, wait) = expected;
            assert_eq!(error, FetchError::Timeout { url: url.to_string(), after, wait });
        }
        let forever = Deadline::after(Duration::MAX, Duration::MAX);
        assert_eq!(forever.bound(ready(1), (Wait::Idle, Duration::MAX), &url).await, Ok(1));
        assert_eq!(forever.left(), Duration::MAX);
    }
}
