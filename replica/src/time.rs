//! Times as the file keeps them: whole microseconds since 1970, as exact as the service's own clock.

use chrono::DateTime;
use gemilang_protocol::Time;

/// To microseconds.
pub(crate) fn micros(time: Time) -> i64 {
    time.timestamp_micros()
}

/// From microseconds; a figure no calendar holds becomes 1970, which is plainly wrong on screen and harms nothing.
pub(crate) fn from_micros(micros: i64) -> Time {
    DateTime::from_timestamp_micros(micros).unwrap_or_default()
}
