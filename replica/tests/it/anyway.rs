//! What was to be withdrawn and had been sent already: its author is told, once, whichever way that comes to be known.

use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::desk::views::{OpState, TakenBack, Wish};
use gemilang_protocol::{Act, Code, OpAnswer, Outcome, TicketNumber};
use tokio::sync::broadcast::Receiver;
use uuid::Uuid;

use crate::sample::{Desk, ME, Story, at};

/// Of which tickets it was told meanwhile.
fn told(changes: &mut Receiver<Changed>) -> Vec<TicketNumber> {
    let mut told = Vec::new();
    while let Ok(changed) = changes.try_recv() {
        told.extend(changed.sent_anyway);
    }
    told
}

#[tokio::test]
async fn who_withdrew_too_late_is_told_so() {
    // By the answer to the question, by the answer to the push itself, or by the feed.
    for way in ["void", "push", "feed"] {
        let (mut desk, mut story) = (Desk::new().await, Story::new(1042, "Dekorasi"));
        desk.apply(vec![story.filed("Vendor dekorasi belum tiba.")]).await;
        let op = Uuid::now_v7();
        let act = Act::Reply { message: "Baik, Kak.".to_owned() };
        desk.replica.write(op, story.id(), act, at(1)).await.unwrap();
        let ops = desk.replica.claim(100, at(2)).await.unwrap();
        if way != "push" {
            desk.replica.settle(&ops, &[]).await.unwrap();
        }
        assert_eq!(desk.replica.withdraw(op).await.unwrap(), TakenBack::Asked);
        let mut changes = desk.replica.changes();
        let landed = OpAnswer { op_id: op, outcome: Outcome::Landed { n: 2, created_at: at(3) } };
        match way {
            "void" => desk.replica.voided(&landed).await.unwrap(),
            "push" => drop(desk.replica.settle(&ops, &[landed]).await.unwrap()),
            _ => {}
        }
        desk.apply(vec![story.reply(ME, op, "Baik, Kak.")]).await;
        assert_eq!(told(&mut changes), [TicketNumber(1042)], "{way}");
        let thread = desk.replica.thread(story.id()).await.unwrap();
        assert_eq!((thread.messages.len(), thread.unsent.len()), (2, 0), "{way}");
        let sent = desk.replica.sent_since(at(0)).await.unwrap();
        assert_eq!((sent[0].state, sent[0].wish), (OpState::Sent, Some(Wish::Withdraw)), "and the list of it says so");
    }
}

#[tokio::test]
async fn who_withdrew_in_time_hears_nothing_of_the_kind() {
    let (mut desk, mut story) = (Desk::new().await, Story::new(1042, "Dekorasi"));
    desk.apply(vec![story.filed("Vendor dekorasi belum tiba.")]).await;
    let op = Uuid::now_v7();
    let act = Act::Reply { message: "Baik, Kak.".to_owned() };
    desk.replica.write(op, story.id(), act, at(1)).await.unwrap();
    let ops = desk.replica.claim(100, at(2)).await.unwrap();
    desk.replica.settle(&ops, &[]).await.unwrap();
    desk.replica.withdraw(op).await.unwrap();
    let mut changes = desk.replica.changes();
    let outcome = Outcome::Refused { code: Code::Voided, detail: String::new(), winner: None };
    desk.replica.voided(&OpAnswer { op_id: op, outcome }).await.unwrap();
    desk.apply(vec![story.voided(ME, op)]).await;
    assert_eq!(told(&mut changes), []);
    assert!(desk.replica.sent_since(at(0)).await.unwrap().is_empty());
}
