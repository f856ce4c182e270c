//! Points in time on the wire: RFC 3339 as chrono writes it, put together in one piece. A page of a list has hundreds, and
//! written character by character they took a tenth of the whole request.

use chrono::{Datelike, Timelike};
use serde::{Serialize, Serializer};

use crate::Time;

/// `2026-11-22T02:00:00.123456789Z`
const LONGEST: usize = 30;

/// For `#[serde(serialize_with = "crate::time::write")]`.
pub(crate) fn write<S: Serializer>(time: &Time, to: S) -> Result<S::Ok, S::Error> {
    let mut text = [0; LONGEST];
    match put(time, &mut text).and_then(|length| std::str::from_utf8(&text[..length]).ok()) {
        Some(text) => to.serialize_str(text),
        None => time.serialize(to),
    }
}

/// The same for a time that may not be there.
#[expect(clippy::ref_option, reason = "serde hands over the field as it is")]
pub(crate) fn write_option<S: Serializer>(time: &Option<Time>, to: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => write(time, to),
        None => to.serialize_none(),
    }
}

/// Writes the time and answers its length; nothing for years and seconds that are written in another form.
fn put(time: &Time, text: &mut [u8; LONGEST]) -> Option<usize> {
    let nanos = time.nanosecond();
    let year = u32::try_from(time.year()).ok().filter(|year| *year <= 9_999)?;
    // A leap second has its own spelling.
    if nanos >= 1_000_000_000 {
        return None;
    }
    text[..20].copy_from_slice(b"0000-00-00T00:00:00Z");
    digits(&mut text[..4], year);
    digits(&mut text[5..7], time.month());
    digits(&mut text[8..10], time.day());
    digits(&mut text[11..13], time.hour());
    digits(&mut text[14..16], time.minute());
    digits(&mut text[17..19], time.second());
    let (places, fraction) = match nanos {
        0 => return Some(20),
        _ if nanos.is_multiple_of(1_000_000) => (3, nanos / 1_000_000),
        _ if nanos.is_multiple_of(1_000) => (6, nanos / 1_000),
        _ => (9, nanos),
    };
    text[19] = b'.';
    digits(&mut text[20..20 + places], fraction);
    text[20 + places] = b'Z';
    Some(21 + places)
}

fn digits(places: &mut [u8], mut number: u32) {
    for place in places.iter_mut().rev() {
        // One digit always fits.
        *place = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Serialize)]
    struct Both {
        #[serde(serialize_with = "write")]
        ours: Time,
        #[serde(serialize_with = "write_option")]
        maybe: Option<Time>,
        theirs: Time,
    }

    fn check(time: Time) {
        let both = serde_json::to_value(Both { ours: time, maybe: Some(time), theirs: time }).expect("JSON");
        assert_eq!(both["ours"], both["theirs"]);
        assert_eq!(both["maybe"], both["theirs"]);
    }

    proptest! {
        #[test]
        fn every_time_is_written_as_chrono_writes_it(second in -70_000_000_000_i64..300_000_000_000, nanos in 0_u32..2_000_000_000, unit in 0_u32..3) {
            let nanos = nanos - nanos % [1, 1_000, 1_000_000][unit as usize];
            if let Some(time) = Time::from_timestamp(second, nanos) {
                check(time);
            }
        }
    }

    #[test]
    fn whole_seconds_and_leap_seconds_too() {
        for (second, nanos) in [(0, 0), (1_795_312_800, 0), (1_483_228_799, 1_000_000_000), (-62_167_219_201, 0)] {
            check(Time::from_timestamp(second, nanos).expect("a time"));
        }
        assert_eq!(
            serde_json::to_string(&Both { ours: Time::default(), maybe: None, theirs: Time::default() }).expect("JSON"),
            r#"{"ours":"1970-01-01T00:00:00Z","maybe":null,"theirs":"1970-01-01T00:00:00Z"}"#
        );
    }
}
