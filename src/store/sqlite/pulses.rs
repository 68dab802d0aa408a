//! The pulses of documents, each packed into fifteen words: they are written twice for each document of a round, and as
//! one value in a quarter of the time that a column each takes. Nothing asks the database what is in them.

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::codec::{maybe_time, time};
use super::documents;
use super::fault::Fault;
use crate::model::{Pace, Rhythm};
use crate::store::{Beat, DocumentRow, Pulse, Traffic};

const WORD: usize = size_of::<u64>();
/// One that says which of the next seven are there, and seven that always are.
const WORDS: usize = 1 + 7 + 7;

const WRITE: &str = "INSERT OR REPLACE INTO pulses (document, pulse) VALUES (?1, ?2)";

pub(super) fn note(db: &Transaction<'_>, beats: &[Beat]) -> Result<(), Fault> {
    let mut statement = db.prepare_cached(WRITE)?;
    for beat in beats {
        let row =
            beat.row.map_or_else(|| documents::row_for(db, &beat.document), |DocumentRow(row)| Ok(row))?;
        statement.execute(params![row, pack(&beat.pulse)])?;
    }
    Ok(())
}

/// Writes the pulse of the document of this row.
pub(super) fn write(db: &Transaction<'_>, row: i64, pulse: &Pulse) -> Result<(), Fault> {
    db.prepare_cached(WRITE)?.execute(params![row, pack(pulse)])?;
    Ok(())
}

/// Adds to what the document of this row has cost.
pub(super) fn add(db: &Transaction<'_>, row: i64, traffic: Traffic) -> Result<(), Fault> {
    let mut statement = db.prepare_cached("SELECT pulse FROM pulses WHERE document = ?1")?;
    let packed: Option<Vec<u8>> = statement.query_row([row], |row| row.get(0)).optional()?;
    let pulse = unpack(packed.as_deref())?;
    write(db, row, &Pulse { traffic: pulse.traffic + traffic, ..pulse })
}

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

/// The pulse that was packed; the default one, if there is none yet.
pub(super) fn unpack(packed: Option<&[u8]>) -> Result<Pulse, Fault> {
    const WHAT: &str = "a pulse";
    let Some(packed) = packed else { return Ok(Pulse::default()) };
    let fault = |value: u64| Fault::Value { what: WHAT, value: value.to_string() };
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

/// Gives a connection `pulse(…)`, for the migration that packed what were columns before.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("pulse", 9, flags, |context| {
        let told = |fault: Fault| rusqlite::Error::UserFunctionError(fault.to_string().into());
        let when = |place| maybe_time(context.get(place)?).map_err(told);
        let count = |place| context.get(place).map(i64::unsigned_abs);
        let rhythm: String = context.get(5)?;
        Ok(pack(&Pulse {
            last_at: when(0)?,
            next_at: when(1)?,
            last_ok: when(2)?,
            failures: context.get(3)?,
            wait_until: when(4)?,
            rhythm: serde_json::from_str(&rhythm)
                .map_err(|cause| told(Fault::Json { what: "how often a document changes", cause }))?,
            traffic: Traffic { requests: count(6)?, bytes: count(7)?, not_modified: count(8)? },
        }))
    })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use proptest::prelude::*;

    use super::*;

    fn when() -> impl Strategy<Value = Option<DateTime<Utc>>> {
        proptest::option::of(
            (-1_i64 << 52..1 << 52).prop_map(|at| DateTime::from_timestamp_millis(at).unwrap()),
        )
    }

    fn rhythm() -> impl Strategy<Value = Rhythm> {
        let pace = any::<(u32, u32, u8)>();
        let pace = pace.prop_map(|(every, skip_hours, skip_days)| Pace { every, skip_hours, skip_days });
        let rhythm = (pace, any::<Option<u64>>(), when(), any::<Option<u64>>());
        rhythm.prop_map(|(pace, max_age, changed_at, gap)| Rhythm { pace, max_age, changed_at, gap })
    }

    proptest! {
        #[test]
        fn a_pulse_reads_back_as_it_was_packed(
            (last_at, next_at, last_ok, wait_until) in (when(), when(), when(), when()),
            failures in any::<u32>(),
            rhythm in rhythm(),
            (requests, bytes, not_modified) in any::<(u64, u64, u64)>(),
        ) {
            let traffic = Traffic { requests, bytes, not_modified };
            let pulse = Pulse { last_at, next_at, last_ok, failures, wait_until, rhythm, traffic };
            prop_assert_eq!(unpack(Some(&pack(&pulse))).unwrap(), pulse);
        }
    }

    #[test]
    fn what_is_no_pulse_is_damage() {
        let mut long = [0; WORD * WORDS];
        long[8 * WORD + 4] = 1;
        for damaged in [&[][..], &[0; WORD * WORDS + 1], &long] {
            assert!(matches!(unpack(Some(damaged)), Err(Fault::Value { .. })), "{damaged:?}");
        }
        assert_eq!(unpack(None).unwrap(), Pulse::default());
    }
}
