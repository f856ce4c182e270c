//! The power goes: of what was written last the disk has as much as it has. The place in the feed is never ahead of the rows.

use gemilang_replica::Replica;
use gemilang_service::testing::start_of_time;
use uuid::Uuid;

use crate::sample::{Desk, Story, me};

/// Points at which the log ends.
const CUTS: u64 = 250;

/// Spread evenly over the log, and never twice the same way within a frame.
fn cut(nth: u64, of: usize) -> usize {
    let share = (nth * 2 + 1) as f64 / (CUTS * 2) as f64;
    let spread = nth.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 52;
    ((of as f64 * share) as usize + spread as usize).min(of)
}

#[tokio::test]
async fn wherever_the_log_ends_the_place_is_not_ahead_of_the_rows() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Dekorasi");
    let ticket = story.id();
    desk.apply(vec![story.filed("Pesan 1")]).await;
    for n in 2..=60 {
        desk.apply(vec![story.customer(&format!("Pesan {n}"))]).await;
        if n % 20 == 0 {
            let act = gemilang_protocol::Act::Reply { message: format!("Jawaban {n}") };
            desk.replica.write(Uuid::now_v7(), ticket, act, start_of_time()).await.unwrap();
        }
    }
    let file = desk.replica.path().to_owned();
    let log = std::fs::read(file.with_extension("db-wal")).unwrap();
    let tables = std::fs::read(&file).unwrap();

    let mut places = std::collections::BTreeSet::new();
    for nth in 0..CUTS {
        let dir = tempfile::tempdir().unwrap();
        let after = dir.path().join("replica.db");
        std::fs::write(&after, &tables).unwrap();
        std::fs::write(after.with_extension("db-wal"), &log[..cut(nth, log.len())]).unwrap();
        let replica = Replica::open(&after, me()).await.unwrap();
        // The first page brought no message.
        let place = replica.standing().await.unwrap().cursor.map_or(1, |cursor| cursor.0.parse().unwrap());
        let thread = replica.thread(ticket).await;
        let messages = thread.as_ref().map_or(0, |thread| thread.messages.len());
        assert_eq!(messages + 1, place, "cut {nth}");
        if let Ok(thread) = thread {
            assert_eq!(thread.ticket.n as usize, messages);
            assert!(thread.unsent.len() >= (messages - 1) / 20, "what was written before is there too: cut {nth}");
        }
        places.insert(place);
    }
    assert!(places.len() > 30, "the cuts fell everywhere: {places:?}");
}
