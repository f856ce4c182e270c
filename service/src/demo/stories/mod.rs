//! The demo's stories, by what they are about: what couples really ask a wedding organizer, and how a good one answers.

/// What was ordered, and everything else.
mod orders;
/// Instalments, proofs, receipts.
mod payments;
/// Hours, rehearsals, running orders.
mod schedules;
/// Make-up, food, flowers, music.
mod vendors;

use super::story::Story;

/// All of them.
pub(super) fn all() -> impl Iterator<Item = &'static Story> {
    [schedules::STORIES, payments::STORIES, vendors::STORIES, orders::STORIES].into_iter().flatten()
}
