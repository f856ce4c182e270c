//! The plan against stories and against random histories.
