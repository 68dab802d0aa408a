//! Ctrl-C and SIGTERM. The first asks for an end, which comes as soon as what is begun is finished; the second is the
//! end: a killed run loses nothing either.

use std::process::exit;

use tokio::sync::watch::Sender;

use crate::stop::{Signal, Stop};

use super::output::Output;

/// The exit code of a run that was stopped: what a shell says of a program that a signal ended.
pub(super) fn code(signal: Signal) -> u8 {
    128 + signal.number()
}

/// Listens from now on. Where the system lets nobody listen, signals end the program as they always did.
pub(super) fn listen(output: &Output) -> Stop {
    let (sender, stop) = Stop::new();
    match Signals::new() {
        Ok(signals) => drop(tokio::spawn(hear(signals, sender, output.clone()))),
        Err(cause) => tracing::debug!("cannot listen for signals: {cause}"),
    }
    stop
}

async fn hear(mut signals: Signals, sender: Sender<Option<Signal>>, output: Output) {
    let first = signals.next().await;
    output.say(&format!(
        "feedmill: {}: stopping; what has been fetched is kept. A second one ends at once",
        first.name()
    ));
    sender.send_replace(Some(first));
    let second = signals.next().await;
    exit(i32::from(code(second)));
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) -> Signal {
        use std::future::poll_fn;
        use std::task::Poll;
        poll_fn(|context| {
            if self.interrupt.poll_recv(context).is_ready() {
                Poll::Ready(Signal::Interrupt)
            } else {
                self.terminate.poll_recv(context).map(|_| Signal::Terminate)
            }
        })
        .await
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[allow(clippy::unnecessary_wraps, reason = "there is nothing to say on other systems")]
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> Signal {
        match tokio::signal::ctrl_c().await {
            Ok(()) => Signal::Interrupt,
            Err(_) => std::future::pending().await,
        }
    }
}
