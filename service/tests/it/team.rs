//! The team: only admins ask somebody to join, change what they may do, and let them go.

use std::time::Duration;

use gemilang_protocol::Duty;
use gemilang_service::domain::{duty, people, team};
use gemilang_service::testing::{Credentials, PASSWORD, TestApp};
use serde_json::{Value, json};

use crate::client::Client;
use crate::portal::browser::Browser;

/// The path of the link in the last mail to an address.
async fn link(app: &TestApp, email: &str) -> Option<String> {
    let mails = app.mails().await;
    let mail = mails.iter().rev().find(|mail| mail.recipient == email && mail.kind == "staff")?;
    let text = mail.text.clone()?;
    let at = text.find("/staff/join/")?;
    Some(text[at..].split_whitespace().next()?.to_owned())
}

async fn invite(desk: &Client, email: &str, role: &str) -> (u16, Value) {
    desk.post("/admin/people", json!({ "email": email, "role": role })).await
}

fn member<'a>(team: &'a Value, who: &Credentials) -> &'a Value {
    let id = who.person.id.to_string();
    team["people"].as_array().unwrap().iter().find(|it| it["person"]["id"] == *id).unwrap()
}

fn door(who: &Credentials) -> String {
    format!("/admin/people/{}", who.person.id)
}

#[tokio::test]
async fn nobody_but_an_admin_gets_near_the_team() {
    let app = TestApp::start().await;
    let (bayu, sari, rina) = (app.admin("Bayu").await, app.staff("Sari").await, app.customer("Rina").await);
    let (_, invited) = invite(&Client::new(&app, &bayu), "hanifah@contoh.id", "agent").await;
    let invitation = format!("/admin/invitations/{}", invited["invitations"][0]["id"].as_str().unwrap());
    for (who, status) in [(&sari, 403), (&rina, 401)] {
        let them = Client::new(&app, who);
        for (method, path, body) in [
            ("GET", "/admin/team".to_owned(), None),
            ("POST", "/admin/people".to_owned(), Some(json!({ "email": "x@contoh.id", "role": "admin" }))),
            ("PATCH", door(&sari), Some(json!({ "role": "admin" }))),
            ("DELETE", format!("{}/sessions", door(&bayu)), None),
            ("POST", invitation.clone(), None),
            ("DELETE", invitation.clone(), None),
        ] {
            assert_eq!(them.ask(method, &path, body).await.0, status, "{method} {path} by {}", who.person.name);
        }
    }
}

#[tokio::test]
async fn who_is_asked_to_join_chooses_a_password_and_is_in_once() {
    let app = TestApp::start().await;
    let (bayu, rina) = (app.admin("Bayu Saputra").await, app.customer("Rina").await);
    let desk = Client::new(&app, &bayu);
    for (email, role, field) in [
        ("hanifah", "agent", "email"),
        (rina.person.email.as_str(), "agent", "email"),
        ("hanifah@contoh.id", "customer", "role"),
    ] {
        let (status, problem) = invite(&desk, email, role).await;
        assert_eq!((status, problem["errors"].get(field).is_some()), (422, true), "{email}, {role}: {problem}");
    }
    let (status, team) = invite(&desk, " Hanifah@Contoh.id", "agent").await;
    assert_eq!((status, &team["invitations"][0]["email"]), (201, &json!("hanifah@contoh.id")));
    assert_eq!(team["invitations"][0]["by"]["name"], "Bayu Saputra");
    // Asked once more, as an admin: one invitation, and what was said last counts.
    let (_, team) = invite(&desk, "hanifah@contoh.id", "admin").await;
    assert_eq!((team["invitations"].as_array().unwrap().len(), &team["invitations"][0]["role"]), (1, &json!("admin")));

    let path = link(&app, "hanifah@contoh.id").await.unwrap();
    let browser = Browser::new(&app);
    // A scanner opens it, and a form that breaks a rule is filled as it was.
    for _ in 0..2 {
        assert!(browser.get(&path).await.has("Bayu Saputra"));
    }
    let page = browser.get(&path).await;
    assert!(page.has("Satu tim di balik") && !page.has("hari bahagia Anda"), "it speaks to who works here");
    let csrf = page.value("csrf");
    let form = |name: &'static str, password: &'static str, again: &'static str| {
        [
            ("csrf", csrf.clone()),
            ("name", name.into()),
            ("password", password.into()),
            ("password_confirmation", again.into()),
        ]
    };
    let send = async |fields: [(&str, String); 4]| {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post(&path, &fields).await
    };
    let page = send(form("Hanifah Nur Azizah", "pendek", "pendek")).await;
    assert_eq!((page.status, page.value("name").as_str()), (422, "Hanifah Nur Azizah"));
    assert_eq!(browser.post(&path, &[("name", "x"), ("password", PASSWORD)]).await.status, 403, "without its token");
    assert_eq!(send(form("Hanifah Nur Azizah", PASSWORD, PASSWORD)).await.status, 200);
    assert_eq!(send(form("Hanifah Nur Azizah", PASSWORD, PASSWORD)).await.status, 410, "once");

    let body = json!({ "email": "hanifah@contoh.id", "password": PASSWORD });
    let (status, session) = Client::with_token(&app, "").post("/admin/session", body).await;
    assert_eq!(
        (status, &session["user"]["role"], &session["user"]["name"]),
        (200, &json!("admin"), &json!("Hanifah Nur Azizah"))
    );
    let (_, team) = desk.get("/admin/team").await;
    assert_eq!((team["invitations"].as_array().unwrap().len(), team["people"].as_array().unwrap().len()), (0, 2));
}

#[tokio::test]
async fn an_invitation_ends_by_itself_is_sent_again_and_taken_back() {
    let app = TestApp::start().await;
    let desk = Client::new(&app, &app.admin("Bayu").await);
    let (_, team) = invite(&desk, "hanifah@contoh.id", "agent").await;
    let door = format!("/admin/invitations/{}", team["invitations"][0]["id"].as_str().unwrap());
    let first = link(&app, "hanifah@contoh.id").await.unwrap();
    app.app.clock.forward(Duration::from_secs(7 * 86_400));
    assert_eq!(Browser::new(&app).get(&first).await.status, 410);
    assert_eq!(desk.ask("POST", &door, None).await.0, 200);
    let second = link(&app, "hanifah@contoh.id").await.unwrap();
    assert_ne!(first, second);
    for path in [&first, &second] {
        assert_eq!(Browser::new(&app).get(path).await.status, 200, "whichever mail its reader keeps");
    }
    let (status, team) = desk.ask("DELETE", &door, None).await;
    assert_eq!((status, team["invitations"].as_array().unwrap().len()), (200, 0));
    assert_eq!(Browser::new(&app).get(&second).await.status, 410);
    for method in ["POST", "DELETE"] {
        assert_eq!(desk.ask(method, &door, None).await.0, 404);
    }
    // One that is taken back before its mail was written is told to nobody.
    let (_, team) = invite(&desk, "siti@contoh.id", "agent").await;
    let door = format!("/admin/invitations/{}", team["invitations"][0]["id"].as_str().unwrap());
    assert_eq!(desk.ask("DELETE", &door, None).await.0, 200);
    assert_eq!(link(&app, "siti@contoh.id").await, None);
}

#[tokio::test]
async fn who_is_deactivated_is_out_and_their_tickets_are_nobodys() {
    let app = TestApp::start().await;
    let (bayu, dimas, rina) = (app.admin("Bayu").await, app.staff("Dimas").await, app.customer("Rina").await);
    let (desk, theirs) = (Client::new(&app, &bayu), Client::new(&app, &dimas));
    duty::set(&app.app, dimas.person.id, Duty::On).await.unwrap();
    let mut tickets = Vec::new();
    for subject in ["Rias", "Gedung", "Katering", "Undangan"] {
        let ticket = app.ticket(&rina, subject).await;
        let path = format!("/admin/support/tickets/{}", ticket.id);
        let to = json!({ "assigned_to": dimas.person.id });
        assert_eq!(desk.patch(&format!("{path}/assign"), to).await.0, 200);
        tickets.push(path);
    }
    for (path, status) in tickets[2..].iter().zip(["resolved", "closed"]) {
        assert_eq!(desk.patch(&format!("{path}/status"), json!({ "status": status })).await.0, 200);
    }
    let (_, team) = desk.get("/admin/team").await;
    assert_eq!((&member(&team, &dimas)["tickets"], &member(&team, &dimas)["sessions"]), (&json!(2), &json!(1)));

    let (status, changed) = desk.patch(&door(&dimas), json!({ "active": false })).await;
    assert_eq!(status, 200);
    let released: Vec<_> = changed["released"].as_array().unwrap().iter().map(|it| it["subject"].clone()).collect();
    assert_eq!(released, ["Rias", "Gedung"]);
    let of = member(&changed["team"], &dimas);
    assert_eq!((&of["person"]["active"], &of["tickets"], &of["sessions"]), (&json!(false), &json!(0), &json!(0)));
    assert_eq!(theirs.get("/admin/support/tickets").await.0, 401);
    assert_eq!(people::find(&app.app, dimas.person.id).await.unwrap().duty, Duty::Off);
    let mut assigned = Vec::new();
    for path in &tickets {
        let (_, whole) = desk.get(path).await;
        assigned.push(!whole["ticket"]["assigned_to"].is_null());
    }
    assert_eq!(assigned, [false, false, false, true], "what may be opened again is nobody's, what is closed stays");

    // Asked again nothing more happens; let in again they come by their password.
    assert_eq!(desk.patch(&door(&dimas), json!({ "active": false })).await.1["released"], json!([]));
    assert_eq!(desk.patch(&door(&dimas), json!({ "active": true })).await.0, 200);
    assert_eq!(theirs.get("/admin/support/tickets").await.0, 401);
    let body = json!({ "email": dimas.person.email, "password": PASSWORD });
    assert_eq!(Client::with_token(&app, "").post("/admin/session", body).await.0, 200);
}

#[tokio::test]
async fn there_is_always_an_admin_and_nobody_changes_themselves() {
    let app = TestApp::start().await;
    let (bayu, sari) = (app.admin("Bayu").await, app.admin("Sari").await);
    let rina = app.customer("Rina").await;
    let desk = Client::new(&app, &bayu);
    for body in [json!({ "role": "agent" }), json!({ "active": false })] {
        assert_eq!(desk.patch(&door(&bayu), body).await.0, 403, "oneself");
    }
    for body in [json!({ "role": "customer" }), json!({ "duty": { "is": "on" } })] {
        assert_eq!(desk.patch(&door(&sari), body).await.0, 422);
    }
    assert_eq!(desk.patch(&door(&rina), json!({ "role": "admin" })).await.0, 404, "a customer is not of the team");
    // Two who let each other go at once leave one.
    let others = Client::new(&app, &sari);
    let (hers, his) = (door(&sari), door(&bayu));
    let both = futures_util::join!(
        desk.patch(&hers, json!({ "role": "agent" })),
        others.patch(&his, json!({ "role": "agent" })),
    );
    let answers = [both.0.0, both.1.0];
    assert!(answers.contains(&200) && answers.iter().any(|it| [403, 422].contains(it)), "{answers:?}");
    let admins = people::staff(&app.app).await.unwrap().into_iter().filter(|it| it.role.as_str() == "admin").count();
    assert_eq!(admins, 1);
}

#[tokio::test]
async fn an_admin_sends_somebody_off_duty_and_out_of_all_their_desks() {
    let app = TestApp::start().await;
    let (bayu, sari) = (app.admin("Bayu").await, app.staff("Sari").await);
    let (desk, theirs) = (Client::new(&app, &bayu), Client::new(&app, &sari));
    duty::set(&app.app, sari.person.id, Duty::On).await.unwrap();
    assert_eq!(desk.patch(&door(&sari), json!({ "duty": { "is": "off" } })).await.0, 200);
    assert_eq!(people::find(&app.app, sari.person.id).await.unwrap().duty, Duty::Off);
    assert_eq!(theirs.get("/admin/support/tickets").await.0, 200);
    let (status, team) = desk.ask("DELETE", &format!("{}/sessions", door(&sari)), None).await;
    assert_eq!((status, &member(&team, &sari)["sessions"]), (200, &json!(0)));
    assert_eq!(theirs.get("/admin/support/tickets").await.0, 401);
}

#[tokio::test]
async fn whoever_was_asked_by_an_admin_who_is_let_go_was_asked_by_nobody() {
    let app = TestApp::start().await;
    let (bayu, sari) = (app.admin("Bayu").await, app.admin("Sari").await);
    let (desk, other) = (Client::new(&app, &bayu), Client::new(&app, &sari));
    invite(&desk, "hanifah@contoh.id", "admin").await;
    let path = link(&app, "hanifah@contoh.id").await.unwrap();
    assert_eq!(Browser::new(&app).get(&path).await.status, 200);
    let (status, changed) = other.patch(&door(&bayu), json!({ "active": false })).await;
    assert_eq!((status, changed["team"]["invitations"].as_array().unwrap().len()), (200, 0));
    assert_eq!(Browser::new(&app).get(&path).await.status, 410);
    // Also one that was on its way meanwhile.
    sqlx::query("insert into staff_invitations (id, email, role, invited_by, created_at, expires_at) values ($1, 'siti@contoh.id', 'admin', $2, $3, $4)")
        .bind(uuid::Uuid::from_u128(9))
        .bind(bayu.person.id)
        .bind(app.app.clock.now())
        .bind(app.app.clock.now() + team::LIFE)
        .execute(&app.app.db)
        .await
        .unwrap();
    let token = "siti";
    sqlx::query("insert into staff_invitation_links (token_hash, invitation_id) values ($1, $2)")
        .bind(gemilang_service::auth::tokens::hash(token))
        .bind(uuid::Uuid::from_u128(9))
        .execute(&app.app.db)
        .await
        .unwrap();
    assert!(team::look(&app.app, token).await.unwrap().is_none());
    let accepted = team::accept(&app.app, token, "Siti".into(), PASSWORD.into(), "id").await.unwrap();
    assert!(accepted.is_none(), "{accepted:?}");
}

#[tokio::test]
async fn what_a_crash_left_with_who_was_let_go_is_given_back_later() {
    let app = TestApp::start().await;
    let (bayu, dimas, rina) = (app.admin("Bayu").await, app.staff("Dimas").await, app.customer("Rina").await);
    let desk = Client::new(&app, &bayu);
    let ticket = app.ticket(&rina, "Rias").await;
    let path = format!("/admin/support/tickets/{}", ticket.id);
    assert_eq!(desk.patch(&format!("{path}/assign"), json!({ "assigned_to": dimas.person.id })).await.0, 200);
    // They are out, and the process ends before it came to their tickets.
    sqlx::query("update users set active = false where id = $1")
        .bind(dimas.person.id)
        .execute(&app.app.db)
        .await
        .unwrap();
    gemilang_service::prune::once(&app.app).await.unwrap();
    assert!(desk.get(&path).await.1["ticket"]["assigned_to"].is_null());
}
