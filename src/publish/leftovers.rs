//! Documents that a feed left behind when it was renamed, removed, or lost a format. Somebody may still read them, so
//! nobody deletes them but a person; who is told.

use std::collections::BTreeSet;

use crate::config::Plan;
use crate::model::{FeedId, OutputFormat};
use crate::store::{Store, StoreError};

use super::target::FileTarget;

/// The names of the documents in the output folder that the plan's feeds do not write any more, in order. A file of which
/// nothing says that Feedmill wrote it is somebody's own.
///
/// # Errors
/// [`StoreError`]; a folder that cannot be listed has nothing to tell of here.
pub async fn leftovers(plan: &Plan, store: &impl Store) -> Result<Vec<String>, StoreError> {
    let written: BTreeSet<String> = plan
        .feeds
        .iter()
        .flat_map(|feed| feed.formats.iter().map(|format| name(feed.id.as_str(), *format)))
        .collect();
    let mut leftovers = Vec::new();
    for file in FileTarget::new(plan.publish.dir.clone()).names() {
        let Some(id) = feed_of(&file).filter(|_| !written.contains(&file)) else { continue };
        let is_known = plan.feeds.iter().any(|feed| feed.id == id);
        if is_known || !store.published(&id).await?.is_empty() {
            leftovers.push(file);
        }
    }
    Ok(leftovers)
}

fn name(id: &str, format: OutputFormat) -> String {
    format!("{id}.{}", format.extension())
}

/// The feed whose document has this name, if a feed's document can have it.
fn feed_of(file: &str) -> Option<FeedId> {
    let (id, extension) = file.rsplit_once('.')?;
    let is_ours = OutputFormat::ALL.iter().any(|format| format.extension() == extension);
    (is_ours && !id.is_empty()).then(|| FeedId::new(id))
}
