//! The thread that keeps the connection: all statements run on it, one after the other. Whoever waits for an answer waits
//! without a thread.
//!
//! Threads have heaps of their own. On one of a pool that also reads documents, each heap would grow to what the store
//! takes at its highest (SQLite's pages, the tables for packing), and most of it would lie idle.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::thread::{Builder, JoinHandle};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::fault::Fault;

type Task = Box<dyn FnOnce(&mut Connection) + Send>;

/// A connection, and the thread that keeps it.
#[derive(Debug)]
pub(super) struct Keeper {
    /// `None` once it is to end.
    tasks: Option<Sender<Task>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Gives the connection to a thread.
    ///
    /// # Errors
    /// Where the system allows no further thread.
    pub(super) fn new(mut connection: Connection) -> io::Result<Self> {
        let (tasks, given) = channel::<Task>();
        let work = move || given.into_iter().for_each(|task| task(&mut connection));
        let thread = Builder::new().name("store".to_owned()).spawn(work)?;
        Ok(Self { tasks: Some(tasks), thread: Some(thread) })
    }

    /// Has something done, after all that was asked for before. It is done even if nobody waits for the answer any more.
    ///
    /// # Errors
    /// [`Fault::Crashed`] if it panics; the connection is as usable as before.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let (give, given) = oneshot::channel();
        let task: Task = Box::new(move |connection| {
            if let Ok(answer) = catch_unwind(AssertUnwindSafe(|| work(connection))) {
                let _ = give.send(answer);
            }
        });
        // One that cannot be sent is dropped, and its answer with it.
        let _ = self.tasks.as_ref().map(|tasks| tasks.send(task));
        given.await.map_err(|_| Fault::Crashed)
    }
}

impl Drop for Keeper {
    /// Waits until the file is closed: what is in its log is written back then.
    fn drop(&mut self) {
        drop(self.tasks.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_crash_is_told_and_leaves_the_connection_as_it_was() {
        let keeper = Keeper::new(Connection::open_in_memory().unwrap()).unwrap();
        keeper.ask(|db| db.execute_batch("CREATE TABLE t (x)")).await.unwrap().unwrap();
        let crashed = keeper.ask(|db| {
            let transaction = db.transaction().unwrap();
            transaction.execute_batch("INSERT INTO t VALUES (1)").unwrap();
            let nothing: Vec<u8> = Vec::new();
            nothing[std::hint::black_box(0)]
        });
        assert!(matches!(crashed.await, Err(Fault::Crashed)));
        let count = "SELECT count(*) FROM t";
        let rows = keeper.ask(move |db| db.query_row(count, [], |row| row.get::<_, i64>(0))).await;
        assert_eq!(rows.unwrap().unwrap(), 0);
    }
}
