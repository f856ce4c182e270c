//! Two tickets become one conversation and two again: each happens once, in both or in neither, and nothing that somebody wrote is lost on the way.

use std::time::Duration;

use gemilang_protocol::{Act, Code, EventBody, Internal, Op, Outcome, Status, Ticket, TicketRef};
use gemilang_service::domain::tickets::{self, Intent, Whole};
use gemilang_service::domain::{erasure, export, messages};
use gemilang_service::testing::TestApp;
use uuid::Uuid;

use crate::client::Client;
use crate::portal::conversation::actor;

fn op(app: &TestApp, ticket: &Ticket, act: Act) -> Op {
    Op { op_id: Uuid::now_v7(), ticket_id: ticket.id, seen_n: 1, written_at: app.app.clock.now(), act }
}

pub(crate) fn merge(app: &TestApp, ticket: &Ticket, into: &Ticket, on: bool) -> Op {
    op(app, ticket, Act::Merge { into: into.id, on })
}

async fn push(client: &Client, op: &Op) -> Outcome {
    client.push(std::slice::from_ref(op)).await.remove(0).outcome
}

pub(crate) async fn landed(client: &Client, op: &Op) -> i64 {
    match push(client, op).await {
        Outcome::Landed { n, .. } => n,
        other => panic!("{other:?}"),
    }
}

async fn refused(client: &Client, op: &Op) -> Code {
    match push(client, op).await {
        Outcome::Refused { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

async fn whole(app: &TestApp, ticket: &Ticket) -> Whole {
    tickets::whole(&app.app, ticket.id, 1_000).await.expect("the ticket")
}

async fn internal(app: &TestApp, ticket: &Ticket) -> Internal {
    whole(app, ticket).await.ticket.internal
}

async fn status(app: &TestApp, ticket: &Ticket) -> Status {
    whole(app, ticket).await.ticket.status
}

fn named(ticket: &Ticket) -> TicketRef {
    TicketRef { id: ticket.id, number: ticket.number }
}

#[tokio::test]
async fn one_goes_into_the_other_once_and_comes_out_as_it_was() {
    let app = TestApp::start().await;
    let (sari, roro) = (app.staff("Sari").await, app.customer("Raden Roro").await);
    let (one, other) = (app.file(&roro, "Akad", "urgent").await, app.file(&roro, "Katering", "medium").await);
    let client = Client::new(&app, &sari);
    let urgent = async || client.get("/admin/support/tickets").await.1["stats"]["urgent"].as_i64();
    assert_eq!(urgent().await, Some(1));
    let goes_in = merge(&app, &one, &other, true);
    assert_eq!((landed(&client, &goes_in).await, landed(&client, &goes_in).await), (2, 2));
    let (source, target) = (whole(&app, &one).await, whole(&app, &other).await);
    assert_eq!(source.ticket.status, Status::Closed);
    assert_eq!(source.ticket.internal.merged.map(|it| (it.into, it.was)), Some((named(&other), Status::Open)));
    assert!(source.ticket.closed_at.is_some());
    assert_eq!(target.ticket.internal.parts, [named(&one)]);
    let kinds = |it: &Whole| it.events.iter().map(|event| event.body.kind()).collect::<Vec<_>>();
    assert_eq!(kinds(&source), ["created", "merged", "status"]);
    assert_eq!(kinds(&target), ["created", "absorbed"]);
    assert!(matches!(&target.events[1].body, EventBody::Absorbed { ticket } if *ticket == named(&one)));
    assert_eq!(crate::client::eventually(async || urgent().await.filter(|it| *it == 0)).await, 0);
    let (_, json) = client.get(&format!("/admin/support/tickets/{}", one.id)).await;
    assert_eq!(json["ticket"]["internal"]["merged"]["into"]["number"], other.number.to_string());

    // The same again by another op is so already: nothing is told twice.
    let again = merge(&app, &one, &other, true);
    let answered = landed(&client, &again).await;
    let events = whole(&app, &one).await.events;
    let told = events.iter().filter(|event| !event.body.is_silent()).count();
    assert_eq!((told, events.len(), answered), (3, 4, 4));
    let apart = merge(&app, &one, &other, false);
    assert_eq!((landed(&client, &apart).await, landed(&client, &apart).await), (5, 5));
    assert_eq!((status(&app, &one).await, internal(&app, &one).await.is_empty()), (Status::Open, true));
    assert!(internal(&app, &other).await.is_empty());
    assert_eq!(kinds(&whole(&app, &other).await), ["created", "absorbed", "released"]);
    assert_eq!(crate::client::eventually(async || urgent().await.filter(|it| *it == 1)).await, 1);
    // The first op again is still answered as it was, and does nothing.
    assert_eq!(landed(&client, &goes_in).await, 2);
    assert!(internal(&app, &one).await.is_empty());
    // So is the other one, which found it so when it came: a late copy of it does not merge them again.
    assert_eq!(landed(&client, &again).await, answered);
    assert!(internal(&app, &one).await.is_empty() && internal(&app, &other).await.is_empty());
}

#[tokio::test]
async fn what_cannot_become_one_is_refused_with_its_reason() {
    let app = TestApp::start().await;
    let (sari, roro, rina) = (app.staff("Sari").await, app.customer("Raden Roro").await, app.customer("Rina").await);
    let (one, two, three) =
        (app.ticket(&roro, "Satu").await, app.ticket(&roro, "Dua").await, app.ticket(&roro, "Tiga").await);
    let hers = app.ticket(&rina, "Tenda").await;
    let client = Client::new(&app, &sari);
    assert_eq!(refused(&client, &merge(&app, &one, &one, true)).await, Code::SameTicket);
    assert_eq!(refused(&client, &merge(&app, &one, &hers, true)).await, Code::OtherCustomer);
    let later = op(
        &app,
        &one,
        Act::SendLater { message: "Besok, Kak".into(), at: app.app.clock.now() + Duration::from_secs(3_600) },
    );
    landed(&client, &later).await;
    assert_eq!(refused(&client, &merge(&app, &one, &two, true)).await, Code::RepliesLater);
    landed(&client, &merge(&app, &two, &one, true)).await;
    landed(&client, &op(&app, &one, Act::CallOff { id: later.op_id, now: false })).await;
    // Whoever went in goes nowhere else, and nobody goes into it.
    assert_eq!(refused(&client, &merge(&app, &two, &three, true)).await, Code::Merged);
    assert_eq!(refused(&client, &merge(&app, &three, &two, true)).await, Code::Merged);
    assert_eq!(refused(&client, &merge(&app, &two, &three, false)).await, Code::Merged);
    // Its parts go along, and it cannot be taken apart while it is a part itself.
    landed(&client, &merge(&app, &one, &three, true)).await;
    assert_eq!(internal(&app, &three).await.parts, [named(&one), named(&two)]);
    assert_eq!(refused(&client, &merge(&app, &two, &one, false)).await, Code::Merged);
    landed(&client, &merge(&app, &one, &three, false)).await;
    assert!(internal(&app, &three).await.is_empty());
    assert_eq!(internal(&app, &one).await.parts, [named(&two)]);
    landed(&client, &merge(&app, &two, &one, false)).await;
    // One that is apart is so already.
    landed(&client, &merge(&app, &two, &one, false)).await;
    assert!(internal(&app, &one).await.is_empty() && internal(&app, &two).await.is_empty());

    // As many as are read together; the next is refused and stays what it was.
    let by = actor(&app, &sari).await;
    for n in 0..Internal::PARTS_MOST as u128 {
        let ticket = TicketRef { id: Uuid::from_u128(n + 1), number: one.number };
        let absorb = Intent::Absorb { ticket, parts: Vec::new() };
        tickets::act(&app.app, one.id, &by, absorb).await.expect("it is read with it");
    }
    assert_eq!(refused(&client, &merge(&app, &two, &one, true)).await, Code::TooMany);
    assert_eq!(status(&app, &two).await, Status::Open);
}

#[tokio::test]
async fn opposite_merges_at_once_wait_for_nobody_and_one_wins() {
    let app = TestApp::start().await;
    let (sari, bagas) = (app.staff("Sari").await, app.staff("Bagas").await);
    let roro = app.customer("Raden Roro").await;
    let (one, other) = (app.ticket(&roro, "Tenda").await, app.ticket(&roro, "Kursi").await);
    let (sari, bagas) = (Client::new(&app, &sari), Client::new(&app, &bagas));
    for _ in 0..8 {
        let (ours, theirs) = (merge(&app, &one, &other, true), merge(&app, &other, &one, true));
        let (a, b) = tokio::join!(push(&sari, &ours), push(&bagas, &theirs));
        let won = [&a, &b].map(|it| matches!(it, Outcome::Landed { .. }));
        let lost = |it: &Outcome| matches!(it, Outcome::Refused { code: Code::Merged, winner: Some(_), .. });
        assert!(won[0] != won[1] && (lost(&a) || lost(&b)), "{a:?} {b:?}");
        let (source, target) = if won[0] { (&one, &other) } else { (&other, &one) };
        assert_eq!(internal(&app, target).await.parts, [named(source)]);
        assert!(internal(&app, source).await.parts.is_empty());
        landed(&sari, &merge(&app, source, target, false)).await;
    }
}

#[tokio::test]
async fn what_staff_wrote_too_late_is_refused_and_says_where_it_goes_on() {
    let app = TestApp::start().await;
    let (sari, roro) = (app.staff("Sari").await, app.customer("Raden Roro").await);
    let (one, other) = (app.ticket(&roro, "Tenda").await, app.ticket(&roro, "Kursi").await);
    let client = Client::new(&app, &sari);
    let before = op(&app, &one, Act::Reply { message: "Sudah, Kak".into() });
    landed(&client, &before).await;
    landed(&client, &merge(&app, &one, &other, true)).await;
    for act in [
        Act::Reply { message: "Baik, Kak".into() },
        Act::Note { note: "Cek gudang".into() },
        Act::Status { from: Status::Closed, to: Status::Open },
        Act::Tag { tag: "vip".into(), on: true },
    ] {
        match push(&client, &op(&app, &one, act)).await {
            Outcome::Refused { code: Code::Merged, winner: Some(event), .. } => {
                assert!(matches!(event.body, EventBody::Merged { into } if into == named(&other)));
            }
            other => panic!("{other:?}"),
        }
    }
    // What had landed before is still answered so, and reading is free.
    assert_eq!(landed(&client, &before).await, 2);
    landed(&client, &op(&app, &one, Act::Read { up_to: 1 })).await;
    let (code, problem) = client
        .post(&format!("/admin/support/tickets/{}/messages", one.id), serde_json::json!({ "message": "Halo" }))
        .await;
    assert_eq!((code, &problem["code"]), (409, &serde_json::json!("merged")));
}

#[tokio::test]
async fn a_customers_late_message_is_said_where_the_conversation_goes_on_and_once() {
    let app = TestApp::start().await;
    let (sari, roro) = (app.staff("Sari").await, app.customer("Raden Roro").await);
    let (one, two, three) =
        (app.ticket(&roro, "Satu").await, app.ticket(&roro, "Dua").await, app.ticket(&roro, "Tiga").await);
    let (client, me) = (Client::new(&app, &sari), actor(&app, &roro).await);
    let send = async |ticket: &Ticket, id: Uuid, text: &str| messages::send(&app.app, &me, ticket.id, id, text).await;
    let early = Uuid::now_v7();
    let first = send(&one, early, "sebelum").await.expect("sent");
    landed(&client, &merge(&app, &one, &two, true)).await;
    landed(&client, &merge(&app, &two, &three, true)).await;
    // What had landed is there, wherever it is asked for again.
    for ticket in [&one, &two, &three] {
        assert_eq!(send(ticket, early, "sebelum").await.expect("stored"), first);
    }
    let late = Uuid::now_v7();
    let said = send(&one, late, "terlambat").await.expect("said");
    assert_eq!((said.ticket_id, said.message.message.as_str()), (three.id, "terlambat"));
    for ticket in [&one, &two, &three] {
        assert_eq!(send(ticket, late, "terlambat").await.expect("stored"), said);
    }
    assert!(matches!(send(&one, late, "lain").await, Err(error) if error.code() == Code::IdTaken));
    assert_eq!(whole(&app, &three).await.messages.len(), 2);
    // Apart again, a retry is still what it was; a new one stays where it is written.
    landed(&client, &merge(&app, &two, &three, false)).await;
    landed(&client, &merge(&app, &one, &two, false)).await;
    assert_eq!(send(&one, late, "terlambat").await.expect("stored"), said);
    assert_eq!(send(&one, Uuid::now_v7(), "di sini").await.expect("said").ticket_id, one.id);
    // The same id elsewhere, where nothing was ever merged, is another's.
    let four = app.ticket(&roro, "Empat").await;
    let id = Uuid::now_v7();
    send(&four, id, "halo").await.expect("said");
    let five = app.ticket(&roro, "Lima").await;
    assert!(matches!(send(&five, id, "halo").await, Err(error) if error.code() == Code::IdTaken));
    // Closed is closed, also for who comes by the other one.
    landed(&client, &merge(&app, &one, &two, true)).await;
    landed(&client, &op(&app, &two, Act::Status { from: Status::Open, to: Status::Closed })).await;
    assert!(matches!(send(&one, Uuid::now_v7(), "masih?").await, Err(error) if error.code() == Code::TicketClosed));
}

#[tokio::test]
async fn what_is_erased_or_taken_along_is_so_in_both() {
    let app = TestApp::start().await;
    let (sari, roro) = (app.staff("Sari").await, app.customer("Raden Roro").await);
    let (one, other) = (app.ticket(&roro, "Tenda").await, app.ticket(&roro, "Kursi").await);
    let client = Client::new(&app, &sari);
    landed(&client, &merge(&app, &one, &other, true)).await;
    let session = gemilang_service::auth::sessions::find(
        &app.app,
        &roro.token,
        &[gemilang_service::auth::sessions::Kind::Portal],
    )
    .await
    .expect("a session");
    let taken = export::of_customer(&app.app, &session).await.expect("an export");
    assert_eq!(taken.tickets.iter().filter(|it| !it.messages.is_empty()).count(), 2);
    erasure::erase(&app.app, &session).await.expect("erased");
    for ticket in [&one, &other] {
        let it = whole(&app, ticket).await;
        assert!(it.ticket.subject.is_empty() && it.messages.iter().all(|message| message.message.is_empty()));
    }
    // They are still one, and taking them apart opens nothing.
    assert_eq!(internal(&app, &other).await.parts, [named(&one)]);
    landed(&client, &merge(&app, &one, &other, false)).await;
    assert_eq!(status(&app, &one).await, Status::Closed);
}
