//! Entries that a document names as deleted.

use super::*;

fn tombstone(entry: Entry, at: Option<i64>) -> Deletion {
    Deletion { key: entry.draft().keys[0].clone(), at: at.map(day) }
}

/// Reads a document with tombstones.
fn read(memory: &mut Memory, entries: &[Entry], deleted: Vec<Deletion>) -> Decided {
    let drafts: Vec<Draft> = entries.iter().map(|entry| entry.draft()).collect();
    let document = DocumentKey { source: SourceId::new("one"), scope: String::new() };
    let mut keys = keys_to_ask(&drafts);
    keys.extend(deleted.iter().map(|deletion| deletion.key.clone()));
    let known = memory.known(&keys);
    let decided = decide_paper(&document, Paper { drafts, deleted }, &known, day(NOW));
    decided.changes.iter().for_each(|change| memory.apply(change));
    decided
}

fn withdrawal(decided: &Decided) -> Option<Withdrawal> {
    decided.changes.iter().find_map(|change| match change {
        Change::Withdrawn { withdrawal, .. } => Some(*withdrawal),
        _ => None,
    })
}

#[test]
fn a_tombstone_withdraws_a_known_article_once_and_at_its_own_time() {
    for (at, expected) in [(Some(5), 5), (None, NOW), (Some(NOW + 1), NOW)] {
        let mut memory = Memory::of(&[A, B]);
        let decided = read(&mut memory, &[A], vec![tombstone(B, at)]);
        let wanted = Withdrawal { at: day(expected), reason: WithdrawalReason::Tombstone };
        assert_eq!(withdrawal(&decided), Some(wanted));
        assert_eq!(letters(&decided.changes), "W");
        assert_eq!(letters(&read(&mut memory, &[A], vec![tombstone(B, at)]).changes), "", "told again");
        assert_eq!(letters(&read(&mut memory, &[A], Vec::new()).changes), "", "told no more");
    }
}

#[test]
fn a_tombstone_of_what_nobody_knows_says_nothing() {
    assert_eq!(read(&mut Memory::of(&[A]), &[A], vec![tombstone(B, Some(5))]).changes, []);
}

#[test]
fn an_article_that_is_shown_again_is_withdrawn_no_more() {
    let mut memory = Memory::of(&[A, B]);
    read(&mut memory, &[A], vec![tombstone(B, Some(5))]);
    let decided = read(&mut memory, &[A, B], Vec::new());
    assert_eq!(letters(&decided.changes), "R");
    assert_eq!(letters(&read(&mut memory, &[A, B], Vec::new()).changes), "");
}

#[test]
fn of_entry_and_tombstone_in_one_document_the_later_one_counts() {
    // B is of day 2.
    for (at, first, again) in [(Some(3), "NW", ""), (Some(2), "NW", ""), (None, "NW", ""), (Some(1), "N", "")]
    {
        let mut memory = Memory::default();
        let deleted = || vec![tombstone(B, at)];
        assert_eq!(letters(&read(&mut memory, &[B], deleted()).changes), first, "{at:?}");
        assert_eq!(letters(&read(&mut memory, &[B], deleted()).changes), again, "{at:?}");
    }
}

#[test]
fn the_order_names_each_article_once() {
    let mut memory = Memory::of(&[A, B]);
    let id = |memory: &Memory, entry: Entry| memory.0.by_key[&entry.draft().keys[0]];
    let order = read(&mut memory, &[C, B, A, B], Vec::new()).order;
    assert_eq!(order, [id(&memory, C), id(&memory, B), id(&memory, A)]);
}
