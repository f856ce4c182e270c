//! The outbox: honest states, order, overlays, and confirmations that come once, by whichever way is faster.

use gemilang_protocol::desk::views::{Inbox, OpState, TakenBack, TicketQuery};
use gemilang_protocol::{Act, Code, FieldError, Message, OpAnswer, Outcome, Priority, Row, Status};
use gemilang_replica::ReplicaError;
use uuid::Uuid;

use crate::sample::{Desk, ME, RINA, Story, at};

pub fn reply(text: &str) -> Act {
    Act::Reply { message: text.to_owned() }
}

pub fn answer(op_id: Uuid, outcome: Outcome) -> Vec<OpAnswer> {
    vec![OpAnswer { op_id, outcome }]
}

pub fn landed(op: Uuid, n: i64) -> Vec<OpAnswer> {
    answer(op, Outcome::Landed { n, created_at: at(n) })
}

pub async fn desk_with_ticket() -> (Desk, Story) {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Dekorasi");
    let filed = story.filed("Vendor dekorasi belum tiba.");
    desk.apply(vec![filed]).await;
    (desk, story)
}

/// Texts of the conversation as shown: what has arrived, then what is unsent.
pub async fn shown(desk: &Desk, ticket: Uuid) -> Vec<String> {
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
    assert_eq!(ids, [first, later, elsewhere], "a whole conversation leaves at once");

    let Row::Ticket(news) = story.reply(RINA, Uuid::now_v7(), "Sudah saya jawab.") else { panic!() };
    let unseen: Message = news.message.clone().unwrap();
    let mut answers = answer(first, Outcome::Held { unseen: unseen.clone() });
    answers.extend(answer(later, Outcome::Behind));
    answers.extend(landed(elsewhere, 2));
    assert!(!desk.replica.settle(&ops, &answers).await.unwrap().again, "a person decides when it goes on");
    assert!(desk.replica.claim(100, at(5)).await.unwrap().is_empty());
    let outbox = desk.replica.outbox().await.unwrap();
    assert_eq!((outbox[0].state, outbox[1].state), (OpState::Held, OpState::Queued));
    assert_eq!(outbox[0].unseen, Some(unseen));
    assert!(!outbox[1].perhaps_sent, "the service did nothing with it");
    // But a copy of it is under way perhaps, so that it is not taken back without asking.
    assert_eq!(desk.replica.withdraw(later).await.unwrap(), TakenBack::Asked);
    let void = Outcome::Refused { code: Code::Voided, detail: String::new(), winner: None };
    desk.replica.voided(&OpAnswer { op_id: later, outcome: void }).await.unwrap();
    let last = Uuid::now_v7();
    desk.replica.write(last, story.id(), reply("Empat"), at(5)).await.unwrap();

    // Sent anyway, once the news has been seen.
    desk.apply(vec![Row::Ticket(news)]).await;
    desk.replica.retry(first, Uuid::now_v7()).await.unwrap();
    let ops = desk.replica.claim(100, at(6)).await.unwrap();
    let left: Vec<_> = ops.iter().map(|op| (op.op_id, op.seen_n)).collect();
    assert_eq!(left, [(first, 2), (last, 2)], "the news was seen with all that waited behind it");
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
