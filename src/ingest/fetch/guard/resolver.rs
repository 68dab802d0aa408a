//! The look-up of names, judged: reqwest connects to the very addresses that were judged here, so that no second look-up
//! can say something else (DNS rebinding).

use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::Guard;

/// Looks names up with another resolver and judges what it says.
#[derive(Clone)]
pub(in super::super) struct Guarded {
    guard: Guard,
    names: Arc<dyn Resolve>,
}

impl Guarded {
    /// Judges what `names` says.
    pub(in super::super) fn new(guard: Guard, names: Arc<dyn Resolve>) -> Self {
        Self { guard, names }
    }
}

impl Resolve for Guarded {
    /// One answer that is refused refuses them all: a name with a public and a private address is an attempt, or a mistake.
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, names) = (self.guard.clone(), self.names.resolve(name));
        Box::pin(async move {
            let found: Vec<SocketAddr> = names.await?.collect();
            for address in &found {
                guard.judge(address.ip())?;
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// The system's resolver, each look-up on a thread of its own: one that never comes back must not take the place of those
/// who read documents and keep the store.
pub(in super::super) struct System;

impl Resolve for System {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let (tell, told) = tokio::sync::oneshot::channel();
            let look_up = move || {
                // The port is the connector's business.
                let found = (name.as_str(), 0).to_socket_addrs().map(Vec::from_iter);
                // Nobody hears it who has given up.
                let _ = tell.send(found);
            };
            std::thread::Builder::new().name("look-up".to_owned()).spawn(look_up)?;
            Ok(Box::new(told.await??.into_iter()) as Addrs)
        })
    }
}
