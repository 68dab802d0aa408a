//! What an edit means, seen beside the words before it.

use super::EditedArticle;
use crate::model::{Article, Weight};
use crate::revision::{changed, weight};

/// Weighs an edit of an article as kept. Only a correction moves its date of change, and only what is more than a
/// retouch is a revision. Where the reader has learnt since the document was last read (`is_reread`), the difference may
/// be its own: no edit is then more than a detail.
pub fn weigh(edited: &mut EditedArticle, kept: &Article, is_reread: bool) {
    let most = if is_reread { Weight::Detail } else { Weight::Correction };
    edited.weight = weight(&changed(&kept.body, &edited.body)).min(most);
    if edited.weight < Weight::Correction {
        edited.updated = kept.updated;
    }
    if edited.weight == Weight::Retouch {
        edited.revision = kept.revision;
    }
}
