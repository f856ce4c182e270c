//! Which ops may leave now: a pure choice. In order per ticket; a reply that is held or has failed keeps later ops of its own ticket back, and nobody else's.
//! What follows a reply leaves with it: the service does it only once that has landed.

use std::collections::HashSet;

use gemilang_protocol::desk::views::OpState;
use gemilang_protocol::{Act, Op, PushRequest};
use uuid::Uuid;

/// Bytes of one push: under the service's limit for a body, with room for its frame.
const BYTES: usize = 200 * 1024;

/// An op of the outbox.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    pub(crate) op: Op,
    pub(crate) state: OpState,
    /// Its author wants it back, or other words instead: it leaves no more.
    pub(crate) wished: bool,
    /// Its author may still take it back: it does not leave yet.
    pub(crate) early: bool,
}

/// The ops to send now, of all that are not sent, in the order written.
pub(crate) fn choose(waiting: &[Waiting], most: usize) -> Vec<Op> {
    let most = most.min(PushRequest::MOST);
    let mut blocked: HashSet<Uuid> = HashSet::new();
    let mut chosen = Vec::new();
    let mut bytes = 0;
    for Waiting { op, state, wished, early } in waiting {
        let is_reply = matches!(op.act, Act::Reply { .. });
        // Having read something depends on nothing the person wrote.
        let waits = blocked.contains(&op.ticket_id) && !matches!(op.act, Act::Read { .. });
        match state {
            OpState::Queued if !waits && !wished && !early => {
                let size = serde_json::to_vec(op).map_or(BYTES, |json| json.len());
                if chosen.len() == most || (bytes + size > BYTES && !chosen.is_empty()) {
                    break;
                }
                bytes += size;
                chosen.push(op.clone());
            }
            OpState::Queued | OpState::Sending => {
                blocked.insert(op.ticket_id);
            }
            OpState::Held | OpState::Failed if is_reply => {
                blocked.insert(op.ticket_id);
            }
            OpState::Held | OpState::Failed | OpState::Sent => {}
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reply(ticket: u128, id: u128, state: OpState) -> Waiting {
        waiting(ticket, id, state, Act::Reply { message: String::from("Halo") })
    }

    fn waiting(ticket: u128, id: u128, state: OpState, act: Act) -> Waiting {
        Waiting {
            op: Op {
                op_id: Uuid::from_u128(id),
                ticket_id: Uuid::from_u128(ticket),
                seen_n: 1,
                written_at: gemilang_protocol::Time::default(),
                act,
            },
            state,
            wished: false,
            early: false,
        }
    }

    fn ids(ops: &[Op]) -> Vec<u128> {
        ops.iter().map(|op| op.op_id.as_u128()).collect()
    }

    #[test]
    fn a_held_reply_keeps_back_its_own_ticket_only() {
        let all = [
            reply(1, 10, OpState::Held),
            reply(2, 11, OpState::Queued),
            waiting(1, 12, OpState::Queued, Act::Note { note: String::from("x") }),
            waiting(1, 13, OpState::Queued, Act::Read { up_to: 3 }),
            waiting(2, 14, OpState::Queued, Act::Note { note: String::from("y") }),
        ];
        assert_eq!(ids(&choose(&all, 100)), [11, 13, 14]);
    }

    #[test]
    fn a_whole_conversation_leaves_at_once_in_its_order() {
        let note = waiting(1, 11, OpState::Queued, Act::Note { note: String::from("x") });
        let all = [reply(1, 10, OpState::Queued), note, reply(2, 12, OpState::Queued), reply(1, 13, OpState::Queued)];
        assert_eq!(ids(&choose(&all, 100)), [10, 11, 12, 13]);
        assert_eq!(ids(&choose(&all, 2)), [10, 11]);
    }

    #[test]
    fn what_its_author_wants_back_leaves_no_more_and_keeps_what_follows() {
        let mut unsure = reply(1, 10, OpState::Queued);
        unsure.wished = true;
        let all = [unsure, reply(1, 11, OpState::Queued), reply(2, 12, OpState::Queued)];
        assert_eq!(ids(&choose(&all, 100)), [12]);
    }

    #[test]
    fn what_can_still_be_taken_back_keeps_what_follows() {
        let mut early = reply(1, 10, OpState::Queued);
        early.early = true;
        let then = Act::Status { from: gemilang_protocol::Status::Open, to: gemilang_protocol::Status::Resolved };
        let all = [early, waiting(1, 11, OpState::Queued, then), reply(2, 12, OpState::Queued)];
        assert_eq!(ids(&choose(&all, 100)), [12]);
    }

    #[test]
    fn a_failed_change_keeps_nothing_back() {
        let failed = Act::Assign { from: None, to: None };
        let all = [waiting(1, 10, OpState::Failed, failed), reply(1, 11, OpState::Queued)];
        assert_eq!(ids(&choose(&all, 100)), [11]);
    }

    #[test]
    fn long_texts_leave_in_several_pushes() {
        let long = "🙏".repeat(10_000);
        let all: Vec<_> =
            (1..=20).map(|id| waiting(id, id, OpState::Queued, Act::Reply { message: long.clone() })).collect();
        let first = choose(&all, 100);
        assert!((1..20).contains(&first.len()), "{}", first.len());
    }

    proptest! {
        #[test]
        fn order_within_a_ticket_is_never_broken(
            history in proptest::collection::vec((0u128..4, 0usize..4, any::<bool>()), 0..40)
        ) {
            let states = [OpState::Queued, OpState::Held, OpState::Failed, OpState::Sent];
            let all: Vec<_> = history
                .iter()
                .enumerate()
                .map(|(id, (ticket, state, note))| {
                    let act = if *note {
                        Act::Note { note: String::from("n") }
                    } else {
                        Act::Reply { message: String::from("m") }
                    };
                    waiting(*ticket, id as u128, states[*state], act)
                })
                .collect();
            let chosen = ids(&choose(&all, 100));
            prop_assert!(chosen.is_sorted());
            for (place, item) in all.iter().enumerate() {
                let id = item.op.op_id.as_u128();
                let kept_back = all[..place].iter().any(|earlier| {
                    earlier.op.ticket_id == item.op.ticket_id
                        && matches!(earlier.op.act, Act::Reply { .. })
                        && matches!(earlier.state, OpState::Held | OpState::Failed)
                });
                prop_assert_eq!(
                    chosen.contains(&id),
                    item.state == OpState::Queued && !kept_back
                );
            }
        }
    }
}
