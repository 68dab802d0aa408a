//! Lists of other articles, by class: most of their words are links.

use super::body::{Body, Cut};
use super::marks::{Mark, cut_marked};
use super::phrases::RELATED_LABELS;
use super::wording::{count, key};

/// Words that such a list has at most.
const MANY: usize = 300;
/// Words beside its links.
const BESIDE: usize = 20;

/// Cuts lists of related articles, and the heading before them.
pub(super) fn cut(body: &mut Body<'_>) {
    if !body.has_mark(Mark::Related as u8) {
        return;
    }
    let pieces = body.pieces();
    let marked: Vec<usize> = (0..pieces.len()).filter(|&at| pieces[at].note == Mark::Related as u8).collect();
    cut_marked(body, Mark::Related, |body, open, close| {
        let of = |with_links| body.words(open, close, with_links).map(|words| count(&key(&words)));
        matches!((of(true), of(false)), (Some(all), Some(beside)) if all <= MANY && (beside <= BESIDE || beside * 2 <= all))
    });
    for open in marked.into_iter().filter(|&open| body.is_gone(open)).collect::<Vec<_>>() {
        let before = body.lines.partition_point(|line| line.to <= open);
        let Some(label) = before.checked_sub(1).map(|at| body.lines[at]) else { continue };
        let words = body.words(label.from, label.to, true).map(|words| key(&words)).unwrap_or_default();
        if !label.has_media && RELATED_LABELS.contains(&&*words) {
            body.cut(Cut::line(&label));
        }
    }
}
