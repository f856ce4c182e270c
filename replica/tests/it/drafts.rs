//! Drafts: nobody else's change touches them.

use gemilang_protocol::Act;
use uuid::Uuid;

use crate::sample::{Desk, Story, at, me};
use gemilang_replica::Replica;

#[tokio::test]
async fn a_draft_survives_news_and_restarts_until_it_is_sent() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Dekorasi");
    desk.apply(vec![story.filed("Vendor dekorasi belum tiba.")]).await;
    let ticket = story.id();
    desk.replica.save_draft(ticket, false, "Baik Kak, kami", at(1)).await.unwrap();
    desk.replica.save_draft(ticket, true, "Telepon vendor", at(2)).await.unwrap();
    desk.apply(vec![story.customer("Halo?")]).await;

    let file = desk.replica.path().to_owned();
    desk.replica.close().await.unwrap();
    let replica = Replica::open(&file, me()).await.unwrap();
    let thread = replica.thread(ticket).await.unwrap();
    assert_eq!(thread.draft_reply, "Baik Kak, kami");
    assert_eq!(thread.draft_note, "Telepon vendor");

    let act = Act::Reply { message: String::from("Baik Kak, kami cek.") };
    replica.write(Uuid::now_v7(), ticket, act, at(3)).await.unwrap();
    replica.save_draft(ticket, true, "", at(4)).await.unwrap();
    let thread = replica.thread(ticket).await.unwrap();
    assert_eq!((thread.draft_reply.as_str(), thread.draft_note.as_str()), ("", ""));
}
