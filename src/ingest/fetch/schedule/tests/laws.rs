//! Laws that hold whatever server, feed and config say.

use proptest::prelude::*;

use super::*;

/// Minutes that are nothing, usual, or absurd.
fn any_minutes() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0), 1..3000_u64, Just(u64::from(u32::MAX))]
}

fn any_rhythm() -> impl Strategy<Value = Rhythm> {
    let bits = prop_oneof![Just(0), any::<u32>()];
    let times = (prop::option::of(any_minutes()), prop::option::of(0..10_000_i64), any_minutes());
    (any_minutes(), bits, any::<u8>(), times).prop_map(|(ttl, hours, days, (max_age, quiet, gap))| Rhythm {
        pace: Pace {
            every: u32::try_from(ttl).unwrap(),
            skip_hours: hours & ((1 << 24) - 1),
            // Of a day in two weeks.
            skip_days: if days < 128 { days } else { 0 },
        },
        max_age: max_age.map(|minutes| minutes * 60),
        changed_at: quiet.map(|minutes| now() - TimeDelta::minutes(minutes)),
        gap: Some(gap),
    })
}

fn any_state() -> impl Strategy<Value = DocumentState> {
    let wait = prop::option::of(0..40_000_i64);
    (any_rhythm(), prop_oneof![Just(0), 0..50_u32], any::<bool>(), wait).prop_map(
        |(rhythm, failures, has_etag, wait)| DocumentState {
            rhythm,
            failures,
            etag: has_etag.then(|| "a".to_owned()),
            wait_until: wait.map(|minutes| now() + TimeDelta::minutes(minutes)),
            ..DocumentState::default()
        },
    )
}

fn any_timing() -> impl Strategy<Value = Timing> {
    (prop::option::of(1..5000_u32), 1..200_u32, 1..3000_u32, 0.0..=1.0, any::<bool>()).prop_map(
        |(every, min, max, jitter, spares_unvalidated)| Timing {
            every: every.map(|minutes| MINUTE * minutes),
            min_interval: MINUTE * min,
            max_interval: MINUTE * max,
            jitter,
            spares_unvalidated,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_asked_before_any_bound_nor_put_off_for_ever(
        state in any_state(),
        timing in any_timing(),
        max_age in any_minutes(),
        luck in 0.0..1.0_f64,
    ) {
        let wishes = fresh(max_age * 60);
        let due = next_due(&state, &wishes, &timing, Moment { now: now(), luck });
        let after = |wait: Duration| now() + TimeDelta::from_std(wait).unwrap();
        let told = Duration::from_secs(max_age.max(u64::from(state.rhythm.pace.every)) * 60).min(LONGEST_TOLD);
        prop_assert!(due >= after(timing.min_interval), "the minimum");
        prop_assert!(due >= after(told), "what was told");
        prop_assert!(state.wait_until.is_none_or(|until| due >= until), "Retry-After");
        let is_costly = state.etag.is_none() && state.failures == 0 && timing.spares_unvalidated;
        prop_assert!(!is_costly || due >= after(WITHOUT_VALIDATORS), "no validators");
        prop_assert!(!state.rhythm.pace.skips(due), "a skipped hour");
        let bounds = longest(&timing).max(told).max(WITHOUT_VALIDATORS);
        let latest = after(bounds).max(state.wait_until.unwrap_or(now()));
        // Behind it there may be a week of which one hour is not skipped.
        prop_assert!(due <= latest + TimeDelta::days(7) + TimeDelta::hours(1), "{due} is too late");
        prop_assert_eq!(due.timestamp_subsec_nanos(), 0);
    }

    #[test]
    fn more_luck_is_never_sooner_and_another_failure_neither(
        state in any_state(),
        timing in any_timing(),
        (one, other) in (0.0..1.0_f64, 0.0..1.0_f64),
    ) {
        let open = Rhythm { pace: Pace::default(), ..state.rhythm };
        let due = |failures, luck, timing| {
            let state = DocumentState { failures, rhythm: open, ..state.clone() };
            next_due(&state, &Wishes::default(), timing, Moment { now: now(), luck })
        };
        prop_assert!(due(state.failures, one.min(other), &timing) <= due(state.failures, one.max(other), &timing));
        // Near the maximum, jitter goes both ways.
        let steady = Timing { jitter: 0.0, ..timing };
        prop_assert!(due(state.failures + 1, one, &steady) <= due(state.failures + 2, one, &steady));
    }
}
