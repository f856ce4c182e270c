//! Clock: the one place of the desk that asks what time it is; everything else is told.

use std::time::SystemTime;

use gemilang_protocol::Time;

/// Now, by this computer's clock.
pub(crate) fn now() -> Time {
    SystemTime::now().into()
}
