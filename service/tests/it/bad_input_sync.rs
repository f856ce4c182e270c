//! Bad input at the desk's door: each thing is refused alone, with a code, and nothing beside it suffers.

use gemilang_protocol::{Act, Code, Op, OpAnswer, Outcome, PROTOCOL_HEADER, PushAnswer, VoidRequest};
use gemilang_service::domain::people;
use gemilang_service::domain::tickets::find_for_staff;
use gemilang_service::testing::TestApp;
use serde_json::{Value, json};
use sqlx::Connection;
use uuid::Uuid;

use crate::client::Client;

fn op(app: &TestApp, ticket_id: Uuid, act: Act) -> Op {
    Op { op_id: Uuid::now_v7(), ticket_id, seen_n: 1, written_at: app.app.clock.now(), act }
}

fn reply(text: &str) -> Act {
    Act::Reply { message: text.to_owned() }
}

fn with(op: &Op, key: &str, value: Value) -> Value {
    let mut op = serde_json::to_value(op).unwrap();
    op[key] = value;
    op
}

async fn push(desk: &Client, body: Value) -> Vec<OpAnswer> {
    let (status, answer) = desk.post("/sync/v1/push", body).await;
    assert_eq!(status, 200, "{answer}");
    serde_json::from_value::<PushAnswer>(answer).unwrap().answers
}

#[tokio::test]
async fn every_bad_op_is_refused_alone_and_the_good_ones_land_in_order() {
    let app = TestApp::start().await;
    let (sari, other) = (app.staff("Sari").await, app.staff("Bima").await);
    let (desk, colleague) = (Client::new(&app, &sari), Client::new(&app, &other));
    let ticket = app.ticket(&app.customer("Rina").await, "Rias").await;
    let borne = op(&app, ticket.id, Act::Note { note: "milik Bima".to_owned() });
    colleague.push(std::slice::from_ref(&borne)).await;
    let good = |text: &str| serde_json::to_value(op(&app, ticket.id, reply(text))).unwrap();
    let note = op(&app, ticket.id, Act::Note { note: "catatan".to_owned() });
    let assign = op(&app, ticket.id, Act::Assign { from: None, to: None });
    let bad = [
        (json!(null), Code::Malformed),
        (json!({}), Code::Malformed),
        (json!([[[]]]), Code::Malformed),
        (with(&note, "act", json!("merge")), Code::Malformed),
        (with(&note, "act", json!(7)), Code::Malformed),
        (with(&note, "op_id", json!("bukan-id")), Code::Malformed),
        (with(&note, "op_id", json!(Uuid::nil())), Code::Malformed),
        (with(&note, "ticket_id", json!("GW-1042")), Code::Malformed),
        (with(&note, "seen_n", json!(1e300)), Code::Malformed),
        (with(&note, "written_at", json!("kemarin")), Code::Malformed),
        (with(&note, "note", json!("")), Code::Validation),
        (with(&note, "note", json!("x".repeat(10_001))), Code::Validation),
        (with(&note, "note", json!("a\u{0}b")), Code::Validation),
        (with(&note, "ticket_id", json!(Uuid::now_v7())), Code::NotFound),
        (with(&note, "ticket_id", json!(Uuid::nil())), Code::NotFound),
        (with(&assign, "to", json!(Uuid::now_v7())), Code::Validation),
        (with(&note, "op_id", json!(borne.op_id)), Code::IdTaken),
    ];
    let mut ops = vec![good("Satu")];
    for (op, _) in &bad {
        let mut op = op.clone();
        // Each is an op of its own, except where its id is what is bad.
        if op["op_id"] == json!(note.op_id) || op["op_id"] == json!(assign.op_id) {
            op["op_id"] = json!(Uuid::now_v7());
        }
        ops.push(op);
        ops.push(good(&format!("Setelah {}", ops.len())));
    }
    // Places that nobody can have seen change nothing about an op.
    for seen_n in [i64::MIN, -1, i64::MAX] {
        ops.push(with(&op(&app, ticket.id, Act::Note { note: "dari mana".to_owned() }), "seen_n", json!(seen_n)));
    }
    for sent_at in [json!(null), json!("kemarin"), json!(7), json!("+262000-01-01T00:00:00Z")] {
        let answers = push(&desk, json!({ "ops": ops, "sent_at": sent_at })).await;
        assert_eq!(answers.len(), ops.len());
        for ((op, code), answer) in bad.iter().zip(answers[1..].iter().step_by(2)) {
            match &answer.outcome {
                Outcome::Refused { code: given, .. } => assert_eq!(given, code, "{op}"),
                other => panic!("{op}: {other:?}"),
            }
        }
        let landed = |answer: &OpAnswer| match answer.outcome {
            Outcome::Landed { n, .. } => n,
            ref other => panic!("{other:?}"),
        };
        let mut good: Vec<_> = answers[..=bad.len() * 2].iter().step_by(2).map(landed).collect();
        good.extend(answers[bad.len() * 2 + 1..].iter().map(landed));
        assert!(good.is_sorted(), "{good:?}");
    }
    let before = find_for_staff(&app.app, ticket.id).await.unwrap().n;
    push(&desk, json!({ "ops": ops })).await;
    assert_eq!(find_for_staff(&app.app, ticket.id).await.unwrap().n, before, "the same ops change nothing");
}

#[tokio::test]
async fn what_the_database_refuses_is_one_ops_trouble() {
    let app = TestApp::start().await;
    let desk = Client::new(&app, &app.staff("Sari").await);
    let rina = app.customer("Rina").await;
    let (ticket, elsewhere) = (app.ticket(&rina, "Rias").await, app.ticket(&rina, "Tenda").await);
    let mut connection = sqlx::PgConnection::connect(app.database_url()).await.unwrap();
    sqlx::raw_sql(
        "create function stumble() returns trigger language plpgsql as $$
            begin if new.message like '%tersandung%' then raise exception 'a fault of ours'; end if; return new; end $$;
        create trigger stumble before insert on chat_messages for each row execute function stumble()",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    let written = [(&ticket, "Satu"), (&ticket, "tersandung"), (&elsewhere, "Tiga"), (&ticket, "Empat")];
    let ops = written.map(|(ticket, text)| op(&app, ticket.id, reply(text)));
    let answers = desk.push(&ops).await;
    assert!(matches!(answers[0].outcome, Outcome::Landed { .. }), "{answers:?}");
    assert!(matches!(&answers[1].outcome, Outcome::Refused { code: Code::Unknown, detail, .. } if detail.is_empty()));
    assert!(matches!(answers[2].outcome, Outcome::Landed { .. }), "{answers:?}");
    assert!(matches!(answers[3].outcome, Outcome::Behind), "what its author wrote after it waits for it: {answers:?}");
    // Nothing of it is there, and its id can be made void.
    let request = VoidRequest { op_id: ops[1].op_id, ticket_id: ticket.id };
    let (status, answer) = desk.post("/sync/v1/void", json!(request)).await;
    assert_eq!((status, &answer["code"]), (200, &json!("voided")));
}

#[tokio::test]
async fn whole_requests_that_are_bad_are_refused_with_a_code() {
    let app = TestApp::start().await;
    let desk = Client::new(&app, &app.staff("Sari").await);
    let ticket = app.ticket(&app.customer("Rina").await, "Rias").await;
    let many: Vec<_> = (0..101).map(|_| op(&app, ticket.id, Act::Read { up_to: 1 })).collect();
    let known: Vec<_> = (0..2_001).map(|_| Uuid::now_v7()).collect();
    for (door, body, expected) in [
        ("push", json!({ "ops": many }), 413),
        ("push", json!({ "ops": 7 }), 400),
        ("push", json!({}), 400),
        ("void", json!({ "op_id": Uuid::nil(), "ticket_id": ticket.id }), 400),
        ("void", json!({ "op_id": "x" }), 400),
        ("known", json!({ "ops": known }), 413),
        ("known", json!({ "ops": ["x"] }), 400),
    ] {
        let (status, problem) = desk.post(&format!("/sync/v1/{door}"), body.clone()).await;
        assert_eq!(status, expected, "{door} {problem}");
        assert!(problem["code"].is_string(), "{door} {problem}");
    }
    // A ticket that is nowhere has no ops either.
    let request = VoidRequest { op_id: Uuid::now_v7(), ticket_id: Uuid::now_v7() };
    assert_eq!(desk.post("/sync/v1/void", json!(request)).await.1["code"], "not_found");
    for cursor in ["sampah", "%00", "%F0%9F%99%8F", "YjEuMS4x", "MS4yLjM", &"A".repeat(3_000)] {
        for door in ["pull", "bootstrap", "live"] {
            let (status, problem) = desk.get(&format!("/sync/v1/{door}?cursor={cursor}")).await;
            assert_eq!((status, &problem["code"]), (400, &json!("malformed")), "{door} {cursor}");
        }
    }
    let thread = desk.get("/sync/v1/thread/bukan-id").await;
    assert_eq!((thread.0, &thread.1["code"]), (404, &json!("not_found")));
}

#[tokio::test]
async fn ten_megabytes_are_too_large_and_nothing_else_happens() {
    let app = TestApp::start().await;
    let desk = Client::new(&app, &app.staff("Sari").await);
    let ticket = app.ticket(&app.customer("Rina").await, "Rias").await;
    let long = op(&app, ticket.id, reply(&"x".repeat(10 * 1024 * 1024)));
    let request = desk.http.post(app.at("/sync/v1/push")).bearer_auth(&desk.token).header(PROTOCOL_HEADER, "1");
    let response = request.json(&json!({ "ops": [long] })).send().await.unwrap();
    assert_eq!(response.status(), 413);
    assert_eq!(response.json::<Value>().await.unwrap()["code"], "too_large");
    assert_eq!(find_for_staff(&app.app, ticket.id).await.unwrap().n, 1);
    // As many characters as are allowed, each of four bytes, in as many ops as one push may hold of them.
    let emoji = "🙏".repeat(10_000);
    let ops: Vec<_> = (0..5).map(|_| op(&app, ticket.id, reply(&emoji))).collect();
    assert!(desk.push(&ops).await.iter().all(|answer| matches!(answer.outcome, Outcome::Landed { .. })));
}

#[tokio::test]
async fn somebody_who_was_revoked_is_told_so_at_every_door() {
    let app = TestApp::start().await;
    let (sari, bima) = (app.staff("Sari").await, app.staff("Bima").await);
    let (desk, colleague) = (Client::new(&app, &sari), Client::new(&app, &bima));
    let ticket = app.ticket(&app.customer("Rina").await, "Rias").await;
    let one = op(&app, ticket.id, reply("Masih sempat?"));
    people::set_active(&app.app, sari.person.id, false).await.unwrap();
    let void = VoidRequest { op_id: one.op_id, ticket_id: ticket.id };
    for (method, door, body) in [
        ("POST", "push", Some(json!({ "ops": [one] }))),
        ("POST", "void", Some(json!(void))),
        ("POST", "known", Some(json!({ "ops": [one.op_id] }))),
        ("GET", "pull", None),
        ("GET", "bootstrap", None),
        ("GET", "live", None),
    ] {
        let (status, problem) = desk.ask(method, &format!("/sync/v1/{door}"), body).await;
        assert_eq!(status, 401, "{door} {problem}");
        assert!(problem["code"].is_string(), "{door} {problem}");
    }
    let theirs = op(&app, ticket.id, reply("Saya yang jawab."));
    assert!(matches!(colleague.push(&[theirs]).await[0].outcome, Outcome::Landed { .. }));
}
