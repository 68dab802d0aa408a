//! That somebody asked for an end: a person with Ctrl-C, the system with SIGTERM. What is begun is finished, nothing new
//! is begun; rounds and editions look here before each step.

use std::fmt;
use std::future::{Future, pending, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

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

    /// Hears of an end during many works, one after another.
    #[must_use]
    pub fn watch(&self) -> Watch {
        Watch { asked: Box::pin(self.clone().asked()), is_asked: false }
    }

    async fn asked(self) {
        let Some(mut asked) = self.0 else { return pending().await };
        if asked.wait_for(Option::is_some).await.is_err() {
            // Nobody is left who could ask.
            pending::<()>().await;
        }
    }
}

/// Somebody who works and hears when he is to stop: made once, since to listen anew for each work costs more than to go on.
pub struct Watch {
    asked: Pin<Box<dyn Future<Output = ()> + Send>>,
    is_asked: bool,
}

impl Watch {
    /// Does the work, unless it has not ended when somebody asks for an end: then it is dropped.
    pub async fn or_drop<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending => self.poll(context).map(|()| None),
        })
        .await
    }

    /// Ready for ever once an end is asked for.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.is_asked = self.is_asked || self.asked.as_mut().poll(context).is_ready();
        if self.is_asked { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("is_asked", &self.is_asked).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::future::ready;

    use tokio::task::yield_now;

    use super::*;

    #[tokio::test]
    async fn work_goes_on_until_somebody_asks_for_an_end() {
        let (sender, stop) = Stop::new();
        let mut watch = stop.watch();
        assert!(!stop.is_asked());
        assert_eq!(watch.or_drop(ready(1)).await, Some(1));
        assert_eq!(watch.or_drop(yield_now()).await, Some(()));
        sender.send(Some(Signal::Terminate)).unwrap();
        assert_eq!(stop.by(), Some(Signal::Terminate));
        for _ in 0..2 {
            assert_eq!(watch.or_drop(pending::<()>()).await, None);
            assert_eq!(watch.or_drop(ready(1)).await, Some(1), "what has ended is kept");
        }
        assert_eq!(stop.watch().or_drop(pending::<()>()).await, None, "also by one who comes late");
    }

    #[tokio::test]
    async fn an_end_is_heard_of_while_the_work_waits() {
        let (sender, stop) = Stop::new();
        let mut watch = stop.watch();
        let ask = async {
            yield_now().await;
            sender.send(Some(Signal::Interrupt)).unwrap();
        };
        assert_eq!(watch.or_drop(yield_now()).await, Some(()));
        let (heard, ()) = tokio::join!(watch.or_drop(pending::<()>()), ask);
        assert_eq!(heard, None);
    }

    #[tokio::test]
    async fn nobody_who_could_ask_stops_nothing() {
        let (sender, stop) = Stop::new();
        drop(sender);
        for stop in [stop, Stop::default()] {
            let work = async {
                yield_now().await;
                2
            };
            assert_eq!((stop.watch().or_drop(work).await, stop.is_asked()), (Some(2), false));
        }
    }
}
