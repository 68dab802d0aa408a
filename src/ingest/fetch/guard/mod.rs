//! The guard: feeds and redirects come from strangers, and must not lead this machine to its neighbours.
//!
//! What counts is the address that is connected to. Names are judged where they are looked up ([`resolver`]), with all
//! their answers; addresses written as numbers, which no resolver is asked about, at each hop; and each answer once more
//! by the address it came from.

#[cfg(test)]
mod hops;
mod registry;
mod resolver;
#[cfg(test)]
mod tests;

use std::net::IpAddr;

use ipnet::IpNet;
use url::{Host, Url};

pub use registry::{Why, is_global};
pub(super) use resolver::{Guarded, System};

/// An address that is not to be connected to, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{address} is {why}")]
pub(super) struct Refused {
    pub(super) address: IpAddr,
    pub(super) why: Why,
}

/// What may be connected to.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    networks: Vec<IpNet>,
    private: bool,
}

impl Guard {
    /// Public addresses and these networks; `private`: and what [`Why::is_private`] names.
    pub(super) fn new(networks: &[IpNet], private: bool) -> Self {
        Self { networks: networks.to_vec(), private }
    }

    /// Judges one address.
    ///
    /// # Errors
    /// [`Refused`].
    pub(super) fn judge(&self, address: IpAddr) -> Result<(), Refused> {
        let Err(why) = is_global(address) else { return Ok(()) };
        // A mapped address is connected to as the IPv4 address in it.
        let canonical = address.to_canonical();
        let allowed = |network: &IpNet| network.contains(&address) || network.contains(&canonical);
        if (self.private && why.is_private()) || self.networks.iter().any(allowed) {
            return Ok(());
        }
        Err(Refused { address, why })
    }

    /// Judges a URL's host if it is written as a number, in whatever spelling: `Url` has brought decimal, octal, hex and
    /// short forms into one (WHATWG URL §3.5). A name has nothing to judge yet.
    ///
    /// # Errors
    /// [`Refused`].
    pub(super) fn judge_literal(&self, url: &Url) -> Result<(), Refused> {
        match url.host() {
            Some(Host::Ipv4(address)) => self.judge(address.into()),
            Some(Host::Ipv6(address)) => self.judge(address.into()),
            Some(Host::Domain(_)) | None => Ok(()),
        }
    }
}
