//! Pulses as stores of the schemas 9 to 11 have them: each a row of its own, in fifteen words of fixed length. For the
//! migrations that packed them so, and that put them into leaves.

use rusqlite::Connection;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};

use super::packed::damaged;
use super::{Leaf, MANY, place};
use crate::model::{Pace, Rhythm};
use crate::store::sqlite::codec::{maybe_time, time};
use crate::store::sqlite::fault::Fault;
use crate::store::{Pulse, Traffic};

const WORD: usize = size_of::<u64>();
/// One that says which of the next seven are there, and seven that always are.
const WORDS: usize = 1 + 7 + 7;

fn pack(pulse: &Pulse) -> [u8; WORD * WORDS] {
    let &Pulse { last_at, next_at, last_ok, failures, wait_until, rhythm, traffic } = pulse;
    let Rhythm { pace, max_age, changed_at, gap } = rhythm;
    let mut words = [0; WORDS];
    let times = [last_at, next_at, last_ok, wait_until, changed_at];
    let [last_at, next_at, last_ok, wait_until, changed_at] =
        times.map(|time| time.map(|time| time.timestamp_millis().cast_unsigned()));
    for (place, word) in [last_at, next_at, last_ok, wait_until, changed_at, max_age, gap].iter().enumerate()
    {
        words[0] |= u64::from(word.is_some()) << place;
        words[1 + place] = word.unwrap_or_default();
    }
    words[8..12].copy_from_slice(&[
        failures.into(),
        pace.every.into(),
        pace.skip_hours.into(),
        pace.skip_days.into(),
    ]);
    words[12..].copy_from_slice(&[traffic.requests, traffic.bytes, traffic.not_modified]);
    let mut packed = [0; WORD * WORDS];
    for (place, word) in packed.chunks_exact_mut(WORD).zip(words) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    packed
}

fn unpack(packed: &[u8]) -> Result<Pulse, Fault> {
    let fault = |value: u64| damaged(value.to_string());
    let packed: &[u8; WORD * WORDS] = packed.try_into().map_err(|_| fault(packed.len() as u64))?;
    let words = packed.as_chunks::<WORD>().0;
    let word = |place: usize| u64::from_le_bytes(words[place]);
    let maybe = |place: usize| (word(0) >> (place - 1) & 1 == 1).then(|| word(place));
    let when = |place: usize| maybe(place).map(|word| time(word.cast_signed())).transpose();
    let small = |place: usize| u32::try_from(word(place)).map_err(|_| fault(word(place)));
    Ok(Pulse {
        last_at: when(1)?,
        next_at: when(2)?,
        last_ok: when(3)?,
        wait_until: when(4)?,
        rhythm: Rhythm {
            changed_at: when(5)?,
            max_age: maybe(6),
            gap: maybe(7),
            pace: Pace {
                every: small(9)?,
                skip_hours: small(10)?,
                skip_days: u8::try_from(word(11)).map_err(|_| fault(word(11)))?,
            },
        },
        failures: small(8)?,
        traffic: Traffic { requests: word(12), bytes: word(13), not_modified: word(14) },
    })
}

/// Gives a connection `pulse(…)`, which packed what were columns before, and `pulses(document, pulse)`, which makes a
/// leaf of such.
pub(in crate::store::sqlite) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("pulse", 9, flags, |context| {
        let when = |place| maybe_time(context.get(place)?).map_err(|fault| told(&fault));
        let count = |place| context.get(place).map(i64::unsigned_abs);
        let rhythm: String = context.get(5)?;
        Ok(pack(&Pulse {
            last_at: when(0)?,
            next_at: when(1)?,
            last_ok: when(2)?,
            failures: context.get(3)?,
            wait_until: when(4)?,
            rhythm: serde_json::from_str(&rhythm)
                .map_err(|cause| told(&Fault::Json { what: "how often a document changes", cause }))?,
            traffic: Traffic { requests: count(6)?, bytes: count(7)?, not_modified: count(8)? },
        }))
    })?;
    connection.create_aggregate_function("pulses", 2, flags, IntoLeaf)
}

fn told(fault: &Fault) -> rusqlite::Error {
    rusqlite::Error::UserFunctionError(fault.to_string().into())
}

struct IntoLeaf;

impl Aggregate<[Option<Pulse>; MANY], Vec<u8>> for IntoLeaf {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<[Option<Pulse>; MANY]> {
        Ok([None; MANY])
    }

    fn step(&self, context: &mut Context<'_>, pulses: &mut [Option<Pulse>; MANY]) -> rusqlite::Result<()> {
        let packed = context.get_raw(1).as_blob()?;
        pulses[place(context.get(0)?)] = Some(unpack(packed).map_err(|fault| told(&fault))?);
        Ok(())
    }

    fn finalize(
        &self,
        _: &mut Context<'_>,
        pulses: Option<[Option<Pulse>; MANY]>,
    ) -> rusqlite::Result<Vec<u8>> {
        let pulses = pulses.unwrap_or([None; MANY]);
        Leaf::empty(0).with(&pulses.each_ref().map(Option::as_ref)).map_err(|fault| told(&fault))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::packed::tests::pulses;
    use super::*;

    proptest! {
        #[test]
        fn a_pulse_reads_back_as_it_was_packed(pulse in pulses()) {
            prop_assert_eq!(unpack(&pack(&pulse)).unwrap(), pulse);
        }
    }

    #[test]
    fn what_is_no_pulse_is_damage() {
        let mut long = [0; WORD * WORDS];
        long[8 * WORD + 4] = 1;
        for damaged in [&[][..], &[0; WORD * WORDS + 1], &long] {
            assert!(matches!(unpack(damaged), Err(Fault::Value { .. })), "{damaged:?}");
        }
    }
}
