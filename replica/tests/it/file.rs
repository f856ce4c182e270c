//! The file: opened again, damaged, not ours.

use gemilang_protocol::Act;
use gemilang_protocol::desk::views::OpState;
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
    assert!(matches!(replica.discard(op).await, Err(ReplicaError::Frozen)));
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
    // In use when the power went, and the disk lost a few pages of what was there.
    let mut connection = SqliteConnection::connect(file.to_str().unwrap()).await.unwrap();
    sqlx::query("update sync set closed_well = 0").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0xA5);
    std::fs::write(&file, bytes).unwrap();
    let opened = Replica::open(&file, me()).await;
    assert!(matches!(opened, Err(ReplicaError::Damaged(_))), "{:?}", opened.err());
}

#[test]
fn each_person_at_each_server_has_a_file() {
    let dir = std::path::Path::new("data");
    let one = Replica::file_for(dir, "https://desk.gemilangwo.id", ME);
    assert_eq!(one.file_name().unwrap().to_str().unwrap(), "desk.gemilangwo.id-000000000000000000000000000000a1.db");
    assert_ne!(one, Replica::file_for(dir, "http://127.0.0.1:8080", ME));
    assert_ne!(one, Replica::file_for(dir, "https://desk.gemilangwo.id", Uuid::nil()));
}
