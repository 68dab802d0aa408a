//! That somebody asked for an end: a person with Ctrl-C, the system with SIGTERM. What is begun is finished, nothing new
//! is begun; rounds and editions look here before each step.

use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::task::Poll;

use tokio::sync::watch;

/// Who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// SIGINT: a person at a terminal.
    Interrupt,
    /// SIGTERM: the system, or `kill`.
    Terminate,
}

impl Signal {
    /// Its number, as POSIX has it.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Interrupt => 2,
            Self::Terminate => 15,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Interrupt => "SIGINT",
            Self::Terminate => "SIGTERM",
        }
    }
}

/// Whether to stop. Clones hear of the same signal; the default one never does.
#[derive(Debug, Clone, Default)]
pub struct Stop(Option<watch::Receiver<Option<Signal>>>);

impl Stop {
    /// One, and the other end that asks for it.
    #[must_use]
    pub fn new() -> (watch::Sender<Option<Signal>>, Self) {
        let (sender, receiver) = watch::channel(None);
        (sender, Self(Some(receiver)))
    }

    /// Who asked, if anybody did.
    #[must_use]
    pub fn by(&self) -> Option<Signal> {
        self.0.as_ref().and_then(|asked| *asked.borrow())
    }

    /// Whether anybody asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.by().is_some()
    }

    /// Does the work, unless it has not ended when somebody asks for an end: then it is dropped.
    pub async fn or_drop<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let (mut work, mut asked) = (pin!(work), pin!(self.asked()));
        poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending => asked.as_mut().poll(context).map(|()| None),
        })
        .await
    }

    async fn asked(&self) {
        let Some(asked) = &self.0 else { return pending().await };
        if asked.clone().wait_for(Option::is_some).await.is_err() {
            // Nobody is left who could ask.
            pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::ready;

    use super::*;

    #[tokio::test]
    async fn work_goes_on_until_somebody_asks_for_an_end() {
        let (sender, stop) = Stop::new();
        assert!(!stop.is_asked());
        assert_eq!(stop.or_drop(ready(1)).await, Some(1));
        sender.send(Some(Signal::Terminate)).unwrap();
        assert_eq!(stop.by(), Some(Signal::Terminate));
        assert_eq!(stop.or_drop(pending::<()>()).await, None);
        assert_eq!(stop.or_drop(ready(1)).await, Some(1), "what has ended is kept");
    }

    #[tokio::test]
    async fn nobody_who_could_ask_stops_nothing() {
        let (sender, stop) = Stop::new();
        drop(sender);
        for stop in [stop, Stop::default()] {
            let work = async {
                tokio::task::yield_now().await;
                2
            };
            assert_eq!((stop.or_drop(work).await, stop.is_asked()), (Some(2), false));
        }
    }
}
