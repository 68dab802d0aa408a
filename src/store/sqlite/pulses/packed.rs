//! A pulse as bytes: which of its numbers there are, and these, seven bits to a byte, the lowest first. Times stand
//! against the last attempt, which they are near, so that of most documents it is about 30 bytes.

use chrono::{DateTime, Utc};

use crate::model::{Pace, Rhythm};
use crate::store::sqlite::codec::{maybe_millis, time};
use crate::store::sqlite::fault::Fault;
use crate::store::{Pulse, Traffic};

/// Those of a pulse.
const NUMBERS: usize = 14;

/// Adds the bytes of a pulse: at most 120, since no time has more than 55 bits.
pub(super) fn pack(pulse: &Pulse, packed: &mut Vec<u8>) {
    let (start, mut there) = (packed.len(), 0_u16);
    packed.extend_from_slice(&there.to_le_bytes());
    for (place, number) in numbers(pulse).into_iter().enumerate() {
        if let Some(number) = number {
            there |= 1 << place;
            put(number, packed);
        }
    }
    packed[start..start + 2].copy_from_slice(&there.to_le_bytes());
}

/// The pulse that was packed.
pub(super) fn unpack(packed: &[u8]) -> Result<Pulse, Fault> {
    let numbers = taken(packed).ok_or_else(|| damaged(format!("{} bytes", packed.len())))?;
    pulse(numbers)
}

/// Those that are 0 for most documents are left out there.
fn numbers(pulse: &Pulse) -> [Option<u64>; NUMBERS] {
    let &Pulse { last_at, next_at, last_ok, failures, wait_until, rhythm, traffic } = pulse;
    let Rhythm { pace, max_age, changed_at, gap } = rhythm;
    let (last_at, from) = (maybe_millis(last_at), maybe_millis(last_at).unwrap_or(0));
    let time = |time: Option<DateTime<Utc>>| maybe_millis(time).map(|time| folded(time.wrapping_sub(from)));
    let count = |number: u64| Some(number).filter(|number| *number > 0);
    [
        last_at.map(folded),
        time(next_at),
        time(last_ok),
        time(wait_until),
        time(changed_at),
        max_age,
        gap,
        count(failures.into()),
        count(pace.every.into()),
        count(pace.skip_hours.into()),
        count(pace.skip_days.into()),
        count(traffic.requests),
        count(traffic.bytes),
        count(traffic.not_modified),
    ]
}

fn pulse(numbers: [Option<u64>; NUMBERS]) -> Result<Pulse, Fault> {
    let [last_at, next_at, last_ok, wait_until, changed_at, max_age, gap, counts @ ..] = numbers;
    let [failures, every, skip_hours, skip_days, requests, bytes, not_modified] =
        counts.map(Option::unwrap_or_default);
    let from = last_at.map_or(0, unfolded);
    let when =
        |number: Option<u64>| number.map(|number| time(unfolded(number).wrapping_add(from))).transpose();
    let pace = Pace { every: small(every)?, skip_hours: small(skip_hours)?, skip_days: small(skip_days)? };
    Ok(Pulse {
        last_at: last_at.map(unfolded).map(time).transpose()?,
        next_at: when(next_at)?,
        last_ok: when(last_ok)?,
        failures: small(failures)?,
        wait_until: when(wait_until)?,
        rhythm: Rhythm { pace, max_age, changed_at: when(changed_at)?, gap },
        traffic: Traffic { requests, bytes, not_modified },
    })
}

fn small<T: TryFrom<u64>>(number: u64) -> Result<T, Fault> {
    T::try_from(number).map_err(|_| damaged(number.to_string()))
}

pub(super) fn damaged(value: String) -> Fault {
    Fault::Value { what: "a pulse", value }
}

/// Small numbers of either sign as small ones without.
fn folded(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

fn unfolded(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

fn put(mut number: u64, packed: &mut Vec<u8>) {
    while number >= 1 << 7 {
        packed.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    packed.push(number as u8);
}

/// The numbers that all of these bytes are.
fn taken(packed: &[u8]) -> Option<[Option<u64>; NUMBERS]> {
    let (there, mut rest) = packed.split_first_chunk()?;
    let there = u16::from_le_bytes(*there);
    let mut numbers = [None; NUMBERS];
    for (place, number) in numbers.iter_mut().enumerate() {
        if there >> place & 1 == 1 {
            *number = Some(take(&mut rest)?);
        }
    }
    (rest.is_empty() && there >> NUMBERS == 0).then_some(numbers)
}

fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let byte = *bytes.split_off_first()?;
        let bits = u64::from(byte & 0x7f);
        if bits << shift >> shift != bits {
            return None;
        }
        number |= bits << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    fn when() -> impl Strategy<Value = Option<DateTime<Utc>>> {
        let (least, most) =
            (DateTime::<Utc>::MIN_UTC.timestamp_millis(), DateTime::<Utc>::MAX_UTC.timestamp_millis());
        let any = prop_oneof![least..=most, Just(least), Just(most), 0_i64..2_000_000_000_000];
        proptest::option::of(any.prop_map(|at| DateTime::from_timestamp_millis(at).unwrap()))
    }

    fn rhythm() -> impl Strategy<Value = Rhythm> {
        let pace = any::<(u32, u32, u8)>();
        let pace = pace.prop_map(|(every, skip_hours, skip_days)| Pace { every, skip_hours, skip_days });
        let number = proptest::option::of(prop_oneof![any::<u64>(), Just(0), Just(u64::MAX)]);
        let rhythm = (pace, number.clone(), when(), number);
        rhythm.prop_map(|(pace, max_age, changed_at, gap)| Rhythm { pace, max_age, changed_at, gap })
    }

    /// Any pulse.
    pub(in super::super) fn pulses() -> impl Strategy<Value = Pulse> {
        let times = (when(), when(), when(), when());
        let traffic = any::<(u64, u64, u64)>().prop_map(|(requests, bytes, not_modified)| Traffic {
            requests,
            bytes,
            not_modified,
        });
        (times, any::<u32>(), rhythm(), traffic).prop_map(|(times, failures, rhythm, traffic)| {
            let (last_at, next_at, last_ok, wait_until) = times;
            Pulse { last_at, next_at, last_ok, failures, wait_until, rhythm, traffic }
        })
    }

    fn packed(pulse: &Pulse) -> Vec<u8> {
        let mut packed = Vec::new();
        pack(pulse, &mut packed);
        packed
    }

    proptest! {
        #[test]
        fn a_pulse_reads_back_as_it_was_packed_from_all_of_its_bytes_alone(pulse in pulses(), more: u8) {
            let mut packed = packed(&pulse);
            prop_assert!(packed.len() <= 120);
            prop_assert_eq!(unpack(&packed).unwrap(), pulse);
            for length in 0..packed.len() {
                prop_assert!(unpack(&packed[..length]).is_err());
            }
            packed.push(more);
            prop_assert!(unpack(&packed).is_err());
        }

        #[test]
        fn any_bytes_are_a_pulse_or_damage(bytes: Vec<u8>) {
            if let Err(fault) = unpack(&bytes) {
                let is_damage = matches!(fault, Fault::Value { .. });
                prop_assert!(is_damage);
            }
        }
    }

    #[test]
    fn a_usual_pulse_is_small() {
        let at = |seconds: i64| DateTime::from_timestamp(1_790_000_000 + seconds, 0);
        let pace = Pace { every: 60, ..Pace::default() };
        let rhythm = Rhythm { pace, max_age: Some(300), changed_at: at(-500_000), gap: Some(86_400) };
        let traffic = Traffic { requests: 300, bytes: 1_000_000, not_modified: 250 };
        let (last_at, next_at, last_ok) = (at(0), at(3_600), at(0));
        let usual = Pulse { last_at, next_at, last_ok, rhythm, traffic, ..Pulse::default() };
        assert_eq!(packed(&usual).len(), 31);
    }

    #[test]
    fn numbers_too_large_are_damage() {
        let most = [0xff; 9];
        for (there, numbers) in [
            (1 << 5, [&most[..], &[2]].concat()),
            (1 << 5, [&most[..], &[0x81, 0]].concat()),
            (1 << 7, vec![0xff, 0xff, 0xff, 0xff, 0x1f]),
            (1 << 10, vec![0x80, 2]),
            (1 << 0, [&most[..], &[1]].concat()),
            (1 << 14, vec![]),
        ] {
            let bytes = [&u16::to_le_bytes(there)[..], &numbers].concat();
            assert!(matches!(unpack(&bytes), Err(Fault::Value { .. })), "{bytes:?}");
        }
    }
}
