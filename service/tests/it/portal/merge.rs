//! Merged tickets as their customers read them: one conversation behind every link, and nothing of it for who may see only one of the two.

use std::time::Duration;

use gemilang_protocol::Ticket;
use gemilang_service::domain::shares::{self, What};
use gemilang_service::domain::{Actor, messages, tickets};
use gemilang_service::testing::{Credentials, TestApp};
use uuid::Uuid;

use super::browser::Browser;
use super::conversation::actor;
use super::live::Line;
use crate::client::Client;
use crate::merge::{landed, merge};

const LIST: &str = "/customer/support/tickets";

fn path(ticket: &Ticket) -> String {
    format!("{LIST}/{}", ticket.id)
}

async fn say(app: &TestApp, by: &Actor, ticket: &Ticket, text: &str) -> String {
    app.app.clock.forward(Duration::from_secs(30));
    let sent = messages::send(&app.app, by, ticket.id, Uuid::now_v7(), text).await.expect("said");
    sent.message.id.to_string()
}

/// Whether texts stand on a page in this order.
fn order(page: &str, texts: &[&str]) -> bool {
    let mut rest = page;
    texts.iter().all(|text| {
        let at = rest.find(text);
        rest = at.map_or("", |at| &rest[at + text.len()..]);
        at.is_some()
    })
}

async fn partner(app: &TestApp, owner: &Credentials, name: &str, ticket: &Ticket) -> Credentials {
    let partner = app.customer(name).await;
    shares::invite(&app.app, &owner.person, &partner.person.email, Some(What::Ticket(ticket.id))).await.expect("asked");
    let asked = shares::of_owner(&app.app, owner.person.id).await.expect("shares");
    let share = asked.iter().find(|it| it.email == partner.person.email).expect("the share").id;
    shares::accept(&app.app, &partner.person, share, false).await.expect("accepted");
    partner
}

#[tokio::test]
async fn every_link_leads_to_one_conversation_in_the_order_of_its_words() {
    let app = TestApp::start().await;
    let (roro, rina) = (app.customer("Raden Roro").await, app.staff("Rina Puspitasari").await);
    let (one, other) = (app.ticket(&roro, "Katering").await, app.ticket(&roro, "Akad").await);
    let (me, staff) = (actor(&app, &roro).await, actor(&app, &rina).await);
    say(&app, &me, &one, "k-satu").await;
    say(&app, &me, &other, "a-satu").await;
    say(&app, &staff, &one, "k-dua").await;
    let last = say(&app, &me, &other, "a-dua").await;
    let client = Client::new(&app, &rina);
    landed(&client, &merge(&app, &one, &other, true)).await;

    let browser = Browser::of(&app, &roro);
    let moved = browser.get(&path(&one)).await;
    assert_eq!((moved.status, moved.location()), (303, path(&other).as_str()));
    let page = browser.get(&path(&other)).await;
    let (from, back) = (format!("dari {}", one.number), format!("dari {}", other.number));
    let seen = ["k-satu", &back, "a-satu", &from, "k-dua", &back, "a-dua"];
    let flow = &page.text[page.text.find("data-flow").expect("it")..page.text.find("data-pending").expect("it")];
    assert!(order(flow, &seen), "{flow}");
    assert!(page.has(&format!("<dd class=\"num\">{}</dd>", one.number)), "it says what is in it");
    // Both are read by being shown.
    for ticket in [&one, &other] {
        let head = tickets::find_for_customer(&app.app, roro.person.id, ticket.id).await.expect("theirs");
        assert_eq!(head.unread, 0);
    }
    assert_eq!(browser.get_json(&path(&one)).await.location(), path(&other));
    let json = browser.get_json(&path(&other)).await.json();
    let said: Vec<_> = json["messages"].as_array().expect("messages").iter().map(|it| it["message"].as_str()).collect();
    assert_eq!(said[2..], [Some("k-satu"), Some("a-satu"), Some("k-dua"), Some("a-dua")]);
    assert_eq!(json["parts"][0]["number"], one.number.to_string());
    assert_eq!(json["messages"][2]["ticket"]["number"], one.number.to_string());
    assert!(json["messages"][3].get("ticket").is_none());

    // An ordinary form, from a page of before: its words are said in the one that goes on.
    let form = browser.get(&path(&other)).await;
    let fields =
        [("csrf", form.value("csrf")), ("id", Uuid::now_v7().to_string()), ("message", "masih di sini".into())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let sent = browser.post(&format!("{}/messages", path(&one)), &fields).await;
    assert_eq!((sent.status, sent.location()), (303, path(&one).as_str()));
    assert!(browser.get(&path(&other)).await.has("masih di sini"));
    let json = [("accept", "application/json")];
    let again = browser.post_with(&format!("{}/messages", path(&one)), &fields, &json).await;
    assert_eq!((again.status, &again.json()["ticket"]["id"]), (201, &serde_json::json!(other.id)));
    // One that is not taken comes back filled, on the page where it can be sent.
    let long = "x".repeat(10_001);
    let fields = [("csrf", form.value("csrf")), ("message", long.clone())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = browser.post(&format!("{}/messages", path(&one)), &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.has(&long) && refused.has(&format!("action=\"{}/messages\"", path(&other))));

    // Followed without a line: what is new after a message, by the old address too.
    let new = say(&app, &staff, &other, "a-tiga").await;
    let moved = browser.get_json(&format!("{}/messages?after={last}", path(&one))).await;
    assert_eq!(moved.location(), format!("{}/messages?after={last}", path(&other)));
    let items = browser.get_json(moved.location()).await.json()["items"].clone();
    assert_eq!((items.as_array().map(Vec::len), &items[1]["id"]), (Some(2), &serde_json::json!(new)));

    // And two again.
    landed(&client, &merge(&app, &one, &other, false)).await;
    let page = browser.get(&path(&one)).await;
    assert!(page.status == 200 && page.has("k-dua") && !page.has("a-dua"));
    assert!(!browser.get(&path(&other)).await.has(&from));
}

#[tokio::test]
async fn a_long_merged_conversation_is_read_in_pages() {
    let app = TestApp::start().await;
    let (roro, rina) = (app.customer("Raden Roro").await, app.staff("Rina").await);
    let (one, other) = (app.ticket(&roro, "Katering").await, app.ticket(&roro, "Akad").await);
    let staff = actor(&app, &rina).await;
    for n in 0..70 {
        let (ticket, name) = if n % 3 == 0 { (&one, "k") } else { (&other, "a") };
        say(&app, &staff, ticket, &format!("{name}-{n:02}.")).await;
    }
    landed(&Client::new(&app, &rina), &merge(&app, &one, &other, true)).await;
    let browser = Browser::of(&app, &roro);
    let page = browser.get(&path(&other)).await;
    assert!(page.has("k-21.") && page.has("a-20.") && !page.has("a-19."));
    let at = page.text.find("?before=").expect("earlier ones");
    let before = &page.text[at + 8..at + 44];
    let earlier = browser.get(&format!("{}?before={before}", path(&other))).await;
    assert!(earlier.has("a-19.") && earlier.has("k-00.") && !earlier.has("a-20."));
    let moved = browser.get(&format!("{}?before={before}", path(&one))).await;
    assert_eq!(moved.location(), format!("{}?before={before}", path(&other)));
    let read = async |query: &str| browser.get_json(&format!("{}/messages{query}", path(&other))).await.json();
    let mut all = Vec::new();
    let mut next = String::new();
    loop {
        let part = read(&next).await;
        let items = part["items"].as_array().expect("items").iter().map(|it| it["message"].clone());
        all.splice(0..0, items);
        let Some(before) = part["next"].as_str() else { break };
        next = format!("?before={before}");
    }
    assert_eq!(all.len(), 72);
    for (n, text) in all[2..].iter().enumerate() {
        assert!(text.as_str().is_some_and(|text| text.ends_with(&format!("-{n:02}."))), "{n}: {text}");
    }
    let nowhere = read(&format!("?after={}", Uuid::now_v7())).await;
    assert_eq!(nowhere["code"], "not_found");
}

#[tokio::test]
async fn who_may_see_one_of_the_two_hears_nothing_of_the_other() {
    let app = TestApp::start().await;
    let (roro, rina) = (app.customer("Raden Roro").await, app.staff("Rina").await);
    let (one, other) = (app.ticket(&roro, "Kejutan").await, app.ticket(&roro, "Akad").await);
    let (sees_one, sees_other) =
        (partner(&app, &roro, "Bimo", &one).await, partner(&app, &roro, "Damar", &other).await);
    let (me, staff) = (actor(&app, &roro).await, actor(&app, &rina).await);
    say(&app, &me, &one, "rahasia-satu").await;
    say(&app, &me, &other, "rahasia-dua").await;
    let (bimo, damar) = (Browser::of(&app, &sees_one), Browser::of(&app, &sees_other));
    let mut first = Line::open(&app, &sees_one.token, &format!("{}/live", path(&one)), None).await;
    let mut second = Line::open(&app, &sees_other.token, &format!("{}/live", path(&other)), None).await;
    landed(&Client::new(&app, &rina), &merge(&app, &one, &other, true)).await;
    say(&app, &staff, &other, "untuk-dua").await;

    // Who sees the one that went in: it is closed, and that is all.
    let mut names = Vec::new();
    let closed = loop {
        let heard = first.next().await.expect("an event");
        assert!(!heard.data.to_string().contains(&other.number.to_string()), "{heard:?}");
        names.push(heard.name.clone());
        if heard.name == "ticket" {
            break heard;
        }
    };
    assert_eq!((&closed.data["status"], names.contains(&"moved".to_owned())), (&serde_json::json!("closed"), false));
    for page in [bimo.get(&path(&one)).await, bimo.get_json(&path(&one)).await, bimo.get(LIST).await] {
        assert_eq!(page.status, 200);
        for leak in ["rahasia-dua", "untuk-dua", &other.number.to_string(), &other.id.to_string()] {
            assert!(!page.has(leak), "{leak}: {}", page.text);
        }
    }
    assert_eq!(bimo.get(&path(&other)).await.status, 404);
    let form = bimo.get(&path(&one)).await;
    let fields = [("csrf", form.value("csrf")), ("id", Uuid::now_v7().to_string()), ("message", "halo?".into())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let json = [("accept", "application/json")];
    let sent = bimo.post_with(&format!("{}/messages", path(&one)), &fields, &json).await;
    assert_eq!((sent.status, &sent.json()["code"]), (409, &serde_json::json!("ticket_closed")));
    assert!(!sent.has(&other.number.to_string()));

    // Who sees the one that goes on reads it without the other.
    let heard = second.next().await.expect("an event");
    assert_eq!((heard.name.as_str(), &heard.data["message"]), ("message", &serde_json::json!("untuk-dua")));
    for page in [damar.get(&path(&other)).await, damar.get_json(&path(&other)).await] {
        assert!(page.has("rahasia-dua"), "{}", page.text);
        for leak in ["rahasia-satu", &one.number.to_string(), &one.id.to_string()] {
            assert!(!page.has(leak), "{leak}: {}", page.text);
        }
    }
    // Who sees both reads both.
    assert!(Browser::of(&app, &roro).get(&path(&other)).await.has("rahasia-satu"));
}

#[tokio::test]
async fn an_open_page_of_either_hears_of_the_merge_and_of_its_end() {
    let app = TestApp::start().await;
    let (roro, rina) = (app.customer("Raden Roro").await, app.staff("Rina").await);
    let (one, other) = (app.ticket(&roro, "Katering").await, app.ticket(&roro, "Akad").await);
    let client = Client::new(&app, &rina);
    let mut lines = Vec::new();
    for ticket in [&one, &other] {
        lines.push(Line::open(&app, &roro.token, &format!("{}/live", path(ticket)), None).await);
    }
    landed(&client, &merge(&app, &one, &other, true)).await;
    for line in &mut lines {
        let heard = line.next().await.expect("an event");
        assert!(heard.name == "moved" && heard.id.is_some(), "{heard:?}");
    }
    // The page comes anew, and follows from there: it hears nothing twice.
    let page = Browser::of(&app, &roro).get(&path(&other)).await;
    let at = page.text.find("data-cursor=\"").expect("a cursor") + 13;
    let cursor = page.text[at..].split('"').next().expect("its end");
    let mut line = Line::open(&app, &roro.token, &format!("{}/live?after={cursor}", path(&other)), None).await;
    say(&app, &actor(&app, &rina).await, &other, "lanjut").await;
    assert_eq!(line.next().await.expect("an event").name, "message");
    landed(&client, &merge(&app, &one, &other, false)).await;
    let mut heard = line.next().await.expect("an event");
    while heard.name != "moved" {
        heard = line.next().await.expect("an event");
    }
    assert!(!Browser::of(&app, &roro).get(&path(&other)).await.has("data-part>"));
}
