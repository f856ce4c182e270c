//! Taking back and changing what was written: what may have landed is asked about first, no word is lost, and nobody is left to believe what is not so.

use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::desk::views::{OpState, TakenBack, Wish};
use gemilang_protocol::{Act, Code, OpAnswer, Outcome, Row, TicketNumber, VoidRequest};
use gemilang_replica::ReplicaError;
use tokio::sync::broadcast::Receiver;
use uuid::Uuid;

use crate::outbox::{answer, desk_with_ticket, landed, reply, shown};
use crate::sample::{Desk, ME, RINA, Story, at};

#[tokio::test]
async fn what_has_not_left_is_taken_back_or_changed_at_once() {
    let (desk, story) = desk_with_ticket().await;
    let ticket = story.id();
    let (op, other) = (Uuid::now_v7(), Uuid::now_v7());
    desk.replica.write(op, ticket, reply("Satu"), at(1)).await.unwrap();
    desk.replica.write(other, ticket, reply("Dua"), at(2)).await.unwrap();
    let fresh = Uuid::now_v7();
    assert_eq!(desk.replica.edit(op, "Satu, Kak", fresh).await.unwrap(), TakenBack::Done);
    let wrong = desk.replica.edit(fresh, " ", Uuid::now_v7()).await;
    assert!(matches!(wrong, Err(ReplicaError::Invalid { field: "message", .. })));
    assert_eq!(shown(&desk, ticket).await[1..], ["Satu, Kak", "Dua"], "in its old place");
    assert_eq!(desk.replica.withdraw(other).await.unwrap(), TakenBack::Done);
    let ops = desk.replica.claim(100, at(6)).await.unwrap();
    assert_eq!((ops.len(), ops[0].op_id, &ops[0].act), (1, fresh, &reply("Satu, Kak")));
}

/// A reply that was on the wire when the line broke.
async fn perhaps_sent(desk: &Desk, ticket: Uuid, text: &str) -> Uuid {
    let op = Uuid::now_v7();
    desk.replica.write(op, ticket, reply(text), at(1)).await.unwrap();
    let ops = desk.replica.claim(100, at(2)).await.unwrap();
    desk.replica.settle(&ops, &[]).await.unwrap();
    op
}

#[tokio::test]
async fn what_may_have_landed_is_asked_about_before_it_is_taken_back() {
    let (desk, story) = desk_with_ticket().await;
    let ticket = story.id();
    let op = perhaps_sent(&desk, ticket, "Satu").await;
    let item = desk.replica.outbox().await.unwrap().remove(0);
    assert_eq!((item.state, item.perhaps_sent, item.wish), (OpState::Queued, true, None));

    assert_eq!(desk.replica.withdraw(op).await.unwrap(), TakenBack::Asked);
    let item = desk.replica.outbox().await.unwrap().remove(0);
    assert_eq!((item.perhaps_sent, item.wish), (true, Some(Wish::Withdraw)));
    desk.replica.write(Uuid::now_v7(), ticket, reply("Dua"), at(4)).await.unwrap();
    assert!(desk.replica.claim(100, at(5)).await.unwrap().is_empty(), "neither leaves before the answer");
    assert_eq!(desk.replica.to_void().await.unwrap(), [VoidRequest { op_id: op, ticket_id: ticket }]);

    let void = Outcome::Refused { code: Code::Voided, detail: String::new(), winner: None };
    desk.replica.voided(&answer(op, void)[0]).await.unwrap();
    assert_eq!(shown(&desk, ticket).await[1..], ["Dua"]);
    assert_eq!(desk.replica.claim(100, at(7)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_wish_that_comes_too_late_loses_no_word() {
    for by_feed in [false, true] {
        let (mut desk, mut story) = desk_with_ticket().await;
        let ticket = story.id();
        let op = perhaps_sent(&desk, ticket, "Satu").await;
        let edited = desk.replica.edit(op, "Satu, Kak", Uuid::now_v7()).await.unwrap();
        assert_eq!(edited, TakenBack::Asked);
        let row = story.reply(ME, op, "Satu");
        if by_feed {
            desk.apply(vec![row]).await;
        } else {
            desk.replica.voided(&landed(op, 2)[0]).await.unwrap();
            assert_eq!(desk.replica.thread(ticket).await.unwrap().unsent[0].state, OpState::Sent);
            desk.apply(vec![row]).await;
        }
        let thread = desk.replica.thread(ticket).await.unwrap();
        assert_eq!((thread.unsent.len(), thread.messages.len()), (1, 2), "sent as it was");
        let late = &thread.unsent[0];
        assert_eq!(
            (late.state, late.reason, &late.act),
            (OpState::Failed, Some(Code::AlreadySent), &reply("Satu, Kak"))
        );
        assert!(desk.replica.to_void().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_edit_takes_its_place_once_the_old_words_are_void() {
    for by_feed in [false, true] {
        let (mut desk, mut story) = desk_with_ticket().await;
        let ticket = story.id();
        let op = perhaps_sent(&desk, ticket, "Satu").await;
        let fresh = Uuid::now_v7();
        desk.replica.edit(op, "Satu, Kak", fresh).await.unwrap();
        if by_feed {
            desk.apply(vec![story.voided(ME, op)]).await;
        } else {
            let void = Outcome::Refused { code: Code::Voided, detail: String::new(), winner: None };
            desk.replica.voided(&answer(op, void)[0]).await.unwrap();
            desk.apply(vec![story.voided(ME, op)]).await;
        }
        let ops = desk.replica.claim(100, at(5)).await.unwrap();
        assert_eq!((ops.len(), ops[0].op_id, &ops[0].act), (1, fresh, &reply("Satu, Kak")));
    }
}

#[tokio::test]
async fn other_words_go_as_of_what_their_author_saw() {
    let (mut desk, mut story) = desk_with_ticket().await;
    let ticket = story.id();
    let op = perhaps_sent(&desk, ticket, "Satu").await;
    desk.replica.edit(op, "Satu, Kak", Uuid::now_v7()).await.unwrap();
    // A colleague's answer is here before the service says that the old words are void.
    desk.apply(vec![story.reply(RINA, Uuid::now_v7(), "Sudah saya jawab.")]).await;
    let void = Outcome::Refused { code: Code::Voided, detail: String::new(), winner: None };
    desk.replica.voided(&answer(op, void)[0]).await.unwrap();
    assert_eq!(desk.replica.claim(100, at(5)).await.unwrap()[0].seen_n, 1, "so that they are held beside it");
}

#[tokio::test]
async fn a_held_reply_that_left_twice_is_asked_about_before_it_is_taken_back() {
    let (mut desk, mut story) = desk_with_ticket().await;
    let Row::Ticket(news) = story.customer("Jadi jam berapa?") else { panic!() };
    let unseen = news.message.clone().unwrap();
    desk.apply(vec![Row::Ticket(news)]).await;
    let held = |op| answer(op, Outcome::Held { unseen: unseen.clone() });
    let void = |op| answer(op, Outcome::Refused { code: Code::Voided, detail: String::new(), winner: None }).remove(0);

    // It left once: whatever copy of it comes is held as well.
    let once = Uuid::now_v7();
    desk.replica.write(once, story.id(), reply("Satu"), at(1)).await.unwrap();
    let ops = desk.replica.claim(100, at(2)).await.unwrap();
    desk.replica.settle(&ops, &held(once)).await.unwrap();
    assert_eq!(desk.replica.withdraw(once).await.unwrap(), TakenBack::Done);

    // The first copy had not waited when it left, and may arrive yet.
    let twice = perhaps_sent(&desk, story.id(), "Dua").await;
    let ops = desk.replica.claim(100, at(30)).await.unwrap();
    desk.replica.settle(&ops, &held(twice)).await.unwrap();
    assert_eq!(desk.replica.withdraw(twice).await.unwrap(), TakenBack::Asked);
    assert_eq!(desk.replica.to_void().await.unwrap().len(), 1);
    desk.replica.voided(&void(twice)).await.unwrap();
    assert!(desk.replica.outbox().await.unwrap().is_empty());

    // The same when it is sent anyway and taken back before that has left, or taken back on the wire.
    let again = perhaps_sent(&desk, story.id(), "Tiga").await;
    let ops = desk.replica.claim(100, at(60)).await.unwrap();
    desk.replica.settle(&ops, &held(again)).await.unwrap();
    desk.replica.retry(again, Uuid::now_v7()).await.unwrap();
    let ops = desk.replica.claim(100, at(61)).await.unwrap();
    assert_eq!(desk.replica.withdraw(again).await.unwrap(), TakenBack::Asked);
    desk.replica.settle(&ops, &held(again)).await.unwrap();
    assert_eq!(desk.replica.to_void().await.unwrap().len(), 1, "the answer to one copy is none to the other");
}

#[tokio::test]
async fn a_wish_made_on_the_wire_is_done_by_the_answer() {
    let (desk, story) = desk_with_ticket().await;
    let op = Uuid::now_v7();
    desk.replica.write(op, story.id(), reply("Satu"), at(1)).await.unwrap();
    let ops = desk.replica.claim(100, at(2)).await.unwrap();
    assert_eq!(desk.replica.withdraw(op).await.unwrap(), TakenBack::Asked);
    assert!(desk.replica.to_void().await.unwrap().is_empty(), "its answer is still awaited");
    let refused = Outcome::Refused { code: Code::NotFound, detail: String::new(), winner: None };
    desk.replica.settle(&ops, &answer(op, refused)).await.unwrap();
    assert!(desk.replica.outbox().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_void_id_is_never_used_again() {
    let (desk, story) = desk_with_ticket().await;
    let op = perhaps_sent(&desk, story.id(), "Satu").await;
    // Withdrawn from an older copy of this file.
    let ops = desk.replica.claim(100, at(3)).await.unwrap();
    let refused = Outcome::Refused { code: Code::Voided, detail: String::new(), winner: None };
    desk.replica.settle(&ops, &answer(op, refused)).await.unwrap();
    assert_eq!(desk.replica.outbox().await.unwrap()[0].reason, Some(Code::Voided));
    let fresh = Uuid::now_v7();
    desk.replica.retry(op, fresh).await.unwrap();
    assert_eq!(desk.replica.claim(100, at(5)).await.unwrap()[0].op_id, fresh);
}

#[tokio::test]
async fn what_is_being_changed_does_not_leave_and_is_kept() {
    let (desk, story) = desk_with_ticket().await;
    let ticket = story.id();
    let (op, behind) = (Uuid::now_v7(), Uuid::now_v7());
    desk.replica.write(op, ticket, reply("Jam 7"), at(1)).await.unwrap();
    desk.replica.write(behind, ticket, reply("Menyusul"), at(2)).await.unwrap();
    desk.replica.keep_edit(op, Some("Jam 6."), Uuid::now_v7()).await.unwrap();
    // Half a sentence, or nothing at all, is kept too.
    desk.replica.keep_edit(op, Some(""), Uuid::now_v7()).await.unwrap();
    desk.replica.keep_edit(op, Some("Jam 6.3"), Uuid::now_v7()).await.unwrap();
    assert!(desk.replica.claim(100, at(3)).await.unwrap().is_empty(), "neither it nor what waits behind it");
    let item = desk.replica.outbox().await.unwrap().remove(0);
    assert_eq!((item.edited.as_deref(), item.wish), (Some("Jam 6.3"), None));
    assert_eq!(item.act, reply("Jam 7"));

    desk.replica.keep_edit(op, None, Uuid::now_v7()).await.unwrap();
    assert_eq!(desk.replica.outbox().await.unwrap()[0].edited, None);
    let fresh = Uuid::now_v7();
    desk.replica.keep_edit(op, Some("Jam 6.30"), Uuid::now_v7()).await.unwrap();
    assert_eq!(desk.replica.edit(op, "Jam 6.30", fresh).await.unwrap(), TakenBack::Done);
    let ops = desk.replica.claim(100, at(4)).await.unwrap();
    assert_eq!((ops[0].op_id, ops[0].act.clone()), (fresh, reply("Jam 6.30")));
    assert_eq!((ops.len(), ops[1].op_id), (2, behind));
    let change = desk.replica.write(Uuid::now_v7(), ticket, Act::Assign { from: None, to: Some(ME) }, at(5)).await;
    let change = change.unwrap().op_id;
    let refused = desk.replica.keep_edit(change, Some("kata"), Uuid::now_v7()).await;
    assert!(matches!(refused, Err(ReplicaError::NotFound)), "a change has no words");
}

#[tokio::test]
async fn what_is_being_changed_survives_another_try() {
    let (desk, story) = desk_with_ticket().await;
    let op = Uuid::now_v7();
    desk.replica.write(op, story.id(), reply("Jam 7"), at(1)).await.unwrap();
    let ops = desk.replica.claim(100, at(2)).await.unwrap();
    let refused = Outcome::Refused { code: Code::NotFound, detail: String::new(), winner: None };
    desk.replica.settle(&ops, &answer(op, refused)).await.unwrap();
    desk.replica.keep_edit(op, Some("Jam 6.3"), Uuid::now_v7()).await.unwrap();
    // From a window that does not show the editor yet.
    desk.replica.retry(op, Uuid::now_v7()).await.unwrap();
    let item = desk.replica.outbox().await.unwrap().remove(0);
    assert_eq!((item.state, item.edited.as_deref()), (OpState::Queued, Some("Jam 6.3")));
    assert!(desk.replica.claim(100, at(3)).await.unwrap().is_empty(), "it leaves when its author says so");
    desk.replica.keep_edit(op, None, Uuid::now_v7()).await.unwrap();
    assert_eq!(desk.replica.claim(100, at(4)).await.unwrap()[0].act, reply("Jam 7"));
}

#[tokio::test]
async fn words_written_to_what_had_landed_are_not_lost() {
    let (mut desk, mut story) = desk_with_ticket().await;
    let ticket = story.id();
    let (one, two) = (Uuid::now_v7(), Uuid::now_v7());
    desk.replica.write(one, ticket, reply("Jam 7"), at(1)).await.unwrap();
    let ops = desk.replica.claim(100, at(2)).await.unwrap();
    desk.replica.settle(&ops, &[]).await.unwrap();
    desk.replica.keep_edit(one, Some("Jam 6.30"), Uuid::now_v7()).await.unwrap();
    desk.apply(vec![story.reply(ME, one, "Jam 7")]).await;
    let left = desk.replica.outbox().await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].state, left[0].reason), (OpState::Failed, Some(Code::AlreadySent)));
    assert_eq!(left[0].act, reply("Jam 6.30"));
    desk.replica.withdraw(left[0].op_id).await.unwrap();

    // An editor that was only opened leaves nothing behind.
    desk.replica.write(two, ticket, reply("Baik"), at(3)).await.unwrap();
    let ops = desk.replica.claim(100, at(4)).await.unwrap();
    desk.replica.settle(&ops, &[]).await.unwrap();
    desk.replica.keep_edit(two, Some("Baik"), Uuid::now_v7()).await.unwrap();
    desk.apply(vec![story.reply(ME, two, "Baik")]).await;
    assert!(desk.replica.outbox().await.unwrap().is_empty());
    let sent = desk.replica.sent_since(at(0)).await.unwrap();
    let acts: Vec<_> = sent.iter().map(|item| (item.op_id, item.state)).collect();
    assert_eq!(acts, [(two, OpState::Sent), (one, OpState::Sent)], "newest first");
}

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
