//! The file: opened again, damaged, not ours.

use std::path::Path;

use gemilang_protocol::desk::views::OpState;
use gemilang_protocol::{Act, Code, OpAnswer, Outcome};
use gemilang_replica::{Replica, ReplicaError};
use sqlx::{Connection, SqliteConnection};
use uuid::Uuid;

use crate::sample::{Desk, ME, Story, at, me};

#[tokio::test]
async fn what_was_written_is_there_after_a_crash() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Dekorasi");
    desk.apply(vec![story.filed("Vendor dekorasi belum tiba.")]).await;
    let op = Uuid::now_v7();
    let act = Act::Reply { message: String::from("Baik, Kak.") };
    desk.replica.write(op, story.id(), act, at(1)).await.unwrap();
    assert_eq!(desk.replica.claim(100, at(2)).await.unwrap().len(), 1);

    // Opened again while the first was never closed, as after a kill.
    let replica = Replica::open(desk.replica.path(), me()).await.unwrap();
    let outbox = replica.outbox().await.unwrap();
    assert_eq!(outbox[0].op_id, op);
    assert_eq!(outbox[0].state, OpState::Queued, "nothing is on the wire after a crash");
    // It was on the wire once: it may have landed.
    assert!(outbox[0].perhaps_sent);
}

#[tokio::test]
async fn something_else_is_called_damaged() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("replica.db");
    std::fs::write(&file, "bukan basis data, hanya teks biasa ".repeat(200)).unwrap();
    let opened = Replica::open(&file, me()).await;
    assert!(matches!(opened, Err(ReplicaError::Damaged(_))), "{:?}", opened.err());
}

#[tokio::test]
async fn a_damaged_page_is_found_after_a_crash() {
    let mut desk = Desk::new().await;
    for number in 1000..1200 {
        let mut story = Story::new(number, "Dekorasi");
        desk.apply(vec![story.filed("Vendor dekorasi belum tiba.")]).await;
    }
    let file = desk.replica.path().to_owned();
    desk.replica.close().await.unwrap();
    damage(&file, 0.5).await;
    let opened = Replica::open(&file, me()).await;
    assert!(matches!(opened, Err(ReplicaError::Damaged(_))), "{:?}", opened.err());
}

/// In use when the power went, and the disk lost a few pages of what was there.
async fn damage(file: &Path, place: f64) {
    let mut connection = SqliteConnection::connect(file.to_str().unwrap()).await.unwrap();
    sqlx::query("update sync set closed_well = 0").execute(&mut connection).await.unwrap();
    sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let mut bytes = std::fs::read(file).unwrap();
    let pages = bytes.len() / 4096;
    let page = ((pages as f64 * place) as usize).clamp(1, pages - 3);
    bytes[page * 4096..(page + 3) * 4096].fill(0xA5);
    std::fs::write(file, bytes).unwrap();
}

#[tokio::test]
async fn a_damaged_file_is_set_aside_and_no_word_is_lost() {
    // Wherever the damage is: in the tables, in their indexes, in the outbox itself, in the head of the file.
    for place in 0..=20 {
        let mut desk = Desk::new().await;
        let mut story = Story::new(1042, "Dekorasi");
        desk.apply(vec![story.filed("Vendor dekorasi belum tiba.")]).await;
        for number in 1100..1140 {
            desk.apply(vec![Story::new(number, "Dekorasi").filed("Vendor dekorasi belum tiba.")]).await;
        }
        let ticket = story.id();
        let ops: Vec<_> = (0..5).map(|_| Uuid::now_v7()).collect();
        for (number, op) in ops.iter().enumerate() {
            let act = Act::Reply { message: format!("Jawaban {number}") };
            desk.replica.write(*op, ticket, act, at(number as i64)).await.unwrap();
        }
        desk.replica.withdraw(ops[1]).await.unwrap();
        // One that waits for a choice does not leave without it.
        let first = desk.replica.claim(1, at(6)).await.unwrap();
        let outcome = Outcome::Refused { code: Code::NotFound, detail: String::new(), winner: None };
        let answer = OpAnswer { op_id: first[0].op_id, outcome };
        desk.replica.settle(&first, &[answer]).await.unwrap();
        desk.replica.save_draft(ticket, true, "Catatan setengah jadi", at(9)).await.unwrap();
        let file = desk.replica.path().to_owned();
        desk.replica.close().await.unwrap();
        damage(&file, f64::from(place) / 20.0).await;
        if place == 20 {
            std::fs::write(&file, "bukan basis data lagi ".repeat(500)).unwrap();
        }

        let (replica, rescued) = Replica::open_or_rebuild(&file, me(), at(60)).await.unwrap();
        // Pages that nothing uses may be damaged without harm.
        let Some(rescued) = rescued else { continue };
        assert!(rescued.aside.exists() && file.exists(), "{place}");
        let made: Vec<_> = std::fs::read_dir(file.parent().unwrap())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.contains(".new"))
            .collect();
        assert!(made.is_empty(), "{place} {made:?}");
        assert_eq!((rescued.ops, rescued.drafts), (4, 1), "{place}");
        assert!(replica.standing().await.unwrap().rebuilding);
        let outbox = replica.outbox().await.unwrap();
        let kept: Vec<_> = outbox.iter().map(|item| item.op_id).collect();
        assert_eq!(kept, [ops[0], ops[2], ops[3], ops[4]], "{place}");
        assert_eq!((outbox[0].state, outbox[0].reason), (OpState::Failed, Some(Code::NotFound)), "{place}");
        assert!(outbox[1..].iter().all(|item| item.perhaps_sent));
        // What the feed brings anew lies under them again.
        let page = gemilang_protocol::Page {
            from: None,
            to: gemilang_protocol::Cursor(String::from("1")),
            rows: vec![Story::new(1042, "Dekorasi").filed("Vendor dekorasi belum tiba.")],
            more: false,
            complete_to: Some(at(61)),
        };
        replica.apply(page.into(), false).await.unwrap();
        let thread = replica.thread(ticket).await.unwrap();
        assert_eq!((thread.unsent.len(), thread.draft_note.as_str()), (4, "Catatan setengah jadi"));
        assert_eq!(thread.unsent[0].number.0, 1042);
        assert!(!replica.standing().await.unwrap().rebuilding);
        replica.close().await.unwrap();
        assert!(Replica::open_or_rebuild(&file, me(), at(70)).await.unwrap().1.is_none(), "once");
    }
}

#[tokio::test]
async fn a_rescue_that_is_cut_off_is_finished_at_the_next_start() {
    let desk = Desk::new().await;
    desk.replica.close().await.unwrap();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("replica.db");
    std::fs::copy(desk.replica.path(), dir.path().join("replica.db.new")).unwrap();
    // What the damaged one left beside itself stays away from the new one.
    std::fs::write(dir.path().join("replica.db-wal"), other_log().await).unwrap();
    let (replica, rescued) = Replica::open_or_rebuild(&file, me(), at(60)).await.unwrap();
    assert!(rescued.is_none());
    assert!(replica.standing().await.unwrap().first_sync_done, "it is the one that was there");
    assert!(replica.outbox().await.unwrap().is_empty());
}

/// The log of another file, with an op in it.
async fn other_log() -> Vec<u8> {
    let (mut desk, mut story) = (Desk::new().await, Story::new(1042, "Dekorasi"));
    desk.apply(vec![story.filed("Vendor dekorasi belum tiba.")]).await;
    let act = Act::Reply { message: String::from("Baik, Kak.") };
    desk.replica.write(Uuid::now_v7(), story.id(), act, at(1)).await.unwrap();
    std::fs::read(desk.replica.path().with_extension("db-wal")).unwrap()
}

#[tokio::test]
async fn a_newer_apps_file_is_opened_only_if_it_says_so() {
    let desk = Desk::new().await;
    let file = desk.replica.path().to_owned();
    desk.replica.close().await.unwrap();
    let mut connection = SqliteConnection::connect(file.to_str().unwrap()).await.unwrap();
    sqlx::raw_sql(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
            values (20990101000001, 'surveys', 1, x'00', 1);
        create table surveys (id integer primary key)",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    let replica = Replica::open(&file, me()).await.unwrap();
    assert!(replica.standing().await.unwrap().first_sync_done);
    replica.close().await.unwrap();
    sqlx::query("update file set oldest = 3").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let before = std::fs::read(&file).unwrap();
    let opened = Replica::open_or_rebuild(&file, me(), at(60)).await;
    assert!(matches!(opened, Err(ReplicaError::NewerFile)), "{:?}", opened.err());
    assert_eq!(std::fs::read(&file).unwrap(), before, "and is left as it was");
}

#[tokio::test]
async fn a_full_disk_refuses_and_loses_nothing() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Dekorasi");
    desk.apply(vec![story.filed("Vendor dekorasi belum tiba.")]).await;
    let ticket = story.id();
    let first = Uuid::now_v7();
    desk.replica.write(first, ticket, Act::Reply { message: String::from("Satu") }, at(1)).await.unwrap();
    let standing = desk.replica.standing().await.unwrap();

    desk.replica.limit_pages(1).await.unwrap();
    let long = Act::Reply { message: "Dua ".repeat(2_400) };
    let mut written = 0;
    let full = loop {
        match desk.replica.write(Uuid::now_v7(), ticket, long.clone(), at(2)).await {
            Ok(_) => written += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(full, ReplicaError::DiskFull), "{full:?}");
    let rows = (2_000..2_400).map(|number| Story::new(number, "Dekorasi").filed("Vendor belum tiba.")).collect();
    let page = desk.page(rows);
    let applied = desk.replica.apply(page.clone().into(), true).await;
    assert!(matches!(applied, Err(ReplicaError::DiskFull)), "{applied:?}");
    assert_eq!(desk.replica.standing().await.unwrap(), standing, "neither rows nor cursor");
    assert_eq!(desk.replica.outbox().await.unwrap().len(), 1 + written);

    desk.replica.limit_pages(u32::MAX).await.unwrap();
    assert_eq!(desk.replica.apply(page.into(), true).await.unwrap(), gemilang_replica::Applied::Done);
    desk.replica.write(Uuid::now_v7(), ticket, long, at(3)).await.unwrap();
    assert_eq!(desk.replica.outbox().await.unwrap().len(), 2 + written);
}

#[test]
fn each_person_at_each_server_has_a_file() {
    let dir = Path::new("data");
    let one = Replica::file_for(dir, "https://desk.gemilangwo.id", ME);
    assert_eq!(one.file_name().unwrap().to_str().unwrap(), "desk.gemilangwo.id-000000000000000000000000000000a1.db");
    assert_ne!(one, Replica::file_for(dir, "http://127.0.0.1:8080", ME));
    assert_ne!(one, Replica::file_for(dir, "https://desk.gemilangwo.id", Uuid::nil()));
}
