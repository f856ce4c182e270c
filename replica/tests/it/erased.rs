//! What customers asked to have erased goes from every desk, whenever it comes back.

use gemilang_protocol::desk::views::{Thread, TicketQuery};
use gemilang_service::auth::sessions;
use gemilang_service::domain::erasure;
use gemilang_service::testing::{TestApp, start_of_time};

use crate::desk::{Desk, engine};
use crate::sample::{self, Story};

#[tokio::test]
async fn what_was_erased_while_a_desk_was_offline_goes_as_soon_as_it_is_back() {
    let app = TestApp::start().await;
    let (rina, roro) = (app.staff("Rina Puspitasari").await, app.customer("Roro Kusumawardhani").await);
    let ticket = app.file(&roro, "Kursi rahasia", "medium").await;
    let desk = Desk::live(&app.url, &rina).await;
    let reply = desk.reply(&ticket, "Balasan melati").await;
    desk.thread(ticket.id, |thread| thread.unsent.is_empty() && thread.messages.len() == 2).await;
    let asked = TicketQuery { q: "melati".to_owned(), ..TicketQuery::default() };
    while desk.replica.is_index_behind().await.unwrap() {
        tokio::task::yield_now().await;
    }
    assert_eq!(desk.replica.tickets(&asked).await.unwrap().rows.len(), 1);
    let Desk { replica, engine: old, who, dir } = desk;
    old.stop().await;

    let session = sessions::find(&app.app, &roro.token, &[sessions::Kind::Portal]).await.unwrap();
    erasure::erase(&app.app, &session).await.unwrap();
    assert_eq!(replica.thread(ticket.id).await.unwrap().messages[1].message, "Balasan melati", "it does not know yet");

    let engine = engine(&replica, &app.url, &rina.token);
    let desk = Desk { replica, engine, who, dir };
    let erased = |thread: &Thread| thread.messages.iter().all(|message| message.message.is_empty());
    let thread = desk.thread(ticket.id, erased).await;
    assert_eq!((thread.messages.len(), thread.ticket.subject.as_str()), (2, ""));
    assert_eq!(thread.customer.map(|person| person.name).as_deref(), Some("Pelanggan (akun dihapus)"));
    while desk.replica.is_index_behind().await.unwrap() {
        tokio::task::yield_now().await;
    }
    assert!(desk.replica.tickets(&asked).await.unwrap().rows.is_empty(), "and no search finds it");
    let sent = desk.replica.sent_since(start_of_time() - chrono::TimeDelta::days(1)).await;
    assert!(sent.unwrap().iter().all(|item| item.op_id != reply), "nor is it kept to be sent again");
}

#[tokio::test]
async fn what_was_read_before_the_erasure_and_comes_after_it_is_emptied() {
    let mut desk = sample::Desk::new().await;
    let (mut story, mut other) = (Story::new(1042, "Kursi rahasia"), Story::new(1043, "Katering"));
    let mut rows = vec![story.filed("Kursi untuk tamu rahasia.")];
    rows.push(story.customer("Warna melati."));
    rows.push(other.filed("Menu katering berubah lagi."));
    // As a part of a bootstrap, or a page, that the service read a moment before it told of the erasure.
    desk.apply(vec![story.erased()]).await;
    desk.apply(rows).await;
    let thread = desk.replica.thread(story.id()).await.unwrap();
    assert_eq!(thread.messages.iter().map(|it| it.message.as_str()).collect::<Vec<_>>(), ["", ""]);
    assert_eq!(thread.ticket.subject, "");
    assert_eq!(desk.replica.thread(other.id()).await.unwrap().messages[0].message, "Menu katering berubah lagi.");
}
