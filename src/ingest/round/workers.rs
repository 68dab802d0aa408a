//! Those who perform jobs: tasks that stay for the round, since to make one for each job costs more than most jobs do.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

use super::queue::Started;
use super::work::{Done, Workshop};

/// A job that has ended.
pub(super) struct Finished {
    pub(super) started: Started,
    /// `None` if the round was stopped.
    pub(super) done: Option<Done>,
}

/// As many workers as jobs ran at once so far.
pub(super) struct Workers {
    workshop: Arc<Workshop>,
    /// What is given to each.
    desks: Vec<UnboundedSender<Started>>,
    /// Those who have nothing to do; the last one had something last.
    idle: Vec<usize>,
    finished: UnboundedReceiver<(usize, Finished)>,
    give_back: UnboundedSender<(usize, Finished)>,
    /// They end with this.
    tasks: JoinSet<()>,
}

impl Workers {
    /// None yet.
    pub(super) fn new(workshop: Workshop) -> Self {
        let (give_back, finished) = unbounded_channel();
        let workshop = Arc::new(workshop);
        Self { workshop, desks: Vec::new(), idle: Vec::new(), finished, give_back, tasks: JoinSet::new() }
    }

    /// Whether somebody asked for an end.
    pub(super) fn are_stopped(&self) -> bool {
        self.workshop.is_stopped()
    }

    /// Has a job performed at once.
    pub(super) fn perform(&mut self, started: Started) {
        let worker = self.idle.pop().unwrap_or_else(|| self.hire());
        // Nobody leaves before the floor is closed.
        let _ = self.desks[worker].send(started);
    }

    /// The next job that ends.
    pub(super) async fn next(&mut self) -> Option<Finished> {
        let (worker, finished) = self.finished.recv().await?;
        self.idle.push(worker);
        Some(finished)
    }

    /// A job that has ended already.
    pub(super) fn next_now(&mut self) -> Option<Finished> {
        let (worker, finished) = self.finished.try_recv().ok()?;
        self.idle.push(worker);
        Some(finished)
    }

    fn hire(&mut self) -> usize {
        let worker = self.desks.len();
        let (desk, mut jobs) = unbounded_channel::<Started>();
        let (workshop, give_back) = (Arc::clone(&self.workshop), self.give_back.clone());
        self.tasks.spawn(async move {
            let mut watch = workshop.watch();
            while let Some(started) = jobs.recv().await {
                // An exchange takes some kilobytes: it stays where it is made.
                let done = {
                    let performing = pin!(workshop.perform(&started.job, &mut watch));
                    unless_it_crashes(performing).await
                };
                let done = done.unwrap_or_else(|| Some(Done::crashed(&started.job)));
                if give_back.send((worker, Finished { started, done })).is_err() {
                    return;
                }
            }
        });
        self.desks.push(desk);
        worker
    }
}

/// What a future gives; `None` if it panics, so that whoever waits for it goes on.
async fn unless_it_crashes<T>(mut work: Pin<&mut impl Future<Output = T>>) -> Option<T> {
    std::future::poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        polled.map_or(Poll::Ready(None), |polled| polled.map(Some))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_crash_is_an_end_like_another() {
        let crash = async {
            tokio::task::yield_now().await;
            let nothing: Vec<u8> = Vec::new();
            nothing[std::hint::black_box(0)]
        };
        assert_eq!(unless_it_crashes(pin!(crash)).await, None);
        assert_eq!(unless_it_crashes(pin!(async { 7 })).await, Some(7));
    }
}
