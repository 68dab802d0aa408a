//! The one integration test binary: Feedmill as a person or a cron job uses it. Offline, parallel, in any order; a test
//! that needs a web server starts its own on loopback.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking; helpers of tests too")]

mod ceiling;
mod cli;
mod corrections;
mod damage;
mod faults;
mod floods;
mod fulltext;
mod hand;
mod hostile;
mod http;
mod identity;
mod kill;
mod lastgood;
mod leftovers;
mod manners;
mod mill;
mod politeness;
mod roundtrip;
mod safety;
mod server;
mod shipped;
mod stages;
mod standing;
mod stop;
mod words;
