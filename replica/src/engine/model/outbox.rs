//! An outbox in memory: what `crate::outbox` keeps in the file, with the same two pure choices at its heart.

use gemilang_protocol::desk::views::{OpState, Wish};
use gemilang_protocol::{Act, Code, Op, OpAnswer, Outcome, PushRequest, VoidRequest};
use uuid::Uuid;

use super::super::super::outbox::batch::{Waiting, choose};
use super::super::super::outbox::fate::{Fate, fate};

#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) op: Op,
    pub(super) state: OpState,
    pub(super) reason: Option<Code>,
    wish: Option<(Wish, Option<Op>)>,
    frozen: bool,
    tries: i64,
    landed_n: i64,
}

impl Item {
    fn new(op: Op, state: OpState, reason: Option<Code>) -> Self {
        Self { op, state, reason, wish: None, frozen: false, tries: 0, landed_n: 0 }
    }

    pub(super) fn is_wished(&self) -> bool {
        self.wish.is_some()
    }
}

/// The outbox, and what was taken back so that it must never land.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    pub(super) items: Vec<Item>,
    pub(super) taken_back: Vec<Uuid>,
    /// Ops whose place in the order their author changed by a decision of their own.
    pub(super) decided: Vec<Uuid>,
    /// Words that came too late to take the place of others, and went to the end of the order.
    pub(super) late: Vec<Uuid>,
    sent: Vec<Op>,
}

impl Outbox {
    pub(super) fn write(&mut self, op: Op) {
        self.items.push(Item::new(op, OpState::Queued, None));
    }

    pub(super) fn thaw(&mut self) {
        for item in self.items.iter_mut().filter(|item| item.state == OpState::Sending) {
            item.state = OpState::Queued;
        }
    }

    pub(super) fn claim(&mut self, most: usize) -> Vec<Op> {
        self.thaw();
        let waiting: Vec<_> = self
            .items
            .iter()
            .filter(|item| item.state != OpState::Sent)
            .map(|item| Waiting { op: item.op.clone(), state: item.state, wished: item.is_wished(), early: false })
            .collect();
        let ops = choose(&waiting, most.min(PushRequest::MOST));
        for op in &ops {
            self.parents_are_sent(op, &ops);
            let item = self.find(op.op_id).unwrap();
            item.state = OpState::Sending;
            item.frozen = true;
            item.tries += 1;
        }
        ops
    }

    /// Nothing leaves but behind the reply that it follows in its ticket, or once that has landed.
    fn parents_are_sent(&self, op: &Op, with: &[Op]) {
        let place = self.items.iter().position(|item| item.op.op_id == op.op_id).unwrap();
        for earlier in &self.items[..place] {
            let same = earlier.op.ticket_id == op.ticket_id && earlier.state != OpState::Sent;
            let is_reply = matches!(earlier.op.act, Act::Reply { .. });
            let waits = same && (is_reply || earlier.state == OpState::Queued) && !matches!(op.act, Act::Read { .. });
            let before = with.iter().take_while(|other| other.op_id != op.op_id);
            assert!(
                !waits || before.into_iter().any(|other| other.op_id == earlier.op.op_id),
                "{op:?} overtakes {earlier:?}"
            );
        }
    }

    pub(super) fn find(&mut self, op: Uuid) -> Option<&mut Item> {
        self.items.iter_mut().find(|item| item.op.op_id == op)
    }

    fn take_out(&mut self, op: Uuid) {
        self.items.retain(|item| item.op.op_id != op);
    }

    pub(super) fn settle(&mut self, ops: &[Op], answers: &[OpAnswer]) -> bool {
        let mut again = false;
        for op in ops {
            let outcome = answers.iter().find(|answer| answer.op_id == op.op_id).map(|answer| &answer.outcome);
            let (tries, wished) = self.find(op.op_id).map_or((0, false), |item| (item.tries, item.is_wished()));
            match fate(&op.act, wished, tries, outcome) {
                Fate::Landed(n) => self.landed(op.op_id, n),
                Fate::Void => self.void(op.op_id),
                Fate::Held(_) => self.wait_for_author(op.op_id, OpState::Held, None),
                Fate::Failed(code, _) => self.wait_for_author(op.op_id, OpState::Failed, Some(code)),
                Fate::Gone => self.take_out(op.op_id),
                behind_or_again @ (Fate::Behind | Fate::Again { .. }) => {
                    again |= behind_or_again == Fate::Again { later: true };
                    if let Some(item) = self.find(op.op_id).filter(|item| item.state == OpState::Sending) {
                        item.state = OpState::Queued;
                    }
                }
            }
        }
        again
    }

    fn wait_for_author(&mut self, op: Uuid, state: OpState, reason: Option<Code>) {
        self.decided.push(op);
        if let Some(item) = self.find(op) {
            (item.state, item.reason) = (state, reason);
            item.frozen &= state != OpState::Held || item.tries > 1;
        }
    }

    fn landed(&mut self, op: Uuid, n: i64) {
        self.too_late(op);
        if let Some(item) = self.find(op) {
            (item.state, item.landed_n) = (OpState::Sent, n);
        }
    }

    /// It has landed: words that were to take its place become an item of their own.
    fn too_late(&mut self, op: Uuid) {
        if let Some(item) = self.find(op)
            && let Some((_, Some(edited))) = item.wish.take()
        {
            self.late.push(edited.op_id);
            self.items.push(Item::new(edited, OpState::Failed, Some(Code::AlreadySent)));
        }
    }

    fn void(&mut self, op: Uuid) {
        let Some(item) = self.find(op) else { return };
        match item.wish.take() {
            Some((_, Some(edited))) => *item = Item::new(edited, OpState::Queued, None),
            _ => self.take_out(op),
        }
        self.decided.push(op);
        self.taken_back.push(op);
    }

    /// Its author wants it back, or other words in its place.
    pub(super) fn want(&mut self, op: Uuid, edited: Option<Op>) {
        let fresh = edited.as_ref().map(|edited| edited.op_id);
        let Some(item) = self.find(op).filter(|item| item.state != OpState::Sent) else {
            // They are told so, and still have their words.
            self.decided.extend(fresh);
            return;
        };
        let is_certain = match item.state {
            OpState::Held => !item.frozen,
            OpState::Failed => item.reason != Some(Code::Unknown),
            OpState::Queued => !item.frozen,
            OpState::Sending | OpState::Sent => false,
        };
        let before = item.wish.take().and_then(|(_, edited)| edited).map(|edited| edited.op_id);
        let wish = if edited.is_some() { Wish::Edit } else { Wish::Withdraw };
        item.wish = Some((wish, edited));
        if matches!(item.state, OpState::Held | OpState::Failed) {
            item.state = OpState::Queued;
        }
        self.decided.push(op);
        self.decided.extend(before);
        if self.late.contains(&op) {
            self.late.extend(fresh);
        }
        if is_certain {
            self.void(op);
        }
    }

    pub(super) fn retry(&mut self, op: Uuid, seen_n: i64, fresh: Uuid) {
        let Some(item) = self.find(op) else { return };
        if matches!(item.state, OpState::Held | OpState::Failed) {
            let was_held = item.state == OpState::Held;
            item.state = OpState::Queued;
            item.op.seen_n = seen_n;
            item.tries = i64::from(was_held && item.frozen);
            item.frozen &= was_held || item.reason == Some(Code::Unknown);
            if item.reason.take() == Some(Code::Voided) {
                item.op.op_id = fresh;
            }
            let ticket = item.op.ticket_id;
            self.decided.extend([op, fresh]);
            if was_held {
                self.followers_saw(ticket, seen_n);
            }
        }
    }

    /// What waits behind a held reply goes on as of the news that its author has seen.
    fn followers_saw(&mut self, ticket: Uuid, seen_n: i64) {
        for item in self.items.iter_mut().filter(|item| item.op.ticket_id == ticket && item.state == OpState::Queued) {
            item.op.seen_n = item.op.seen_n.max(seen_n);
        }
    }

    pub(super) fn to_void(&self) -> Vec<VoidRequest> {
        let asked = self.items.iter().filter(|item| item.is_wished() && item.state == OpState::Queued);
        asked.map(|item| VoidRequest { op_id: item.op.op_id, ticket_id: item.op.ticket_id }).collect()
    }

    pub(super) fn voided(&mut self, answer: &OpAnswer) {
        match &answer.outcome {
            Outcome::Landed { n, .. } => self.landed(answer.op_id, *n),
            Outcome::Held { .. } | Outcome::Behind | Outcome::Refused { .. } => self.void(answer.op_id),
        }
    }

    /// The feed brought an op back.
    pub(super) fn confirmed(&mut self, op: Uuid, voided: bool) -> bool {
        let Some(item) = self.find(op) else { return false };
        match (voided, item.is_wished()) {
            (true, true) => self.void(op),
            (true, false) => self.wait_for_author(op, OpState::Failed, Some(Code::Voided)),
            (false, _) => {
                self.too_late(op);
                let item = self.find(op).unwrap().op.clone();
                self.take_out(op);
                self.sent.push(item);
            }
        }
        !self.items.is_empty()
    }

    /// The service was restored: what has landed and is not confirmed yet may be gone.
    pub(super) fn unsure(&mut self) {
        for item in self.items.iter_mut().filter(|item| item.state == OpState::Sent) {
            item.state = OpState::Queued;
        }
    }

    pub(super) fn all_sent(&self) -> Vec<Uuid> {
        self.sent.iter().map(|op| op.op_id).collect()
    }

    pub(super) fn compared(&mut self, asked: &[Uuid], known: &[Uuid]) {
        let gone = |op: &Op| asked.contains(&op.op_id) && !known.contains(&op.op_id);
        for op in self.sent.iter().filter(|op| gone(op)) {
            self.decided.push(op.op_id);
            self.items.push(Item::new(op.clone(), OpState::Failed, Some(Code::LostByRestore)));
        }
        self.sent.retain(|op| !gone(op));
    }
}
