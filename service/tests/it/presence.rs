//! Who looks at which ticket and who is writing: told to all desks of all processes, over with the line, and nothing of it to customers.

use std::collections::BTreeSet;

use gemilang_protocol::{Frame, Present, SenderType};
use gemilang_service::testing::TestApp;
use uuid::Uuid;

use crate::client::{Client, Live};
use crate::portal::browser::Browser;

fn staff(ticket: Uuid, person: Uuid) -> Present {
    Present { ticket, person, side: SenderType::Admin }
}

/// Reads frames until those who are present are these.
async fn present(desk: &mut Live, here: &mut BTreeSet<Present>, wanted: &[Present]) {
    let wanted: BTreeSet<Present> = wanted.iter().copied().collect();
    while *here != wanted {
        if let Frame::Presence { anew, came, left } = desk.next().await.expect("the socket stays open") {
            if anew {
                here.clear();
            }
            here.extend(came);
            for who in left {
                here.remove(&who);
            }
        }
    }
}

fn looking(ticket: Option<Uuid>) -> String {
    serde_json::json!({ "say": "looking", "ticket": ticket }).to_string()
}

#[tokio::test]
async fn all_desks_know_who_looks_at_what_across_two_processes() {
    let app = TestApp::start().await;
    let other = app.second().await;
    let (sari, bagas) = (app.staff("Sari").await, app.staff("Bagas Wicaksono").await);
    let roro = app.customer("Raden Roro").await;
    let one = app.file(&roro, "Akad dimajukan", "medium").await.id;
    let two = app.file(&roro, "Pelaminan", "medium").await.id;
    let (mut at_one, mut at_other) = (BTreeSet::new(), BTreeSet::new());
    let mut first = Client::new(&app, &sari).live(None).await;
    let mut second = Client::new(&other, &bagas).live(None).await;
    second.say(&looking(Some(one))).await;
    present(&mut first, &mut at_one, &[staff(one, bagas.person.id)]).await;

    // A second desk of the same person at another process: they are here as long as one of them looks.
    let mut third = Client::new(&app, &bagas).live(None).await;
    let mut at_third = BTreeSet::new();
    present(&mut third, &mut at_third, &[staff(one, bagas.person.id)]).await;
    third.say(&looking(Some(one))).await;
    second.say(&looking(Some(two))).await;
    let both = [staff(one, bagas.person.id), staff(two, bagas.person.id)];
    present(&mut first, &mut at_one, &both).await;
    present(&mut second, &mut at_other, &both).await;

    // A line that breaks takes its person along.
    drop(second);
    present(&mut first, &mut at_one, &[staff(one, bagas.person.id)]).await;
    third.say(&looking(None)).await;
    present(&mut first, &mut at_one, &[]).await;
}

#[tokio::test]
async fn a_customer_with_the_page_open_is_present() {
    let app = TestApp::start().await;
    let (sari, roro) = (app.staff("Sari").await, app.customer("Raden Roro").await);
    let ticket = app.file(&roro, "Akad dimajukan", "medium").await.id;
    let mut desk = Client::new(&app, &sari).live(None).await;
    let open = async || {
        reqwest::Client::new()
            .get(app.at(&format!("/customer/support/tickets/{ticket}/live")))
            .header("cookie", format!("gemilang_session={}", roro.token))
            .send()
            .await
            .expect("an answer")
    };
    let (page, again) = (open().await, open().await);
    let customer = Present { ticket, person: roro.person.id, side: SenderType::Customer };
    let mut here = BTreeSet::new();
    present(&mut desk, &mut here, &[customer]).await;
    drop(page);
    desk.say(&looking(Some(ticket))).await;
    present(&mut desk, &mut here, &[customer, staff(ticket, sari.person.id)]).await;
    drop(again);
    present(&mut desk, &mut here, &[staff(ticket, sari.person.id)]).await;
}

#[tokio::test]
async fn colleagues_see_who_writes_and_the_customer_hears_of_no_note() {
    let app = TestApp::start().await;
    let other = app.second().await;
    let (sari, bagas) = (app.staff("Sari").await, app.staff("Bagas Wicaksono").await);
    let roro = app.customer("Raden Roro").await;
    let ticket = app.file(&roro, "Akad dimajukan", "medium").await.id;
    let mut page = reqwest::Client::new()
        .get(app.at(&format!("/customer/support/tickets/{ticket}/live")))
        .header("cookie", format!("gemilang_session={}", roro.token))
        .send()
        .await
        .expect("an answer");
    let mut first = Client::new(&app, &sari).live(None).await;
    let mut second = Client::new(&other, &bagas).live(None).await;
    second.say(&serde_json::json!({ "say": "typing", "ticket": ticket, "note": true }).to_string()).await;
    loop {
        if let Frame::Typing { who } = first.next().await.expect("the socket stays open") {
            assert_eq!(who, staff(ticket, bagas.person.id));
            break;
        }
    }
    // The reply that follows is the first the customer hears of anybody writing.
    first.say(&serde_json::json!({ "say": "typing", "ticket": ticket }).to_string()).await;
    loop {
        if let Frame::Typing { who } = second.next().await.expect("the socket stays open") {
            assert_eq!(who, staff(ticket, sari.person.id), "nobody is told of their own typing");
            break;
        }
    }
    let mut heard = String::new();
    while !heard.contains("event: typing") {
        let bytes = page.chunk().await.expect("the line stays open").expect("and says something");
        heard.push_str(&String::from_utf8_lossy(&bytes));
    }
    assert!(heard.contains("Sari") && !heard.contains("Bagas"), "{heard}");

    // The customer: both desks see it, a page without its form's token says nothing, nor does a stranger's.
    let conversation = format!("/customer/support/tickets/{ticket}");
    let typing = format!("{conversation}/typing");
    let hers = Browser::of(&app, &roro);
    assert_eq!(hers.post(&typing, &[]).await.status, 403);
    let stranger = Browser::of(&app, &app.customer("Orang Lain").await);
    let list = "/customer/support/tickets/create";
    assert_eq!(stranger.fill(list, &typing, &[]).await.status, 404);
    // Said again and again it is passed on once: what follows is somebody else's.
    for _ in 0..3 {
        assert_eq!(hers.fill(&conversation, &typing, &[]).await.status, 204);
    }
    let made = app.customer("Made Ayu").await;
    let elsewhere = format!("/customer/support/tickets/{}", app.file(&made, "Kursi", "medium").await.id);
    let theirs = Browser::of(&app, &made);
    assert_eq!(theirs.fill(&elsewhere, &format!("{elsewhere}/typing"), &[]).await.status, 204);
    for desk in [&mut first, &mut second] {
        let mut told = Vec::new();
        while told.len() < 2 {
            if let Frame::Typing { who } = desk.next().await.expect("the socket stays open") {
                told.push((who.person, who.side));
            }
        }
        assert_eq!(told, [(roro.person.id, SenderType::Customer), (made.person.id, SenderType::Customer)]);
    }
}
