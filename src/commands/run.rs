//! `run`: fetch what is due, publish what changed, exit.

use crate::cli::Fetch;

use super::session::Session;
use super::{Ended, fetch, publish};

pub(super) async fn run(session: &Session<'_>, what: &Fetch) -> anyhow::Result<Ended> {
    let work = session.load()?;
    for warning in work.doubts() {
        session.output.say(&format!("warning: {warning}"));
    }
    let _lock = session.lock(&work.plan)?;
    let store = session.store(&work.plan)?;
    let fetched = fetch::gather(session, &work, &store, what).await?;
    let published = publish::print(session, &work, &store, &[]).await?;
    Ok(if fetched == Ended::Partly { fetched } else { published })
}
