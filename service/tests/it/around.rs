//! What staff put around a ticket: tags, links to others, colleagues called by name, and a ticket filed for who called. Each is an op, each happens once, and no customer hears of what is the team's.

use gemilang_protocol::{
    Act, Category, Code, EventBody, FileForm, Internal, Op, Outcome, PersonRef, Priority, SenderType, Status, Ticket,
};
use gemilang_service::domain::tickets::{self, Whole};
use gemilang_service::testing::{Credentials, TestApp};
use uuid::Uuid;

use crate::client::Client;

fn op(app: &TestApp, ticket: Uuid, act: Act) -> Op {
    Op { op_id: Uuid::now_v7(), ticket_id: ticket, seen_n: 1, written_at: app.app.clock.now(), act }
}

async fn push(client: &Client, op: &Op) -> Outcome {
    client.push(std::slice::from_ref(op)).await.remove(0).outcome
}

async fn landed(client: &Client, op: &Op) -> i64 {
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

async fn whole(app: &TestApp, ticket: Uuid) -> Whole {
    tickets::whole(&app.app, ticket, 1_000).await.expect("the ticket")
}

async fn internal(app: &TestApp, ticket: &Ticket) -> Internal {
    tickets::find_for_staff(&app.app, ticket.id).await.expect("the ticket").internal
}

fn person(of: &Credentials) -> PersonRef {
    PersonRef { id: of.person.id, name: of.person.name.clone() }
}

#[tokio::test]
async fn a_note_names_the_colleagues_it_calls_whoever_typed_it() {
    let app = TestApp::start().await;
    let (sari, bagas) = (app.staff("Sari").await, app.staff("Bagas Wicaksono").await);
    let roro = app.customer("Raden Roro").await;
    let ticket = app.file(&roro, "Akad dimajukan", "medium").await;
    let client = Client::new(&app, &sari);
    let calls = op(&app, ticket.id, Act::Note { note: "@bagas wicaksono tolong cek, @Raden Roro menunggu".into() });
    landed(&client, &calls).await;
    landed(&client, &op(&app, ticket.id, Act::Note { note: "surel@Bagas Wicaksono".into() })).await;
    let called: Vec<_> = whole(&app, ticket.id)
        .await
        .events
        .into_iter()
        .filter_map(|event| match event.body {
            EventBody::Note { mentions, .. } => Some(mentions),
            _ => None,
        })
        .collect();
    assert_eq!(called, [vec![person(&bagas)], vec![]], "of the team, and no address");
}

#[tokio::test]
async fn tags_are_put_on_and_taken_off_once_and_there_is_an_end_to_them() {
    let app = TestApp::start().await;
    let (sari, roro) = (app.staff("Sari").await, app.customer("Raden Roro").await);
    let ticket = app.file(&roro, "Akad dimajukan", "medium").await;
    let client = Client::new(&app, &sari);
    let tag = |tag: &str, on| op(&app, ticket.id, Act::Tag { tag: tag.into(), on });
    let first = tag("  #Akad   Pagi ", true);
    assert_eq!(landed(&client, &first).await, 2);
    assert_eq!(landed(&client, &first).await, 2, "the same op has the same answer");
    landed(&client, &tag("akad pagi", true)).await;
    assert_eq!(internal(&app, &ticket).await.tags, ["akad pagi"]);
    let seen = tickets::find_for_customer(&app.app, roro.person.id, ticket.id).await.expect("theirs");
    assert!(seen.internal.is_empty(), "no customer hears of it");
    landed(&client, &tag("akad pagi", false)).await;
    assert!(internal(&app, &ticket).await.is_empty());
    assert_eq!(refused(&client, &tag(" # ", true)).await, Code::Validation);
    assert_eq!(refused(&client, &tag(&"a".repeat(31), true)).await, Code::Validation);
    for n in 0..Internal::TAGS_MOST {
        landed(&client, &tag(&format!("label {n}"), true)).await;
    }
    assert_eq!(refused(&client, &tag("satu lagi", true)).await, Code::TooMany);
    landed(&client, &tag("label 3", true)).await;
    // Erased with everything that was said.
    let erased = tickets::Intent::Erase { whose: None };
    let actor = gemilang_service::domain::Actor { person: person(&roro), side: SenderType::System };
    tickets::act(&app.app, ticket.id, &actor, erased).await.expect("it is erased");
    assert!(internal(&app, &ticket).await.is_empty());
}

#[tokio::test]
async fn two_tickets_name_each_other_or_neither_does() {
    let app = TestApp::start().await;
    let (sari, bagas) = (app.staff("Sari").await, app.staff("Bagas").await);
    let (roro, rina) = (app.customer("Raden Roro").await, app.customer("Rina").await);
    let (one, other) = (app.ticket(&roro, "Tenda").await, app.ticket(&rina, "Kursi").await);
    let (sari, bagas) = (Client::new(&app, &sari), Client::new(&app, &bagas));
    let link = |from: &Ticket, to: &Ticket, on| op(&app, from.id, Act::Link { to: to.id, on });
    let first = link(&one, &other, true);
    assert_eq!((landed(&sari, &first).await, landed(&sari, &first).await), (2, 2));
    assert_eq!(internal(&app, &one).await.links[0].number, other.number);
    assert_eq!(internal(&app, &other).await.links[0].number, one.number);
    assert_eq!(whole(&app, other.id).await.events.len(), 2, "told once");
    // Both of them, from both sides, again and again: nobody waits for anybody.
    let (ours, theirs) = (link(&one, &other, false), link(&other, &one, false));
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for _ in 0..8 {
        a.push(link(&one, &other, true));
        b.push(link(&other, &one, false));
    }
    let (a, b) = tokio::join!(sari.push(&a), bagas.push(&b));
    assert!(a.iter().chain(&b).all(|it| matches!(it.outcome, Outcome::Landed { .. })), "{a:?} {b:?}");
    assert_eq!(internal(&app, &one).await.is_linked(other.id), internal(&app, &other).await.is_linked(one.id));
    landed(&bagas, &ours).await;
    landed(&bagas, &theirs).await;
    assert!(internal(&app, &one).await.is_empty() && internal(&app, &other).await.is_empty());
    assert_eq!(refused(&sari, &link(&one, &one, true)).await, Code::Malformed);
    let nowhere = op(&app, one.id, Act::Link { to: Uuid::now_v7(), on: true });
    assert_eq!(refused(&sari, &nowhere).await, Code::NotFound);
    // The other one is full: neither is changed.
    for n in 0..Internal::LINKS_MOST {
        let id = Uuid::from_u128(n as u128 + 1);
        let to = gemilang_protocol::TicketRef { id, number: one.number };
        let actor = gemilang_service::domain::Actor { person: person(&roro), side: SenderType::Admin };
        tickets::act(&app.app, other.id, &actor, tickets::Intent::Link { to, on: true }).await.expect("it is linked");
    }
    assert_eq!(refused(&sari, &link(&one, &other, true)).await, Code::TooMany);
    assert!(internal(&app, &one).await.is_empty());
}

#[tokio::test]
async fn a_ticket_is_filed_for_who_called_once_and_is_theirs_to_read() {
    let app = TestApp::start().await;
    let (sari, roro) = (app.staff("Sari").await, app.customer("Raden Roro").await);
    let other = app.customer("Rina").await;
    let order = app.order(&roro, "GO-2291").await;
    let before = app.ticket(&roro, "Tenda").await;
    let client = Client::new(&app, &sari);
    let form = FileForm {
        customer: person(&roro),
        subject: "Kursi tambahan".into(),
        category: Category::Vendor,
        priority: Priority::Urgent,
        order: Some(order.number.clone()),
        message: "Kak Roro menelepon: kursi tambah 20.".into(),
        take: true,
        link: Some(before.id),
        splits: None,
    };
    let id = Uuid::now_v7();
    let file = |form: &FileForm| Op { op_id: id, ..op(&app, id, Act::File { form: form.clone() }) };
    let first = file(&form);
    assert_eq!((landed(&client, &first).await, landed(&client, &first).await), (1, 1));
    let it = whole(&app, id).await;
    let head = &it.ticket;
    assert_eq!(
        (head.status, head.assigned_to, head.order.as_deref()),
        (Status::InProgress, Some(sari.person.id), Some("GO-2291"))
    );
    assert!(head.first_responded_at.is_some() && head.unread == 0 && head.internal.is_linked(before.id));
    assert!(internal(&app, &before).await.is_linked(id));
    let said: Vec<_> = it.messages.iter().map(|it| (it.sender_type, it.message.as_str())).collect();
    assert_eq!(said, [(SenderType::Admin, form.message.as_str())]);
    let kinds: Vec<_> = it.events.iter().map(|event| event.body.kind()).collect();
    assert_eq!(kinds, ["created", "assigned", "status", "links"]);
    // Its customer reads it, and answers in it; nobody else does.
    let seen = tickets::find_for_customer(&app.app, roro.person.id, id).await.expect("theirs");
    assert_eq!((seen.unread, seen.internal.is_empty()), (1, true));
    assert!(tickets::find_for_customer(&app.app, other.person.id, id).await.is_err());

    let fresh = |form: FileForm| {
        let id = Uuid::now_v7();
        Op { op_id: id, ..op(&app, id, Act::File { form }) }
    };
    let of_another = fresh(FileForm { customer: person(&other), ..form.clone() });
    assert_eq!(refused(&client, &of_another).await, Code::Validation);
    let for_staff = fresh(FileForm { customer: person(&sari), order: None, ..form.clone() });
    assert_eq!(refused(&client, &for_staff).await, Code::Validation);
    let empty = fresh(FileForm { subject: " ".into(), ..form.clone() });
    assert_eq!(refused(&client, &empty).await, Code::Validation);
    let nowhere = fresh(FileForm { link: Some(Uuid::now_v7()), ..form.clone() });
    assert_eq!(refused(&client, &nowhere).await, Code::NotFound);
    assert_eq!(refused(&client, &file(&FileForm { take: false, ..form.clone() })).await, Code::IdTaken);
    // However much is filed for them, they can file themselves, and as urgent.
    for _ in 0..10 {
        landed(&client, &fresh(FileForm { link: None, ..form.clone() })).await;
    }
    let own = app.file(&roro, "Genset belum datang", "urgent").await;
    assert_eq!(own.priority, Priority::Urgent);
}
