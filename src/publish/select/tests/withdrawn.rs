//! Articles that their source took back.

use super::*;
use crate::model::selection::OnWithdrawn;
use crate::model::{Withdrawal, WithdrawalReason};

fn taken_back(article: Article) -> Article {
    let withdrawn = Withdrawal { at: article.published, reason: WithdrawalReason::Gone };
    Article { withdrawn: Some(withdrawn), ..article }
}

fn selection(on_withdrawn: OnWithdrawn) -> Selection {
    Selection { on_withdrawn, ..all() }
}

#[test]
fn a_feed_drops_them_only_if_it_is_told_to_and_then_even_picked_ones() {
    let articles = [taken_back(article(1, "a", 1)), article(2, "a", 2)];
    for on_withdrawn in [OnWithdrawn::Mark, OnWithdrawn::Keep] {
        assert_eq!(run(&articles, &selection(on_withdrawn)).order, ids(&[1, 2]));
    }
    let dropped = [Verdict::Withdrawn, Verdict::NoRules];
    assert_eq!(verdicts(&articles, &selection(OnWithdrawn::Drop)), dropped);
    let hand = HandDecisions { picked: ids(&[1]), blocked: vec![] };
    assert_eq!(verdicts(&articles, &Selection { hand, ..selection(OnWithdrawn::Drop) }), dropped);
}

#[test]
fn a_copy_that_is_still_there_leads_whatever_is_preferred() {
    let copy = |id, source| article(id, source, 1).linked("https://example.org/x").titled("X");
    let articles = [taken_back(copy(1, "a")), copy(2, "b")];
    for (on_withdrawn, lead) in [(OnWithdrawn::Mark, 2), (OnWithdrawn::Drop, 2), (OnWithdrawn::Keep, 1)] {
        let selection = Selection { prefer: sources(&["a"]), ..selection(on_withdrawn) };
        assert_eq!(run(&articles, &selection).order, ids(&[lead]), "{on_withdrawn:?}");
    }
}
