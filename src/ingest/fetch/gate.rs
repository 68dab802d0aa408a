//! How many requests at once: in total, and to one host.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::RandomState;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};
use url::Url;

/// Lets requests through, so many at once.
#[derive(Debug)]
pub(super) struct Gate {
    total: Semaphore,
    per_host: usize,
    hosts: Mutex<HashMap<String, Arc<Semaphore>, RandomState>>,
}

/// The right to one request, until dropped.
#[derive(Debug)]
pub(super) struct Pass<'a> {
    _host: OwnedSemaphorePermit,
    _total: SemaphorePermit<'a>,
}

impl Gate {
    pub(super) fn new(total: usize, per_host: usize) -> Self {
        let bounded = |count: usize| count.clamp(1, Semaphore::MAX_PERMITS);
        Self { total: Semaphore::new(bounded(total)), per_host: bounded(per_host), hosts: Mutex::default() }
    }

    /// Waits for a turn. The host's turn comes first: whoever waits for a busy host takes no place from the others,
    /// and since nobody waits for a host while holding a place, nothing can lock up. `None` only if the gate is closed,
    /// which it never is.
    pub(super) async fn pass(&self, url: &Url) -> Option<Pass<'_>> {
        let host = self.host(url.host_str().unwrap_or_default()).acquire_owned().await.ok()?;
        let total = self.total.acquire().await.ok()?;
        Some(Pass { _host: host, _total: total })
    }

    fn host(&self, name: &str) -> Arc<Semaphore> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(host) = hosts.get(name) {
            return Arc::clone(host);
        }
        let host = Arc::new(Semaphore::new(self.per_host));
        hosts.insert(name.to_owned(), Arc::clone(&host));
        host
    }
}
