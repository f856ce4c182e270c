//! Sabotage: switches one guard off, so that the storm can prove that it would see the guard missing. No release build has the switch.

/// Whether ops leave in another order than the one they were written in.
#[cfg(all(feature = "sabotage", debug_assertions))]
pub(crate) fn is_order_off() -> bool {
    static OFF: std::sync::LazyLock<bool> =
        std::sync::LazyLock::new(|| std::env::var("GEMILANG_SABOTAGE").is_ok_and(|guard| guard == "order"));
    *OFF
}

/// They never do here.
#[cfg(not(all(feature = "sabotage", debug_assertions)))]
pub(crate) const fn is_order_off() -> bool {
    false
}
