//! A message that is split off: it is copied, once, into a ticket of its own that waits for an answer; the old one stays whole and says so, and nobody sees more than before.

use gemilang_protocol::{
    Act, Category, Code, EventBody, FileForm, Message, Op, Outcome, PersonRef, Priority, SenderType, Status, Ticket,
    TicketRef,
};
use gemilang_service::auth::sessions::{self, Kind};
use gemilang_service::domain::Actor;
use gemilang_service::domain::tickets::{self, Intent, Whole};
use gemilang_service::domain::{erasure, messages};
use gemilang_service::testing::{Credentials, TestApp};
use uuid::Uuid;

use crate::client::Client;

fn person(of: &Credentials) -> PersonRef {
    PersonRef { id: of.person.id, name: of.person.name.clone() }
}

fn form(of: &Credentials, from: &Ticket, message: &Message) -> FileForm {
    FileForm {
        customer: person(of),
        subject: "Kursi tambahan".into(),
        category: Category::Vendor,
        priority: Priority::High,
        order: None,
        message: "tidak dipakai".into(),
        take: false,
        link: Some(from.id),
        splits: Some(message.id),
    }
}

fn op(app: &TestApp, form: FileForm) -> Op {
    let id = Uuid::now_v7();
    Op { op_id: id, ticket_id: id, seen_n: 0, written_at: app.app.clock.now(), act: Act::File { form } }
}

async fn push(client: &Client, op: &Op) -> Outcome {
    client.push(std::slice::from_ref(op)).await.remove(0).outcome
}

async fn refused(client: &Client, op: &Op) -> Code {
    match push(client, op).await {
        Outcome::Refused { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

async fn whole(app: &TestApp, ticket: Uuid) -> Whole {
    tickets::whole(&app.app, ticket, 1_000).await.expect("the ticket")
}

async fn says(app: &TestApp, customer: &Credentials, ticket: &Ticket, text: &str) {
    let session = sessions::find(&app.app, &customer.token, &[Kind::Portal]).await.expect("signed in");
    messages::send(&app.app, &session.actor(), ticket.id, Uuid::now_v7(), text).await.expect("it is sent");
}

#[tokio::test]
async fn a_message_is_copied_once_and_both_tickets_say_so() {
    let app = TestApp::start().await;
    let (sari, roro) = (app.staff("Sari").await, app.customer("Raden Roro").await);
    let from = app.file(&roro, "Akad dimajukan", "medium").await;
    says(&app, &roro, &from, "Oh ya, kursinya tambah 20.").await;
    let client = Client::new(&app, &sari);
    let before = whole(&app, from.id).await;
    let original = before.messages[1].clone();
    let split = op(&app, form(&roro, &from, &original));
    for _ in 0..2 {
        assert!(matches!(push(&client, &split).await, Outcome::Landed { n: 1, .. }));
    }
    let it = whole(&app, split.op_id).await;
    let head = &it.ticket;
    assert_eq!((head.status, head.assigned_to, head.first_responded_at), (Status::Open, None, None), "nobody answered");
    assert_eq!(
        (head.unread, head.customer.id, head.last_message.sender_type),
        (1, roro.person.id, SenderType::Customer)
    );
    let copy = &it.messages[0];
    assert_eq!((copy.message.as_str(), copy.sender_type), ("Oh ya, kursinya tambah 20.", SenderType::Customer));
    assert_eq!((copy.sender.as_ref(), copy.written_at), (Some(&person(&roro)), original.written_at));
    let old = TicketRef { id: from.id, number: from.number };
    assert_eq!(it.events[1].body, EventBody::SplitFrom { ticket: old });
    assert_eq!(it.events[0].actor.as_ref(), Some(&person(&sari)), "who did it");
    // The old one has lost nothing, and says where to look.
    let after = whole(&app, from.id).await;
    assert_eq!(after.messages, before.messages);
    let new = TicketRef { id: head.id, number: head.number };
    let told: Vec<_> = after.events[before.events.len()..].iter().map(|event| event.body.clone()).collect();
    assert_eq!(told[0], EventBody::Split { message: original.id, to: new });
    assert_eq!((told.len(), after.ticket.internal.links.as_slice()), (2, &[new][..]));
    assert!(head.internal.is_linked(from.id));
    // Its customer reads their own words there, and nothing of what the team did.
    let seen = tickets::find_for_customer(&app.app, roro.person.id, head.id).await.expect("theirs");
    assert_eq!((seen.unread, seen.internal.is_empty()), (0, true));
}

#[tokio::test]
async fn only_the_customers_own_public_words_are_split_off_and_only_for_them() {
    let app = TestApp::start().await;
    let (sari, roro, ani) = (app.staff("Sari").await, app.customer("Roro").await, app.customer("Ani").await);
    let (from, other) = (app.file(&roro, "Akad", "medium").await, app.file(&ani, "Rias", "medium").await);
    let client = Client::new(&app, &sari);
    let actor = Actor { person: person(&sari), side: SenderType::Admin };
    let answer = Intent::Message { id: Uuid::now_v7(), text: "Baik, Kak".into() };
    tickets::act(&app.app, from.id, &actor, answer).await.expect("it is answered");
    let here = whole(&app, from.id).await.messages;
    let good = form(&roro, &from, &here[0]);
    for wrong in [
        // Staff's words, somebody else's, for somebody else, from a ticket it does not stand in.
        FileForm { splits: Some(here[1].id), ..good.clone() },
        FileForm { splits: Some(whole(&app, other.id).await.messages[0].id), ..good.clone() },
        FileForm { customer: person(&ani), ..good.clone() },
        FileForm { link: Some(other.id), ..good.clone() },
    ] {
        assert_eq!(refused(&client, &op(&app, wrong)).await, Code::NotFound);
    }
    assert_eq!(refused(&client, &op(&app, FileForm { link: None, ..good.clone() })).await, Code::Malformed);
    // Who sees the old ticket because it was shared with them does not see the new one.
    let with = person(&ani);
    sqlx::query("insert into ticket_people (ticket_id, user_id, added_at) values ($1, $2, now())")
        .bind(from.id)
        .bind(with.id)
        .execute(&app.app.db)
        .await
        .expect("it is shared");
    // Nor does who shares the order with them: what the old one was not about was not shared either.
    let order = app.order(&roro, "GO-2291").await;
    sqlx::query("insert into shares (id, owner_id, order_id, person_id, email, created_at, expires_at, accepted_at) values ($1, $2, $3, $4, 'ani@contoh.id', now(), now(), now())")
        .bind(Uuid::now_v7())
        .bind(roro.person.id)
        .bind(order.id)
        .bind(with.id)
        .execute(&app.app.db)
        .await
        .expect("the order is shared");
    let split = op(&app, FileForm { order: Some(order.number), ..good });
    assert!(matches!(push(&client, &split).await, Outcome::Landed { .. }));
    assert!(tickets::find_for_customer(&app.app, ani.person.id, from.id).await.is_ok());
    assert!(tickets::find_for_customer(&app.app, ani.person.id, split.op_id).await.is_err());
    // What its author erases is erased in the copy too, and cannot be split off any more.
    let session = sessions::find(&app.app, &roro.token, &[Kind::Portal]).await.expect("signed in");
    erasure::erase(&app.app, &session).await.expect("it is erased");
    let copy = whole(&app, split.op_id).await;
    assert_eq!((copy.messages[0].message.as_str(), copy.ticket.subject.as_str()), ("", ""));
    assert_eq!(refused(&client, &op(&app, form(&roro, &from, &here[0]))).await, Code::NotFound);
}
