//! Merging: two tickets of one customer become one conversation. Nothing moves and nothing is renumbered: the one that goes in names the one that goes on, and both are read together.

use serde::{Deserialize, Serialize};

use crate::{Internal, Status, TicketRef, Time};

/// That a ticket went into another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// The one that goes on.
    pub into: TicketRef,
    /// Where it stood before: there it stands again when this is undone.
    pub was: Status,
}

impl Internal {
    /// Tickets that may be read together with the one that goes on.
    pub const PARTS_MOST: usize = 20;

    /// A ticket goes into this one, with those that had gone into it before.
    pub fn absorb(&mut self, ticket: TicketRef, parts: &[TicketRef]) {
        self.release(ticket, parts);
        self.parts.push(ticket);
        self.parts.extend_from_slice(parts);
    }

    /// It goes its own way again, with those.
    pub fn release(&mut self, ticket: TicketRef, parts: &[TicketRef]) {
        self.parts.retain(|it| it.id != ticket.id && parts.iter().all(|part| part.id != it.id));
    }
}

/// Tickets that are read together, as one list: each keeps its own order, and what comes next is the earlier by the service's
/// clock. At the same time the list that was named first comes first: the one that goes on. Beside each thing stands the list it is of.
pub fn interleave<T>(lists: Vec<Vec<T>>, at: impl Fn(&T) -> Time) -> Vec<(usize, T)> {
    let mut all = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    let mut lists: Vec<_> = lists.into_iter().map(|list| list.into_iter().peekable()).collect();
    loop {
        // The first of those that are equally early.
        let next = lists.iter_mut().enumerate().filter_map(|(of, list)| Some((at(list.peek()?), of))).min();
        let Some((_, of)) = next else { return all };
        all.extend(lists[of].next().map(|it| (of, it)));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{Act, EventBody, TicketNumber};

    fn json(it: &impl Serialize) -> serde_json::Value {
        serde_json::to_value(it).expect("json")
    }

    fn at(second: i64) -> Time {
        Time::UNIX_EPOCH + chrono::TimeDelta::seconds(second)
    }

    #[test]
    fn what_was_said_earlier_comes_first_and_no_list_is_turned_around() {
        // The third of the first list was committed late: its place is its `n`'s to say.
        let lists = vec![vec![1, 5, 4, 9], vec![2, 5, 6], vec![]];
        let together = interleave(lists, |second| at(*second));
        assert_eq!(together, [(0, 1), (1, 2), (0, 5), (0, 4), (1, 5), (1, 6), (0, 9)]);
    }

    #[test]
    fn it_reads_on_the_wire_as_desks_and_services_know_it() {
        let into = TicketRef { id: Uuid::nil(), number: TicketNumber(1021) };
        let named = serde_json::json!({ "id": Uuid::nil(), "number": "GW-1021" });
        let internal =
            Internal { merged: Some(Merged { into, was: Status::Open }), parts: vec![into], ..Internal::default() };
        assert_eq!(
            json(&internal),
            serde_json::json!({ "merged": { "into": named, "was": "open" }, "parts": [named] })
        );
        assert_eq!(serde_json::from_value::<Internal>(json(&internal)).ok(), Some(internal));
        let events = [
            (EventBody::Merged { into }, "merged", "into"),
            (EventBody::Unmerged { from: into }, "unmerged", "from"),
            (EventBody::Absorbed { ticket: into }, "absorbed", "ticket"),
            (EventBody::Released { ticket: into }, "released", "ticket"),
        ];
        for (body, kind, field) in events {
            assert_eq!(json(&body), serde_json::json!({ "kind": kind, "data": { field: named } }));
            assert!(body.kind() == kind && body.is_internal() && !body.is_silent());
        }
        let act = Act::Merge { into: Uuid::nil(), on: true };
        assert_eq!(json(&act), serde_json::json!({ "act": "merge", "into": Uuid::nil(), "on": true }));
    }

    #[test]
    fn who_goes_in_brings_those_along_that_went_in_before() {
        let ticket = |n: i64| TicketRef { id: Uuid::from_u128(n.unsigned_abs().into()), number: TicketNumber(n) };
        let mut internal = Internal::default();
        internal.absorb(ticket(1), &[ticket(2), ticket(3)]);
        internal.absorb(ticket(4), &[]);
        internal.absorb(ticket(1), &[ticket(2), ticket(3)]);
        assert_eq!(internal.parts, [4, 1, 2, 3].map(ticket));
        internal.release(ticket(1), &[ticket(2), ticket(3)]);
        assert_eq!(internal.parts, [ticket(4)]);
    }

    proptest! {
        #[test]
        fn everything_is_told_once_and_in_its_own_order(
            lists in prop::collection::vec(prop::collection::vec(0i64..20, 0..12), 0..5)
        ) {
            let named: Vec<Vec<(usize, i64)>> =
                lists.iter().map(|list| list.iter().copied().enumerate().collect()).collect();
            let together = interleave(named.clone(), |(_, second)| at(*second));
            prop_assert_eq!(&together, &interleave(named.clone(), |(_, second)| at(*second)));
            for (of, list) in named.iter().enumerate() {
                let own: Vec<_> = together.iter().filter(|(it, _)| *it == of).map(|(_, thing)| *thing).collect();
                prop_assert_eq!(&own, list);
            }
            prop_assert_eq!(together.len(), lists.iter().map(Vec::len).sum::<usize>());
            // Lists that are in the order of their times make one that is.
            let sorted: Vec<Vec<i64>> = lists.into_iter().map(|mut list| { list.sort_unstable(); list }).collect();
            let together = interleave(sorted, |second| at(*second));
            prop_assert!(together.is_sorted_by_key(|(of, second)| (*second, *of)));
        }
    }
}
