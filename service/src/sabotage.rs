//! Sabotage: switches one guard off, so that the storm can prove that it would see the guard missing. No release build has the switch.

/// A guard that can be switched off, by its name in `GEMILANG_SABOTAGE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guard {
    /// An op that was seen before is known again by its id.
    Dedupe,
    /// A reader's cursor stops where an open transaction could still put a row.
    Cursor,
}

/// Whether a guard is switched off.
#[cfg(all(feature = "sabotage", debug_assertions))]
pub(crate) fn is_off(guard: Guard) -> bool {
    static OFF: std::sync::LazyLock<Option<Guard>> =
        std::sync::LazyLock::new(|| match std::env::var("GEMILANG_SABOTAGE").ok()?.as_str() {
            "dedupe" => Some(Guard::Dedupe),
            "cursor" => Some(Guard::Cursor),
            _ => None,
        });
    *OFF == Some(guard)
}

/// No guard can be switched off here.
#[cfg(not(all(feature = "sabotage", debug_assertions)))]
pub(crate) const fn is_off(_: Guard) -> bool {
    false
}
