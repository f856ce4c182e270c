//! Duty: set by its person, told to all desks, ended without a live desk and back with the next.

use std::time::Duration;

use gemilang_protocol::{Duty, Row};
use gemilang_service::auth::sessions::{self, Kind};
use gemilang_service::domain::{duty, people};
use gemilang_service::testing::TestApp;
use serde_json::json;
use uuid::Uuid;

use crate::client::Client;

fn told(rows: &[Row], person: Uuid) -> Option<Duty> {
    rows.iter().rev().find_map(|row| match row {
        Row::Person(it) if it.id == person => Some(it.duty),
        _ => None,
    })
}

#[tokio::test]
async fn all_desks_hear_who_is_on_duty() {
    let app = TestApp::start().await;
    let other = app.second().await;
    let (sari, bagas) = (app.staff("Sari").await, app.staff("Bagas").await);
    let mut desk = Client::new(&other, &bagas).live(None).await;
    desk.until(|rows| told(rows, sari.person.id) == Some(Duty::Off)).await;

    let sari_asks = Client::new(&app, &sari);
    let (status, answer) = sari_asks.ask("PUT", "/sync/v1/duty", Some(json!({ "is": "on" }))).await;
    assert_eq!((status, &answer["duty"]["is"]), (200, &json!("on")));
    desk.until(|rows| told(rows, sari.person.id) == Some(Duty::On)).await;

    let until = app.app.clock.now() + Duration::from_secs(3_600);
    let (status, _) = sari_asks.ask("PUT", "/sync/v1/duty", Some(json!({ "is": "away", "until": until }))).await;
    assert_eq!(status, 200);
    desk.until(|rows| told(rows, sari.person.id) == Some(Duty::Away { until })).await;
}

#[tokio::test]
async fn what_a_person_wants_of_alerts_is_told_to_all_their_desks_and_their_colleagues() {
    let app = TestApp::start().await;
    let other = app.second().await;
    let (sari, bagas) = (app.staff("Sari").await, app.staff("Bagas").await);
    let wants = |rows: &[Row]| {
        rows.iter().rev().find_map(|row| match row {
            Row::Person(it) if it.id == sari.person.id => Some(it.alerts.clone()),
            _ => None,
        })
    };
    let (mut own, mut theirs) =
        (Client::new(&other, &sari).live(None).await, Client::new(&app, &bagas).live(None).await);
    own.until(|rows| wants(rows) == Some(None)).await;
    let quiet = json!({ "on": true, "from": "21:30", "to": "06:00", "urgent_passes": false, "summary": true });
    let rule = json!({ "reason": "message_mine", "on": false, "level": "normal", "sound": "none" });
    let asks = Client::new(&app, &sari);
    let put = async |body| asks.ask("PUT", "/sync/v1/alerts", Some(body)).await;
    let (status, answer) = put(json!({ "rules": [rule], "quiet": quiet })).await;
    assert_eq!((status, &answer["alerts"]["quiet"], &answer["alerts"]["rules"][0]), (200, &quiet, &rule));
    for desk in [&mut own, &mut theirs] {
        desk.until(|rows| wants(rows).flatten().is_some_and(|it| it.quiet.on && it.rules.len() == 1)).await;
    }
    // Quiet hours that end when they begin, a reason named twice, a sound that nobody made.
    let never = json!({ "on": true, "from": "08:00", "to": "08:00", "urgent_passes": true, "summary": true });
    let loud = json!({ "reason": "message_mine", "on": true, "level": "normal", "sound": "siren" });
    for body in [json!({ "quiet": never }), json!({ "rules": [rule, rule] }), json!({ "rules": [loud] }), json!([])] {
        assert_eq!(put(body).await.0, 400);
    }
}

#[tokio::test]
async fn a_pause_is_to_come_and_to_end() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let now = app.app.clock.now();
    for until in [now, now - Duration::from_secs(1), now + Duration::from_secs(25 * 3_600)] {
        let (status, _) = sari.ask("PUT", "/sync/v1/duty", Some(json!({ "is": "away", "until": until }))).await;
        assert_eq!(status, 400, "{until}");
    }
    for body in [json!({ "is": "asleep" }), json!({ "is": "away" }), json!({}), json!([])] {
        let (status, _) = sari.ask("PUT", "/sync/v1/duty", Some(body)).await;
        assert_eq!(status, 400);
    }
    let rina = Client::new(&app, &app.customer("Rina").await);
    assert_eq!(rina.ask("PUT", "/sync/v1/duty", Some(json!({ "is": "on" }))).await.0, 401);
}

#[tokio::test]
async fn duty_ends_ten_minutes_after_the_last_desk_and_is_back_with_the_next() {
    let app = TestApp::start().await;
    let other = app.second().await;
    let (sari, bagas) = (app.staff("Sari").await, app.staff("Bagas").await);
    for them in [&sari, &bagas] {
        duty::set(&app.app, them.person.id, Duty::On).await.unwrap();
    }
    let of = async |id: Uuid| people::find(&app.app, id).await.unwrap().duty;
    let minutes = |n: u64| app.app.clock.forward(Duration::from_secs(60 * n));
    // Sari's desk is live at one process, and another process looks.
    let mut desk = Client::new(&app, &sari).live(None).await;
    desk.until(|rows| told(rows, sari.person.id).is_some()).await;
    minutes(9);
    duty::round(&app.app).await.unwrap();
    duty::round(&other.app).await.unwrap();
    assert_eq!((of(sari.person.id).await, of(bagas.person.id).await), (Duty::On, Duty::On));
    minutes(1);
    duty::round(&app.app).await.unwrap();
    duty::round(&other.app).await.unwrap();
    assert_eq!((of(sari.person.id).await, of(bagas.person.id).await), (Duty::On, Duty::Off));

    // A pause is waited for.
    let until = app.app.clock.now() + Duration::from_secs(3_600);
    duty::set(&app.app, bagas.person.id, Duty::Away { until }).await.unwrap();
    minutes(30);
    duty::round(&app.app).await.unwrap();
    assert_eq!(of(bagas.person.id).await, Duty::Away { until });
    minutes(30);
    duty::round(&app.app).await.unwrap();
    assert_eq!(of(bagas.person.id).await, Duty::Off);

    // Bagas opens the lid again; whoever chose to be off stays off.
    let mut back = Client::new(&other, &bagas).live(None).await;
    back.until(|rows| told(rows, bagas.person.id) == Some(Duty::On)).await;
    duty::set(&app.app, bagas.person.id, Duty::Off).await.unwrap();
    drop(back);
    let mut again = Client::new(&other, &bagas).live(None).await;
    again.until(|rows| told(rows, bagas.person.id).is_some()).await;
    assert_eq!(of(bagas.person.id).await, Duty::Off);
}

#[tokio::test]
async fn who_signs_out_is_off_duty_soon_unless_another_desk_of_theirs_is_live() {
    let app = TestApp::start().await;
    let other = app.second().await;
    let (sari, bagas) = (app.staff("Sari").await, app.staff("Bagas").await);
    for them in [&sari, &bagas] {
        duty::set(&app.app, them.person.id, Duty::On).await.unwrap();
    }
    let of = async |id: Uuid| people::find(&app.app, id).await.unwrap().duty;
    // Sari has a second desk, at another process.
    let token = sessions::create(&app.app, sari.person.id, Kind::Staff, "", &[]).await.unwrap();
    let mut second = Client::with_token(&other, &token).live(None).await;
    second.until(|rows| told(rows, sari.person.id).is_some()).await;
    for them in [&sari, &bagas] {
        assert_eq!(Client::new(&app, them).ask("DELETE", "/admin/session", None).await.0, 204);
    }
    app.app.clock.forward(Duration::from_secs(60));
    duty::round(&other.app).await.unwrap();
    app.app.clock.forward(Duration::from_secs(60));
    duty::round(&app.app).await.unwrap();
    assert_eq!((of(sari.person.id).await, of(bagas.person.id).await), (Duty::On, Duty::Off));
}
