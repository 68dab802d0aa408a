//! `run`: fetch what is due, publish what changed, exit.

use crate::cli::Fetch;

use super::session::Session;
use super::{Ended, fetch, interrupt, publish};

pub(super) async fn run(session: &Session<'_>, what: &Fetch) -> anyhow::Result<Ended> {
    let work = session.load()?;
    for warning in work.doubts() {
        session.output.say(&format!("warning: {warning}"));
    }
    let _lock = session.lock(&work.plan)?;
    let store = session.store(&work.plan)?;
    let stop = interrupt::listen(session.output);
    let fetched = fetch::gather(session, &work, &store, (what, &stop)).await?;
    if let Some(signal) = stop.by() {
        session.output.say("nothing was published; the next run goes on from here");
        return Ok(Ended::Stopped(signal));
    }
    let published = publish::print(session, &work, &store, (&[], &stop)).await?;
    Ok(if published == Ended::Well { fetched } else { published })
}
