//! Ops from desks: landing once, refusing alone, losing a race, being held.

use std::time::Duration;

use gemilang_protocol::{Act, Category, Code, EventBody, Op, OpAnswer, Outcome, Priority, Status, VoidRequest};
use gemilang_service::domain::tickets::find_for_staff;
use gemilang_service::testing::{Credentials, TestApp};
use serde_json::json;
use uuid::Uuid;

use crate::client::Client;

fn op(app: &TestApp, ticket_id: Uuid, seen_n: i64, act: Act) -> Op {
    Op { op_id: Uuid::now_v7(), ticket_id, seen_n, written_at: app.app.clock.now(), act }
}

fn reply(text: &str) -> Act {
    Act::Reply { message: text.to_owned() }
}

fn landed(outcome: &Outcome) -> i64 {
    match outcome {
        Outcome::Landed { n, .. } => *n,
        other => panic!("{other:?}"),
    }
}

fn code(outcome: &Outcome) -> Code {
    match outcome {
        Outcome::Refused { code, .. } => *code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_same_op_lands_once_however_often_and_wherever_it_is_sent() {
    let app = TestApp::start().await;
    let other_process = app.second().await;
    let agent = app.staff("Sari").await;
    let desks = [Client::new(&app, &agent), Client::new(&other_process, &agent)];
    let ticket = app.file(&app.customer("Rina").await, "Rias", "medium").await;
    for act in [
        reply("Baik, Kak."),
        Act::Note { note: "catat".to_owned() },
        Act::Status { from: Status::InProgress, to: Status::Resolved },
    ] {
        let one = op(&app, ticket.id, 100, act);
        let tries = (0..20).map(|i| {
            let (desk, one) = (desks[i % 2].clone(), one.clone());
            tokio::spawn(async move { desk.push(&[one]).await.remove(0) })
        });
        let mut answers = Vec::new();
        for answer in tries.collect::<Vec<_>>() {
            answers.push(answer.await.unwrap());
        }
        landed(&answers[0].outcome);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    }
    let (_, whole) = desks[0].get(&format!("/admin/support/tickets/{}", ticket.id)).await;
    let kinds: Vec<_> =
        whole["events"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["created", "message", "status", "note", "status"]);
}

#[tokio::test]
async fn an_id_names_one_thing_for_ever() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let budi = Client::new(&app, &app.staff("Budi").await);
    let rina = app.customer("Rina").await;
    let ticket = app.file(&rina, "Rias", "medium").await;
    let elsewhere = app.file(&rina, "Tenda", "medium").await;
    let first = op(&app, ticket.id, 1, reply("Baik, Kak."));
    landed(&sari.push(std::slice::from_ref(&first)).await[0].outcome);
    let mut other_text = first.clone();
    other_text.act = reply("Tidak, Kak.");
    let mut other_ticket = first.clone();
    other_ticket.ticket_id = elsewhere.id;
    for other in [&other_text, &other_ticket] {
        assert_eq!(code(&sari.push(std::slice::from_ref(other)).await[0].outcome), Code::IdTaken);
    }
    assert_eq!(code(&budi.push(std::slice::from_ref(&first)).await[0].outcome), Code::IdTaken);
    // What may differ between two tries of one op does not make it another.
    let mut retried = first;
    retried.seen_n = 7;
    assert_eq!(landed(&sari.push(&[retried]).await[0].outcome), 2);
}

#[tokio::test]
async fn a_bad_op_is_refused_alone_and_the_order_is_kept() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let ticket = app.file(&app.customer("Rina").await, "Rias", "medium").await;
    let good = |text: &str| serde_json::to_value(op(&app, ticket.id, 100, reply(text))).unwrap();
    let mut unknown_act = good("x");
    unknown_act["act"] = json!("dance");
    let mut empty = good(" ");
    empty["op_id"] = json!(Uuid::now_v7());
    let mut nowhere = good("x");
    nowhere["ticket_id"] = json!(Uuid::now_v7());
    let mut long = good(&"x".repeat(10_001));
    let mut nul = good("a\u{0}b");
    // What follows a refused reply in its ticket waits with it: so each has a ticket of its own.
    let customer = app.customer("Made").await;
    for own in [&mut empty, &mut long, &mut nul] {
        own["ticket_id"] = json!(app.file(&customer, "Tenda", "medium").await.id);
    }
    let ops = json!({ "ops": [good("satu"), 7, unknown_act, empty, nowhere, long, nul, {"op_id": Uuid::nil()}, good("dua")] });
    let (status, answer) = sari.post("/sync/v1/push", ops).await;
    assert_eq!(status, 200, "{answer}");
    let codes: Vec<_> =
        answer["answers"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap_or("landed")).collect();
    let expected = [
        "landed",
        "malformed",
        "malformed",
        "validation",
        "not_found",
        "validation",
        "validation",
        "malformed",
        "landed",
    ];
    assert_eq!(codes, expected);
    let (_, page) = sari.get(&format!("/admin/support/tickets/{}/messages", ticket.id)).await;
    let texts: Vec<_> =
        page["items"].as_array().unwrap().iter().skip(1).map(|it| it["message"].as_str().unwrap()).collect();
    assert_eq!(texts, ["satu", "dua"]);
    let many = json!({ "ops": vec![json!(1); 101] });
    assert_eq!(sari.post("/sync/v1/push", many).await.0, 413);
}

#[tokio::test]
async fn a_lost_race_names_who_won() {
    let app = TestApp::start().await;
    let (sari, budi): (Credentials, Credentials) = (app.staff("Sari").await, app.staff("Budi").await);
    let (sari_id, budi_id) = (sari.person.id, budi.person.id);
    let (sari, budi) = (Client::new(&app, &sari), Client::new(&app, &budi));
    let rina = app.customer("Rina").await;
    let ticket = app.file(&rina, "Rias", "medium").await;
    let take = |to| op(&app, ticket.id, 1, Act::Assign { from: None, to: Some(to) });
    landed(&sari.push(&[take(sari_id)]).await[0].outcome);
    match &budi.push(&[take(budi_id)]).await[0].outcome {
        Outcome::Refused { code: Code::LostRace, winner: Some(winner), .. } => {
            assert_eq!(winner.actor.as_ref().unwrap().name, "Sari");
            assert!(matches!(&winner.body, EventBody::Assigned { to: Some(to), .. } if to.id == sari_id));
        }
        other => panic!("{other:?}"),
    }
    // Wanting what is so already is no race, and is remembered.
    let before = find_for_staff(&app.app, ticket.id).await.unwrap().n;
    assert_eq!(landed(&budi.push(&[take(sari_id)]).await[0].outcome), before + 1);
    let status = |from, to| op(&app, ticket.id, 1, Act::Status { from, to });
    landed(&sari.push(&[status(Status::Open, Status::Resolved)]).await[0].outcome);
    assert_eq!(code(&budi.push(&[status(Status::Open, Status::WaitingCustomer)]).await[0].outcome), Code::LostRace);
    let priority = |from, to| op(&app, ticket.id, 1, Act::Priority { from, to });
    landed(&sari.push(&[priority(Priority::Medium, Priority::High)]).await[0].outcome);
    assert_eq!(code(&budi.push(&[priority(Priority::Medium, Priority::Low)]).await[0].outcome), Code::LostRace);
    let category = |from, to| op(&app, ticket.id, 1, Act::Category { from, to });
    landed(&sari.push(&[category(Category::General, Category::Payment)]).await[0].outcome);
    assert_eq!(code(&budi.push(&[category(Category::General, Category::Vendor)]).await[0].outcome), Code::LostRace);
    landed(&budi.push(&[category(Category::General, Category::Payment)]).await[0].outcome);
    assert_eq!(find_for_staff(&app.app, ticket.id).await.unwrap().category, Category::Payment);
    let subject = |from: &str, to: &str| op(&app, ticket.id, 1, Act::Subject { from: from.into(), to: to.into() });
    let was = find_for_staff(&app.app, ticket.id).await.unwrap().subject;
    landed(&sari.push(&[subject(&was, "  Akad  dimajukan ")]).await[0].outcome);
    match &budi.push(&[subject(&was, "Akad pagi")]).await[0].outcome {
        Outcome::Refused { code: Code::LostRace, winner: Some(winner), .. } => {
            assert!(matches!(&winner.body, EventBody::Subject { to, .. } if to == "Akad dimajukan"));
        }
        other => panic!("{other:?}"),
    }
    let same = subject(&was, "Akad dimajukan");
    let n = landed(&budi.push(std::slice::from_ref(&same)).await[0].outcome);
    assert_eq!(landed(&budi.push(&[same]).await[0].outcome), n, "the stored answer");
    assert_eq!(code(&sari.push(&[subject("Akad dimajukan", " ")]).await[0].outcome), Code::Validation);
    let order = |from: Option<&str>, to: Option<&str>| {
        op(&app, ticket.id, 1, Act::Order { from: from.map(Into::into), to: to.map(Into::into) })
    };
    app.order(&rina, "GO-2291").await;
    landed(&sari.push(&[order(None, Some("GO-2291"))]).await[0].outcome);
    assert_eq!(code(&budi.push(&[order(Some("GO-1"), None)]).await[0].outcome), Code::LostRace);
    assert_eq!(code(&budi.push(&[order(Some("GO-2291"), Some("GO-9"))]).await[0].outcome), Code::Validation);
    landed(&budi.push(&[order(Some("GO-2291"), None)]).await[0].outcome);
    assert_eq!(find_for_staff(&app.app, ticket.id).await.unwrap().order, None);
    let stranger = op(&app, ticket.id, 1, Act::Assign { from: Some(sari_id), to: Some(ticket.customer.id) });
    assert_eq!(code(&sari.push(&[stranger]).await[0].outcome), Code::Validation);
}

#[tokio::test]
async fn a_reply_is_held_when_its_thread_moved() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let budi = Client::new(&app, &app.staff("Budi").await);
    let rina = app.customer("Rina").await;
    let ticket = app.file(&rina, "Rias", "medium").await;
    landed(&budi.push(&[op(&app, ticket.id, 1, reply("Saya jawab."))]).await[0].outcome);
    let blind = op(&app, ticket.id, 1, reply("Saya juga."));
    match &sari.push(std::slice::from_ref(&blind)).await[0].outcome {
        Outcome::Held { unseen } => assert_eq!(unseen.message, "Saya jawab."),
        other => panic!("{other:?}"),
    }
    // Nothing was kept: sent anyway, having seen it, the same op lands.
    let mut knowing = blind;
    knowing.seen_n = 3;
    landed(&sari.push(&[knowing]).await[0].outcome);
    // One's own earlier reply is nothing unseen, and a note is never held.
    landed(&sari.push(&[op(&app, ticket.id, 3, reply("Lagi."))]).await[0].outcome);
    landed(&budi.push(&[op(&app, ticket.id, 0, Act::Note { note: "catat".to_owned() })]).await[0].outcome);

    let couple = gemilang_service::auth::sessions::find(
        &app.app,
        &rina.token,
        &[gemilang_service::auth::sessions::Kind::Portal],
    );
    let couple = couple.await.unwrap().actor();
    let seen = find_for_staff(&app.app, ticket.id).await.unwrap().n;
    let typed_live = op(&app, ticket.id, seen, reply("Mengetik."));
    let waited = op(&app, ticket.id, seen, reply("Dari gedung."));
    gemilang_service::domain::messages::send(&app.app, &couple, ticket.id, Uuid::now_v7(), "Eh, jam 6 saja")
        .await
        .unwrap();
    landed(&sari.push(&[typed_live]).await[0].outcome);
    app.app.clock.forward(Duration::from_secs(21));
    match &sari.push(&[waited]).await[0].outcome {
        Outcome::Held { unseen } => assert_eq!(unseen.message, "Eh, jam 6 saja"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_written_behind_a_reply_lands_only_with_it() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let budi = Client::new(&app, &app.staff("Budi").await);
    let rina = app.customer("Rina").await;
    let [moved, calm] = [app.file(&rina, "Rias", "medium").await, app.file(&rina, "Denah", "medium").await];
    landed(&budi.push(&[op(&app, moved.id, 1, reply("Saya jawab."))]).await[0].outcome);
    let note = || Act::Note { note: "catat".to_owned() };
    let resolve = Act::Status { from: Status::InProgress, to: Status::Resolved };
    let written = [
        op(&app, moved.id, 1, note()),
        op(&app, moved.id, 1, reply("Saya juga.")),
        op(&app, calm.id, 1, reply("Satu.")),
        op(&app, moved.id, 1, note()),
        op(&app, moved.id, 1, resolve),
        op(&app, moved.id, 1, Act::Read { up_to: 1 }),
        op(&app, calm.id, 1, reply("Dua.")),
    ];
    let outcomes: Vec<_> = sari.push(&written).await.into_iter().map(|answer| answer.outcome).collect();
    assert!(matches!(outcomes[1], Outcome::Held { .. }), "{outcomes:?}");
    assert_eq!(outcomes[3..5], [Outcome::Behind, Outcome::Behind]);
    for taken in [0, 2, 5, 6] {
        landed(&outcomes[taken]);
    }
    assert!(landed(&outcomes[2]) < landed(&outcomes[6]));
    // One that the service refuses for good holds up no other way.
    let refused = [op(&app, calm.id, 1, reply("")), op(&app, calm.id, 1, note())];
    let answers = sari.push(&refused).await;
    assert_eq!((code(&answers[0].outcome), &answers[1].outcome), (Code::Validation, &Outcome::Behind));
    // Decided: the same ops go on, in order.
    let mut knowing = written;
    knowing.iter_mut().for_each(|op| op.seen_n = 3);
    let answers = sari.push(&knowing).await;
    let places: Vec<_> = [0, 1, 3, 4].map(|at| landed(&answers[at].outcome)).to_vec();
    assert!(places.is_sorted(), "{places:?}");
}

#[tokio::test]
async fn many_desks_at_one_ticket_number_its_events_without_gaps() {
    let app = TestApp::start().await;
    let ticket = app.file(&app.customer("Rina").await, "Rias", "medium").await;
    let mut tasks = Vec::new();
    for i in 0..8 {
        let desk = Client::new(&app, &app.staff(&format!("Staf {i}")).await);
        let ops: Vec<_> = (0..5).map(|j| op(&app, ticket.id, 1_000, reply(&format!("{i}-{j}")))).collect();
        tasks.push(tokio::spawn(async move {
            for one in ops {
                landed(&desk.push(&[one]).await[0].outcome);
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let (_, whole) =
        Client::new(&app, &app.staff("Sari").await).get(&format!("/admin/support/tickets/{}", ticket.id)).await;
    let ns: Vec<_> = whole["events"].as_array().unwrap().iter().map(|event| event["n"].as_i64().unwrap()).collect();
    assert_eq!(ns, (1..=42).collect::<Vec<_>>());
    assert_eq!(whole["ticket"]["n"], 42);
}

#[tokio::test]
async fn a_read_op_marks_and_lands_even_when_there_is_nothing() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let ticket = app.file(&app.customer("Rina").await, "Rias", "medium").await;
    let read = op(&app, ticket.id, 1, Act::Read { up_to: 1 });
    assert_eq!(landed(&sari.push(std::slice::from_ref(&read)).await[0].outcome), 2);
    assert_eq!(landed(&sari.push(&[read]).await[0].outcome), 2);
    assert_eq!(find_for_staff(&app.app, ticket.id).await.unwrap().unread, 0);
    landed(&sari.push(&[op(&app, ticket.id, 2, Act::Read { up_to: i64::MAX })]).await[0].outcome);
}

#[tokio::test]
async fn a_desk_without_a_clock_holds_nothing_up() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let ticket = app.ticket(&app.customer("Rina").await, "Rias").await;
    let mut ops = Vec::new();
    for written_at in [gemilang_protocol::Time::MIN_UTC, gemilang_protocol::Time::MAX_UTC] {
        ops.push(Op { written_at, ..op(&app, ticket.id, 99, reply("halo")) });
        ops.push(Op { written_at, ..op(&app, ticket.id, 99, Act::Note { note: "catatan".to_owned() }) });
        let act = Act::Status { from: Status::InProgress, to: Status::Resolved };
        ops.push(Op { written_at, ..op(&app, ticket.id, 99, act) });
    }
    let answers = sari.push(&ops).await;
    assert!(answers.iter().all(|answer| matches!(answer.outcome, Outcome::Landed { .. })), "{answers:?}");
    let (_, whole) = sari.get(&format!("/admin/support/tickets/{}", ticket.id)).await;
    let written = |i: usize| whole["messages"][i]["written_at"].as_str().unwrap().to_owned();
    assert_eq!((written(1).as_str(), written(2).as_str()), ("1970-01-01T00:00:00Z", "2026-11-22T02:00:00Z"));
}

async fn void(desk: &Client, one: &Op) -> Outcome {
    let request = VoidRequest { op_id: one.op_id, ticket_id: one.ticket_id };
    let (status, answer) = desk.post("/sync/v1/void", serde_json::to_value(request).unwrap()).await;
    assert_eq!(status, 200, "{answer}");
    serde_json::from_value::<OpAnswer>(answer).unwrap().outcome
}

#[tokio::test]
async fn an_op_that_is_void_never_lands_and_one_that_landed_is_never_void() {
    let app = TestApp::start().await;
    let other_process = app.second().await;
    let agent = app.staff("Sari").await;
    let (sari, elsewhere) = (Client::new(&app, &agent), Client::new(&other_process, &agent));
    let budi = Client::new(&app, &app.staff("Budi").await);
    let ticket = app.file(&app.customer("Rina").await, "Rias", "medium").await;
    for act in [
        reply("Baik."),
        Act::Note { note: "catat".to_owned() },
        Act::Priority { from: Priority::Medium, to: Priority::Low },
    ] {
        let one = op(&app, ticket.id, 100, act.clone());
        assert_eq!(code(&void(&sari, &one).await), Code::Voided);
        assert_eq!(code(&void(&elsewhere, &one).await), Code::Voided, "the same again");
        assert_eq!(code(&elsewhere.push(std::slice::from_ref(&one)).await[0].outcome), Code::Voided);
        let two = op(&app, ticket.id, 100, act);
        let n = landed(&sari.push(std::slice::from_ref(&two)).await[0].outcome);
        assert_eq!(landed(&void(&elsewhere, &two).await), n);
        // Nobody else's op can be asked about or made void.
        assert_eq!(code(&void(&budi, &two).await), Code::IdTaken);
        assert_eq!(code(&void(&budi, &one).await), Code::IdTaken);
    }
    let nowhere = op(&app, Uuid::now_v7(), 0, reply("x"));
    assert_eq!(code(&void(&sari, &nowhere).await), Code::NotFound);
    assert_eq!(sari.post("/sync/v1/void", json!({"op_id": Uuid::nil(), "ticket_id": ticket.id})).await.0, 400);
    assert_eq!(sari.post("/sync/v1/void", json!({"op_id": "x"})).await.0, 400);
}

#[tokio::test]
async fn a_push_and_a_void_at_once_agree_on_who_was_first() {
    let app = TestApp::start().await;
    let other_process = app.second().await;
    let agent = app.staff("Sari").await;
    let desks = [Client::new(&app, &agent), Client::new(&other_process, &agent)];
    let ticket = app.file(&app.customer("Rina").await, "Rias", "medium").await;
    let (mut lands, mut voids) = (0, 0);
    for round in 0..40 {
        let one = op(&app, ticket.id, 1_000, reply(&format!("Balasan {round}")));
        let tasks = (0..6).map(|i| {
            let (desk, one) = (desks[(i + round) % 2].clone(), one.clone());
            tokio::spawn(async move {
                if (i + round) % 3 == 0 { void(&desk, &one).await } else { desk.push(&[one]).await.remove(0).outcome }
            })
        });
        let mut outcomes = Vec::new();
        for task in tasks.collect::<Vec<_>>() {
            outcomes.push(task.await.unwrap());
        }
        assert!(
            outcomes.iter().all(|outcome| std::mem::discriminant(outcome) == std::mem::discriminant(&outcomes[0])),
            "{outcomes:?}"
        );
        match &outcomes[0] {
            Outcome::Landed { .. } => lands += 1,
            refused => {
                assert_eq!(code(refused), Code::Voided);
                voids += 1;
            }
        }
    }
    let (_, page) = desks[0].get(&format!("/admin/support/tickets/{}/messages?limit=500", ticket.id)).await;
    assert_eq!(page["items"].as_array().unwrap().len(), 1 + lands, "{voids} void");
}
