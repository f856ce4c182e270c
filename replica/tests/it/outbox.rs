//! The outbox: honest states, order, overlays, and confirmations that come once, by whichever way is faster.

use gemilang_protocol::desk::views::{Inbox, OpState, TakenBack, TicketQuery, Wish};
use gemilang_protocol::{Act, Code, FieldError, Message, OpAnswer, Outcome, Priority, Row, Status, VoidRequest};
use gemilang_replica::ReplicaError;
use uuid::Uuid;

use crate::sample::{Desk, ME, RINA, Story, at};

fn reply(text: &str) -> Act {
    Act::Reply { message: text.to_owned() }
}

fn answer(op_id: Uuid, outcome: Outcome) -> Vec<OpAnswer> {
    vec![OpAnswer { op_id, outcome }]
}

fn landed(op: Uuid, n: i64) -> Vec<OpAnswer> {
    answer(op, Outcome::Landed { n, created_at: at(n) })
}

async fn desk_with_ticket() -> (Desk, Story) {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Dekorasi");
    let filed = story.filed("Vendor dekorasi belum tiba.");
    desk.apply(vec![filed]).await;
    (desk, story)
}

/// Texts of the conversation as shown: what has arrived, then what is unsent.
async fn shown(desk: &Desk, ticket: Uuid) -> Vec<String> {
    let thread = desk.replica.thread(ticket).await.unwrap();
    let unsent = thread.unsent.into_iter().filter_map(|item| match item.act {
        Act::Reply { message } => Some(message),
        _ => None,
    });
    thread.messages.into_iter().map(|message| message.message).chain(unsent).collect()
}

#[tokio::test]
async fn a_reply_is_shown_once_whichever_confirmation_comes_first() {
    for answer_first in [true, false] {
        let (mut desk, mut story) = desk_with_ticket().await;
        let ticket = story.id();
        let op = Uuid::now_v7();
        let both = ["Vendor dekorasi belum tiba.", "Baik, Kak."];
        let item = desk.replica.write(op, ticket, reply(" Baik, Kak. "), at(5)).await.unwrap();
        assert_eq!(item.state, OpState::Queued);
        assert_eq!(shown(&desk, ticket).await, both);
        let ops = desk.replica.claim(100, at(6)).await.unwrap();
        assert_eq!((ops[0].op_id, ops[0].seen_n), (op, 1));
        assert_eq!(desk.replica.outbox().await.unwrap()[0].state, OpState::Sending);
        assert_eq!(shown(&desk, ticket).await, both);

        let row = story.reply(ME, op, "Baik, Kak.");
        if answer_first {
            desk.replica.settle(&ops, &landed(op, 2)).await.unwrap();
            assert_eq!(desk.replica.thread(ticket).await.unwrap().unsent[0].state, OpState::Sent);
            assert!(desk.replica.outbox().await.unwrap().is_empty());
            assert_eq!(shown(&desk, ticket).await, both);
            desk.apply(vec![row]).await;
        } else {
            desk.apply(vec![row]).await;
            assert_eq!(shown(&desk, ticket).await, both);
            desk.replica.settle(&ops, &landed(op, 2)).await.unwrap();
        }
        assert_eq!(shown(&desk, ticket).await, both);
        assert!(desk.replica.thread(ticket).await.unwrap().unsent.is_empty());
        assert_eq!(desk.replica.navigation().await.unwrap().unsent, 0);
        // The same command once more, from an impatient window.
        let item = desk.replica.write(op, ticket, reply("Baik, Kak."), at(7)).await.unwrap();
        assert_eq!(item.state, OpState::Sent);
        assert_eq!(shown(&desk, ticket).await, both);
    }
}

#[tokio::test]
async fn own_changes_are_shown_and_counted_at_once() {
    let (mut desk, mut story) = desk_with_ticket().await;
    let ticket = story.id();
    let assign = Act::Assign { from: None, to: Some(ME) };
    let op = Uuid::now_v7();
    let item = desk.replica.write(op, ticket, assign, at(1)).await.unwrap();
    assert_eq!(item.to_name.as_deref(), Some("Kadek Ayu"));
    let urgent = Act::Priority { from: Priority::Low, to: Priority::Urgent };
    let item = desk.replica.write(Uuid::now_v7(), ticket, urgent, at(2)).await.unwrap();
    // What it changes from is what this desk shows, not what the caller guessed.
    assert_eq!(item.act, Act::Priority { from: Priority::Medium, to: Priority::Urgent });
    let navigation = desk.replica.navigation().await.unwrap();
    assert_eq!((navigation.mine, navigation.unassigned, navigation.urgent), (1, 0, 1));
    let mine = TicketQuery { inbox: Inbox::Mine, ..TicketQuery::default() };
    let row = &desk.replica.tickets(&mine).await.unwrap().rows[0];
    assert_eq!(row.assignee.as_ref().map(|person| person.name.as_str()), Some("Kadek Ayu"));
    assert_eq!((row.priority, row.unsent), (Priority::Urgent, Some(OpState::Queued)));
    assert_eq!(row.own_reply, None, "nothing is said yet");
    desk.replica.write(Uuid::now_v7(), ticket, reply("Baik, Kak."), at(3)).await.unwrap();
    let row = desk.replica.ticket_row(ticket).await.unwrap().unwrap();
    assert_eq!(row.own_reply.as_deref(), Some("Baik, Kak."));

    // News of the ticket does not take them away.
    desk.apply(vec![story.customer("Halo?")]).await;
    let row = desk.replica.ticket_row(ticket).await.unwrap().unwrap();
    assert_eq!((row.assignee.map(|person| person.id), row.priority), (Some(ME), Priority::Urgent));
    // Once confirmed the service's word stands.
    desk.apply(vec![story.assigned(ME, Some(op), Some(ME)), story.assigned(RINA, None, Some(RINA))]).await;
    let row = desk.replica.ticket_row(ticket).await.unwrap().unwrap();
    assert_eq!((row.assignee.map(|person| person.id), row.priority), (Some(RINA), Priority::Urgent));
}

#[tokio::test]
async fn a_lost_race_is_laid_over_no_more_and_says_who_won() {
    let (mut desk, mut story) = desk_with_ticket().await;
    let ticket = story.id();
    let op = Uuid::now_v7();
    let act = Act::Status { from: Status::Open, to: Status::Resolved };
    desk.replica.write(op, ticket, act, at(1)).await.unwrap();
    let ops = desk.replica.claim(100, at(2)).await.unwrap();
    let Row::Ticket(won) = story.status(RINA, None, Status::Closed) else { panic!() };
    let refused = Outcome::Refused { code: Code::LostRace, detail: String::new(), winner: Some(won.event.clone()) };
    desk.replica.settle(&ops, &answer(op, refused)).await.unwrap();
    let item = desk.replica.outbox().await.unwrap().remove(0);
    assert_eq!((item.state, item.reason), (OpState::Failed, Some(Code::LostRace)));
    assert_eq!(item.winner, Some(won.event.clone()));
    assert_eq!(desk.replica.ticket_row(ticket).await.unwrap().unwrap().status, Status::Open);

    desk.apply(vec![Row::Ticket(won)]).await;
    desk.replica.retry(op, Uuid::now_v7()).await.unwrap();
    let item = desk.replica.outbox().await.unwrap().remove(0);
    assert_eq!(item.act, Act::Status { from: Status::Closed, to: Status::Resolved });
    desk.replica.withdraw(op).await.unwrap();
    assert_eq!(desk.replica.ticket_row(ticket).await.unwrap().unwrap().status, Status::Closed);
    assert!(matches!(desk.replica.withdraw(op).await, Err(ReplicaError::NotFound)));
}

#[tokio::test]
async fn a_held_reply_keeps_its_ticket_back_until_someone_decides() {
    let (mut desk, mut story) = desk_with_ticket().await;
    let mut other = Story::new(1043, "Katering");
    desk.apply(vec![other.filed("Menu katering berubah lagi.")]).await;
    let [first, later, elsewhere] = [Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7()];
    desk.replica.write(first, story.id(), reply("Satu"), at(1)).await.unwrap();
    desk.replica.write(later, story.id(), reply("Dua"), at(2)).await.unwrap();
    desk.replica.write(elsewhere, other.id(), reply("Tiga"), at(3)).await.unwrap();
    let ops = desk.replica.claim(100, at(4)).await.unwrap();
    let ids: Vec<_> = ops.iter().map(|op| op.op_id).collect();
    assert_eq!(ids, [first, elsewhere]);

    let Row::Ticket(news) = story.reply(RINA, Uuid::now_v7(), "Sudah saya jawab.") else { panic!() };
    let unseen: Message = news.message.clone().unwrap();
    let mut answers = answer(first, Outcome::Held { unseen: unseen.clone() });
    answers.extend(landed(elsewhere, 2));
    desk.replica.settle(&ops, &answers).await.unwrap();
    assert!(desk.replica.claim(100, at(5)).await.unwrap().is_empty());
    let outbox = desk.replica.outbox().await.unwrap();
    assert_eq!((outbox[0].state, outbox[1].state), (OpState::Held, OpState::Queued));
    assert_eq!(outbox[0].unseen, Some(unseen));

    // Sent anyway, once the news has been seen.
    desk.apply(vec![Row::Ticket(news)]).await;
    desk.replica.retry(first, Uuid::now_v7()).await.unwrap();
    let ops = desk.replica.claim(100, at(6)).await.unwrap();
    assert_eq!((ops.len(), ops[0].op_id, ops[0].seen_n), (1, first, 2));
}

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
async fn a_service_in_trouble_fails_no_op() {
    let (desk, story) = desk_with_ticket().await;
    let op = Uuid::now_v7();
    desk.replica.write(op, story.id(), reply("Satu"), at(1)).await.unwrap();
    let refused = |code| Outcome::Refused { code, detail: String::new(), winner: None };
    for _ in 0..20 {
        let ops = desk.replica.claim(100, at(2)).await.unwrap();
        let settled = desk.replica.settle(&ops, &answer(op, refused(Code::Unavailable))).await.unwrap();
        assert!(settled.again);
    }
    let ops = desk.replica.claim(100, at(3)).await.unwrap();
    desk.replica.settle(&ops, &answer(op, refused(Code::NotFound))).await.unwrap();
    assert_eq!(desk.replica.outbox().await.unwrap()[0].reason, Some(Code::NotFound));
}

#[tokio::test]
async fn a_text_is_checked_before_it_is_stored() {
    let (desk, story) = desk_with_ticket().await;
    let written = desk.replica.write(Uuid::now_v7(), story.id(), reply("  "), at(1)).await;
    assert!(matches!(written, Err(ReplicaError::Invalid { field: "message", rule: FieldError::Empty })));
    let note = Act::Note { note: "x".repeat(10_001) };
    let written = desk.replica.write(Uuid::now_v7(), story.id(), note, at(1)).await;
    assert!(matches!(written, Err(ReplicaError::Invalid { field: "note", .. })));
    let written = desk.replica.write(Uuid::now_v7(), Uuid::nil(), reply("Halo"), at(1)).await;
    assert!(matches!(written, Err(ReplicaError::NotFound)));
    assert!(desk.replica.outbox().await.unwrap().is_empty());
}

#[tokio::test]
async fn read_marks_are_quiet_and_single() {
    let (mut desk, mut story) = desk_with_ticket().await;
    let ticket = story.id();
    desk.apply(vec![story.customer("Halo?"), story.customer("Ada orang?")]).await;
    assert_eq!(desk.replica.thread(ticket).await.unwrap().read_up_to, 0);
    desk.replica.mark_read(Uuid::now_v7(), ticket, 2, at(1)).await.unwrap();
    desk.replica.mark_read(Uuid::now_v7(), ticket, 3, at(2)).await.unwrap();
    desk.replica.mark_read(Uuid::now_v7(), ticket, 3, at(3)).await.unwrap();
    let row = desk.replica.ticket_row(ticket).await.unwrap().unwrap();
    assert_eq!((row.unread, row.unsent), (0, None));
    assert!(desk.replica.outbox().await.unwrap().is_empty());
    let ops = desk.replica.claim(100, at(4)).await.unwrap();
    assert_eq!(ops.len(), 1);
    assert_eq!(ops[0].act, Act::Read { up_to: 3 });
    // A message that came meanwhile is unread.
    desk.apply(vec![story.customer("Tolong!")]).await;
    assert_eq!(desk.replica.ticket_row(ticket).await.unwrap().unwrap().unread, 1);
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
    assert_eq!((ops.len(), ops[0].op_id, ops[0].act.clone()), (1, fresh, reply("Jam 6.30")));
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
