//! Random histories, and what must be so after each of them.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use gemilang_protocol::desk::views::{Line, OpState};
use gemilang_protocol::{Act, Code, Op, Status};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use uuid::Uuid;

use super::super::event::Event;
use super::service::Mood;
use super::time;
use super::world::World;

/// Something that somebody does, or that befalls the line between.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Reply(u8),
    Note(u8),
    Change(u8),
    Read(u8),
    /// A reply that the service refuses for good, or always stumbles over.
    Bad(u8, bool),
    Withdraw(u8),
    Edit(u8),
    Retry(u8),
    /// A colleague answers.
    News(u8),
    Network(bool),
    /// The machine notices a change of its network.
    Noticed,
    Cut,
    Mood(u8),
    Horizon(bool),
    Restore(u8),
    Sleep(u16),
    Jump(i32),
    Disk(bool),
    Restart,
    Nudge,
}

fn deeds() -> impl Strategy<Value = Deed> {
    prop_oneof![
        8 => (0u8..3).prop_map(Deed::Reply),
        4 => (0u8..3).prop_map(Deed::Note),
        3 => (0u8..3).prop_map(Deed::Change),
        2 => (0u8..3).prop_map(Deed::Read),
        2 => (0u8..3, any::<bool>()).prop_map(|(ticket, stumbles)| Deed::Bad(ticket, stumbles)),
        4 => any::<u8>().prop_map(Deed::Withdraw),
        4 => any::<u8>().prop_map(Deed::Edit),
        3 => any::<u8>().prop_map(Deed::Retry),
        2 => (0u8..3).prop_map(Deed::News),
        4 => any::<bool>().prop_map(Deed::Network),
        1 => Just(Deed::Noticed),
        3 => Just(Deed::Cut),
        4 => (0u8..8).prop_map(Deed::Mood),
        2 => any::<bool>().prop_map(Deed::Horizon),
        1 => (0u8..6).prop_map(Deed::Restore),
        1 => (1u16..20_000).prop_map(Deed::Sleep),
        1 => prop_oneof![Just(3 * 3600), Just(-3600), Just(3 * 86_400), -60..60].prop_map(Deed::Jump),
        1 => any::<bool>().prop_map(Deed::Disk),
        2 => Just(Deed::Restart),
        1 => Just(Deed::Nudge),
    ]
}

/// A moment in milliseconds, and what happens then.
fn histories() -> impl Strategy<Value = Vec<(u16, Deed)>> {
    let pause = prop_oneof![6 => 0u16..200, 3 => 200u16..3_000, 1 => 3_000u16..30_000];
    proptest::collection::vec((pause, deeds()), 1..50)
}

/// Somebody at the desk, who remembers what they wrote.
struct Author {
    /// With their places in the order: other words take the place of the first ones.
    written: Vec<(usize, Op)>,
    made: u128,
}

impl Author {
    fn id(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u128(self.made)
    }

    fn write(&mut self, world: &mut World, ticket: u8, act: Act) {
        let op_id = self.id();
        let ticket_id = Uuid::from_u128(u128::from(ticket) << 64);
        // They see the service's thread as far as the feed has brought it.
        let seen_n = world.service.n(ticket_id);
        let op = Op { op_id, ticket_id, seen_n, written_at: time(world.now), act };
        self.written.push((self.written.len(), op.clone()));
        world.desk.file.outbox.write(op);
        world.tell(Event::Written);
    }

    /// One of the items in the outbox.
    fn chosen(world: &World, which: u8) -> Option<Op> {
        let items = &world.desk.file.outbox.items;
        (!items.is_empty()).then(|| items[usize::from(which) % items.len()].op.clone())
    }

    fn do_it(&mut self, world: &mut World, deed: Deed) {
        let made = self.made;
        let reply = |text: &str| Act::Reply { message: format!("{text} {made}") };
        match deed {
            Deed::Reply(ticket) => self.write(world, ticket, reply("Baik Kak")),
            Deed::Bad(ticket, true) => self.write(world, ticket, reply("tersandung")),
            Deed::Bad(ticket, false) => self.write(world, ticket, reply("ditolak")),
            Deed::Note(ticket) => self.write(world, ticket, Act::Note { note: format!("catatan {made}") }),
            Deed::Change(ticket) => {
                self.write(world, ticket, Act::Status { from: Status::Open, to: Status::Resolved });
            }
            Deed::Read(ticket) => self.write(world, ticket, Act::Read { up_to: 1 }),
            Deed::Withdraw(which) => {
                if let Some(op) = Self::chosen(world, which) {
                    world.desk.file.outbox.want(op.op_id, None);
                    world.tell(Event::Written);
                }
            }
            Deed::Edit(which) => {
                if let Some(op) = Self::chosen(world, which)
                    && matches!(op.act, Act::Reply { .. })
                {
                    let edited = Op { op_id: self.id(), act: reply("diubah"), ..op.clone() };
                    let of = self.written.iter().find(|(_, it)| it.op_id == op.op_id);
                    self.written.push((of.map_or(0, |(place, _)| *place), edited.clone()));
                    world.desk.file.outbox.want(op.op_id, Some(edited));
                    world.tell(Event::Written);
                }
            }
            Deed::Retry(which) => {
                if let Some(op) = Self::chosen(world, which) {
                    let fresh = self.id();
                    let seen_n = world.service.n(op.ticket_id);
                    world.desk.file.outbox.retry(op.op_id, seen_n, fresh);
                    world.tell(Event::Written);
                }
            }
            other => befall(world, other),
        }
    }
}

/// What nobody at the desk does.
fn befall(world: &mut World, deed: Deed) {
    match deed {
        Deed::News(ticket) => {
            world.service.news(Uuid::from_u128(u128::from(ticket) << 64), world.now);
            world.flush();
        }
        Deed::Network(up) => world.network(up),
        Deed::Noticed => world.tell(Event::Network),
        Deed::Cut => world.cut(),
        Deed::Mood(mood) => {
            world.service.mood = match mood {
                0 => Mood::Away,
                1 => Mood::Busy,
                2 => Mood::TooOld,
                3 => Mood::Revoked,
                _ => Mood::Good,
            };
        }
        Deed::Horizon(on) => {
            world.service.horizon = on.then_some((world.service.rows.len(), world.now));
            world.flush();
        }
        Deed::Restore(lost) => world.restore(usize::from(lost)),
        Deed::Sleep(seconds) => world.sleep(Duration::from_secs(u64::from(seconds))),
        Deed::Jump(seconds) => world.ahead += i64::from(seconds),
        Deed::Disk(full) => world.desk.file.is_full = full,
        Deed::Restart => world.restart(world.now.as_millis() as u64),
        Deed::Nudge => world.tell(Event::Nudge),
        _ => unreachable!("people do these"),
    }
}

/// Everything is good again. What was asked of a person is done: sign in, update, try again.
fn calm(world: &mut World) {
    world.wild = false;
    world.network(true);
    world.service.mood = Mood::Good;
    world.service.horizon = None;
    world.desk.file.is_full = false;
    if matches!(world.desk.plan.line(), Line::SessionEnded | Line::AppTooOld) {
        world.tell(Event::Nudge);
    }
    // Long enough for every wait, and for an answer that never comes.
    world.run(Duration::from_secs(150));
    if matches!(world.desk.plan.line(), Line::SessionEnded | Line::AppTooOld) {
        world.tell(Event::Nudge);
        world.run(Duration::from_secs(150));
    }
}

fn play(history: &[(u16, Deed)], seed: u64) {
    let mut world = World::new(seed);
    let mut author = Author { written: Vec::new(), made: 0 };
    for (pause, deed) in history {
        let before = (world.desk.requests, world.now, world.service.rows.len());
        world.run(Duration::from_millis(u64::from(*pause)));
        let seconds = (world.now - before.1).as_secs() as usize;
        let sent = world.desk.requests - before.0;
        // Bursts when a line comes back; then no more than what waits allow and rows cause.
        assert!(sent <= 60 + 12 * seconds, "{sent} requests in {seconds} s");
        author.do_it(&mut world, *deed);
    }
    calm(&mut world);
    let requests = world.desk.requests;
    world.run(Duration::from_secs(60));
    for (place, item) in world.desk.file.outbox.items.iter().enumerate() {
        let waits = matches!(item.state, OpState::Held | OpState::Failed);
        let behind = world.desk.file.outbox.items[..place].iter().any(|earlier| {
            let is_reply = matches!(earlier.op.act, Act::Reply { .. });
            is_reply && earlier.op.ticket_id == item.op.ticket_id && earlier.state != OpState::Sent
        });
        assert!(!item.is_wished() && (waits || behind), "asleep with work to do: {item:?} {:?}", world.desk.plan);
    }
    assert_eq!(world.desk.plan.line(), Line::Live);
    assert_eq!(world.desk.requests, requests, "nothing to do, and it asks");
    agree(&world, &author);
}

/// Desk and service hold the same, and every op ended once.
fn agree(world: &World, author: &Author) {
    let have: Vec<_> = world.desk.file.have.iter().copied().collect();
    assert_eq!(have, (0..world.service.rows.len()).collect::<Vec<_>>());
    let mut landed: HashMap<Uuid, i64> = HashMap::new();
    for row in &world.service.rows {
        if let Some(op) = row.op.filter(|_| !row.voided) {
            assert!(landed.insert(op, row.n).is_none(), "landed twice: {op}");
        }
    }
    let outbox = &world.desk.file.outbox;
    let waiting: HashMap<_, _> = outbox.items.iter().map(|item| (item.op.op_id, item)).collect();
    assert_eq!(waiting.len(), outbox.items.len(), "one item for each op");
    for (op, item) in &waiting {
        assert!(!landed.contains_key(op), "landed, and waits for its author: {item:?}");
        assert_eq!(item.state == OpState::Failed, item.reason.is_some(), "{item:?}");
    }
    let restored = world.service.generation > 1;
    for op in &outbox.taken_back {
        // A restored service may have forgotten that an id was void; a late copy finds it so.
        assert!(restored || !landed.contains_key(op), "taken back, and landed: {op}");
    }
    let decided: HashSet<_> = outbox.decided.iter().collect();
    let mut last: HashMap<Uuid, i64> = HashMap::new();
    let mut written: Vec<_> = author.written.iter().collect();
    written.sort_by_key(|(place, _)| *place);
    for (_, op) in written {
        if decided.contains(&op.op_id) || matches!(op.act, Act::Read { .. }) {
            continue;
        }
        match landed.get(&op.op_id) {
            // As it was written, and behind what was written before.
            Some(_) if outbox.late.contains(&op.op_id) => {}
            Some(n) => {
                let before = last.insert(op.ticket_id, *n);
                assert!(restored || before.is_none_or(|before| before < *n), "out of order: {op:?}");
            }
            None => assert!(waiting.contains_key(&op.op_id), "neither landed nor waiting nor taken back: {op:?}"),
        }
    }
    for (op, item) in waiting {
        assert!(item.reason != Some(Code::LostByRestore) || restored, "{op} was not lost");
    }
}

fn cases() -> ProptestConfig {
    let more = ProptestConfig::default();
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    match more.rng_seed {
        RngSeed::Random => {
            ProptestConfig { rng_seed: RngSeed::Fixed(7), cases: if asked { more.cases } else { 2_000 }, ..more }
        }
        RngSeed::Fixed(_) => more,
    }
}

proptest! {
    // The same histories every time; `PROPTEST_RNG_SEED` and `PROPTEST_CASES` ask for others and for more.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..cases() })]

    #[test]
    fn whatever_happened_desk_and_service_agree_in_the_end(history in histories(), seed: u64) {
        play(&history, seed);
    }
}
