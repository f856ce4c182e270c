//! Two desks and a real service: what is written on one is on the other and at the service, exactly once, whatever the line does.

use gemilang_protocol::desk::views::{Line, OpState, Storage};
use gemilang_protocol::{Act, Cursor, Status};
use gemilang_replica::{Link, LinkError, link};
use gemilang_service::auth::sessions;
use gemilang_service::testing::{Credentials, PASSWORD, TestApp};
use uuid::Uuid;

use crate::desk::{Desk, PATIENCE, at_the_service, customer_says, engine, settled, texts};
use crate::proxy::Proxy;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_on_one_desk_is_on_the_other_and_at_the_service_once() {
    let app = TestApp::start().await;
    let (sari, kadek, rina) = (app.customer("Sari").await, app.staff("Kadek").await, app.staff("Rina").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let (one, two) = (Desk::live(&app.url, &kadek).await, Desk::live(&app.url, &rina).await);
    // At the latest with the first ping.
    let mut status = one.engine.status();
    let complete = status.wait_for(|status| status.complete_to.is_some());
    tokio::time::timeout(PATIENCE, complete).await.unwrap().unwrap();

    one.reply(&ticket, "Baik Kak, kami cek.").await;
    let there = two.thread(ticket.id, |thread| thread.messages.len() == 2).await;
    assert_eq!(there.messages[1].sender.as_ref().map(|who| who.id), Some(kadek.person.id));
    assert_eq!(there.ticket.status, Status::InProgress);
    let here = one.thread(ticket.id, |thread| settled(thread, 2)).await;
    assert_eq!(here.messages, there.messages);
    assert_eq!(at_the_service(&app, &ticket).await.len(), 2);

    let assign = Act::Assign { from: None, to: Some(rina.person.id) };
    one.write(Uuid::now_v7(), &ticket, assign).await;
    let there = two.thread(ticket.id, |thread| thread.ticket.assigned_to.is_some()).await;
    assert_eq!(there.assignee.map(|who| who.name).as_deref(), Some("Rina"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customers_message_arrives_live_and_is_announced() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let desk = Desk::start(&app.url, &kadek).await;
    let mut arrivals = desk.replica.arrivals();
    desk.line(|line| *line == Line::Live).await;
    // The first sync brought the past: nothing of it rings.
    while let Ok(arrival) = arrivals.try_recv() {
        assert!(arrival.first_sync && !arrival.live);
    }
    customer_says(&app, &sari, &ticket, "Tolong, Kak!").await;
    let arrival = tokio::time::timeout(PATIENCE, arrivals.recv()).await.unwrap().unwrap();
    assert!(!arrival.first_sync && arrival.live);
    assert_eq!(arrival.change.message.as_ref().map(|message| message.message.as_str()), Some("Tolong, Kak!"));
    // It is in the file when it is announced.
    let thread = desk.replica.thread(ticket.id).await.unwrap();
    assert_eq!(thread.ticket.unread, 2);

    // Reading it here is read at the service.
    let up_to = thread.ticket.n;
    desk.replica.mark_read(Uuid::now_v7(), ticket.id, up_to, chrono::Utc::now()).await.unwrap();
    let read = desk.thread(ticket.id, |thread| thread.messages.iter().all(|message| message.is_read)).await;
    assert_eq!(read.ticket.unread, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_offline_leaves_once_and_in_order() {
    let app = TestApp::start().await;
    let (sari, kadek, rina) = (app.customer("Sari").await, app.staff("Kadek").await, app.staff("Rina").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let other = app.ticket(&sari, "Katering").await;
    let proxy = Proxy::to(&app.url).await;
    let desk = Desk::live(&proxy.url, &kadek).await;
    let two = Desk::live(&app.url, &rina).await;

    proxy.cut();
    desk.line(|line| matches!(line, Line::Offline { .. })).await;
    for text in ["Satu", "Dua", "Tiga"] {
        desk.reply(&ticket, text).await;
    }
    desk.reply(&other, "Empat").await;
    let resolve = Act::Status { from: Status::Open, to: Status::Resolved };
    desk.write(Uuid::now_v7(), &ticket, resolve).await;
    let thread = desk.replica.thread(ticket.id).await.unwrap();
    assert_eq!(thread.unsent.len(), 4);
    assert_eq!(thread.ticket.status, Status::Resolved, "shown as it shall be");
    assert_eq!(at_the_service(&app, &ticket).await.len(), 1);
    let mut status = desk.engine.status();
    tokio::time::timeout(PATIENCE, status.wait_for(|status| status.unsent == 5)).await.unwrap().unwrap();

    // The service was restarted meanwhile, somewhere else.
    let second = app.second().await;
    proxy.mend(&second.url);
    desk.engine.nudge();
    let thread = desk.thread(ticket.id, |thread| settled(thread, 4)).await;
    assert_eq!(texts(&thread.messages)[1..], ["Satu", "Dua", "Tiga"]);
    assert_eq!(thread.ticket.status, Status::Resolved);
    desk.line(|line| *line == Line::Live).await;
    assert_eq!(at_the_service(&app, &ticket).await[1..], ["Satu", "Dua", "Tiga"]);
    two.thread(ticket.id, |thread| thread.messages.len() == 4).await;
    desk.thread(other.id, |thread| settled(thread, 2)).await;
    assert!(desk.replica.outbox().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_breaks_after_the_commit_doubles_nothing() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let proxy = Proxy::to(&app.url).await;
    let desk = Desk::live(&proxy.url, &kadek).await;
    for round in 1..=5 {
        proxy.swallow_next_push();
        desk.reply(&ticket, &format!("Jawaban {round}")).await;
        desk.thread(ticket.id, |thread| settled(thread, 1 + round)).await;
    }
    assert!(proxy.swallowed() >= 1, "the proxy did its work");
    let wanted: Vec<_> = (1..=5).map(|round| format!("Jawaban {round}")).collect();
    assert_eq!(at_the_service(&app, &ticket).await[1..], wanted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_ended_session_keeps_the_outbox_for_the_next() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let session = link::sign_in(&app.url, &kadek.person.email, PASSWORD).await.unwrap();
    let ended = Credentials { token: session.token, ..kadek.clone() };
    let desk = Desk::live(&app.url, &ended).await;

    Link::new(&app.url, &ended.token).unwrap().sign_out().await.unwrap();
    desk.line(|line| *line == Line::SessionEnded).await;
    desk.reply(&ticket, "Masih saya ketik.").await;
    let outbox = desk.replica.outbox().await.unwrap();
    assert_eq!((outbox.len(), outbox[0].state), (1, OpState::Queued));
    assert_eq!(at_the_service(&app, &ticket).await.len(), 1);

    let desk = desk.restart(&app.url, &kadek.token).await;
    desk.thread(ticket.id, |thread| settled(thread, 2)).await;
    assert_eq!(at_the_service(&app, &ticket).await[1], "Masih saya ketik.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_engine_restarted_in_the_middle_loses_nothing() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let mut desk = Desk::live(&app.url, &kadek).await;
    for round in 0..8 {
        desk.reply(&ticket, &format!("Bagian {round}")).await;
        let token = desk.who.token.clone();
        desk = desk.restart(&app.url, &token).await;
    }
    let thread = desk.thread(ticket.id, |thread| settled(thread, 9)).await;
    let wanted: Vec<_> = (0..8).map(|round| format!("Bagian {round}")).collect();
    assert_eq!(texts(&thread.messages)[1..], wanted);
    assert_eq!(at_the_service(&app, &ticket).await[1..], wanted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_that_stands_elsewhere_finds_its_way_back() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let desk = Desk::live(&app.url, &kadek).await;
    // Somebody else moved this file on: the socket's next page does not follow, and is pulled instead.
    let link = Link::new(&app.url, &kadek.token).unwrap();
    let standing = desk.replica.standing().await.unwrap();
    customer_says(&app, &sari, &ticket, "Satu").await;
    desk.thread(ticket.id, |thread| thread.messages.len() == 2).await;
    let mut page = link.pull(standing.cursor.as_ref()).await.unwrap();
    page.from = desk.replica.standing().await.unwrap().cursor;
    page.to = standing.cursor.clone().unwrap();
    desk.replica.apply(page, false).await.unwrap();
    customer_says(&app, &sari, &ticket, "Dua").await;
    let thread = desk.thread(ticket.id, |thread| thread.messages.len() == 3).await;
    assert_eq!(texts(&thread.messages)[1..], ["Satu", "Dua"]);

    // A place that no service ever gave: read from the beginning, and nothing doubled.
    let desk = {
        let token = desk.who.token.clone();
        desk.engine.stop().await;
        (desk.replica, token, desk.dir)
    };
    let (replica, token, _dir) = desk;
    let mut page = link.pull(None).await.unwrap();
    page.from = replica.standing().await.unwrap().cursor;
    page.to = Cursor(String::from("bukan-tempat"));
    replica.apply(page, false).await.unwrap();
    let engine = engine(&replica, &app.url, &token);
    let mut status = engine.status();
    let live = status.wait_for(|status| status.line == Line::Live);
    tokio::time::timeout(PATIENCE, live).await.unwrap().unwrap();
    assert_eq!(replica.thread(ticket.id).await.unwrap().messages.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_race_says_who_won() {
    let app = TestApp::start().await;
    let (sari, kadek, rina) = (app.customer("Sari").await, app.staff("Kadek").await, app.staff("Rina").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let proxy = Proxy::to(&app.url).await;
    let one = Desk::live(&proxy.url, &kadek).await;
    let two = Desk::live(&app.url, &rina).await;
    proxy.cut();
    one.line(|line| matches!(line, Line::Offline { .. })).await;
    let take = |who: &Credentials| Act::Assign { from: None, to: Some(who.person.id) };
    two.write(Uuid::now_v7(), &ticket, take(&rina)).await;
    two.thread(ticket.id, |thread| thread.unsent.is_empty()).await;
    one.write(Uuid::now_v7(), &ticket, take(&kadek)).await;
    proxy.mend(&app.url);
    one.engine.nudge();
    let thread = one.thread(ticket.id, |thread| thread.unsent.iter().any(|item| item.state == OpState::Failed)).await;
    assert!(thread.unsent[0].winner.is_some());
    one.thread(ticket.id, |thread| thread.ticket.assigned_to == Some(rina.person.id)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_to_a_thread_that_moved_is_held_and_then_sent_by_choice() {
    let app = TestApp::start().await;
    let (sari, kadek, rina) = (app.customer("Sari").await, app.staff("Kadek").await, app.staff("Rina").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let proxy = Proxy::to(&app.url).await;
    let one = Desk::live(&proxy.url, &kadek).await;
    let two = Desk::live(&app.url, &rina).await;
    proxy.cut();
    one.line(|line| matches!(line, Line::Offline { .. })).await;
    two.reply(&ticket, "Sudah saya jawab.").await;
    two.thread(ticket.id, |thread| settled(thread, 2)).await;
    let op = one.reply(&ticket, "Jawaban saya.").await;
    proxy.mend(&app.url);
    one.engine.nudge();
    let thread = one
        .thread(ticket.id, |thread| {
            thread.messages.len() == 2 && thread.unsent.iter().any(|item| item.state == OpState::Held)
        })
        .await;
    assert_eq!(thread.unsent[0].unseen.as_ref(), thread.messages.get(1));
    assert_eq!(at_the_service(&app, &ticket).await.len(), 2);

    one.replica.retry(op, Uuid::now_v7()).await.unwrap();
    one.thread(ticket.id, |thread| settled(thread, 3)).await;
    assert_eq!(at_the_service(&app, &ticket).await[2], "Jawaban saya.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_doors_are_told_apart() {
    let app = TestApp::start().await;
    let kadek = app.staff("Kadek").await;
    let info = link::check_server(&app.url).await.unwrap();
    assert_eq!(info.product, gemilang_protocol::session::ServerInfo::PRODUCT);
    let wrong = link::sign_in(&app.url, &kadek.person.email, "salah sekali").await.unwrap_err();
    assert_eq!(wrong.code(), Some(gemilang_protocol::Code::WrongCredentials));
    let silent = link::check_server("127.0.0.1:9").await.unwrap_err();
    assert!(matches!(silent, LinkError::Shut(_)), "nothing listens there: {silent:?}");
    assert_eq!(link::check_server("bukan alamat").await.unwrap_err(), LinkError::BadAddress);
    assert!(sessions::find(&app.app, &kadek.token, &[sessions::Kind::Staff]).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_got_no_answer_is_taken_back_only_if_it_never_landed() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let proxy = Proxy::to(&app.url).await;
    let desk = Desk::live(&proxy.url, &kadek).await;

    // The line breaks after the commit: it has landed, whatever its author wants now.
    proxy.swallow_next_push_and_cut();
    let late = desk.reply(&ticket, "Terlanjur").await;
    desk.thread(ticket.id, |thread| thread.unsent.iter().any(|item| item.perhaps_sent)).await;
    desk.replica.edit(late, "Terlambat diubah", Uuid::now_v7()).await.unwrap();
    proxy.mend(&app.url);
    desk.engine.nudge();
    let thread = desk
        .thread(ticket.id, |thread| {
            thread.messages.len() == 2 && thread.unsent.len() == 1 && thread.unsent[0].state == OpState::Failed
        })
        .await;
    assert_eq!(thread.unsent[0].reason, Some(gemilang_protocol::Code::AlreadySent));
    desk.replica.withdraw(thread.unsent[0].op_id).await.unwrap();

    // It breaks before the service has heard of it: other words take its place, once.
    proxy.cut_at_next_push();
    let lost = desk.reply(&ticket, "Salah ketik").await;
    desk.thread(ticket.id, |thread| thread.unsent.iter().any(|item| item.perhaps_sent)).await;
    desk.replica.edit(lost, "Sudah benar", Uuid::now_v7()).await.unwrap();
    proxy.mend(&app.url);
    desk.engine.nudge();
    desk.thread(ticket.id, |thread| settled(thread, 3)).await;
    assert_eq!(at_the_service(&app, &ticket).await[1..], ["Terlanjur", "Sudah benar"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_is_too_new_is_said_and_the_outbox_kept() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let proxy = Proxy::to(&app.url).await;
    let desk = Desk::live(&proxy.url, &kadek).await;
    let newer = crate::proxy::too_new().await;
    proxy.mend(&newer);
    desk.reply(&ticket, "Masih saya ketik.").await;
    desk.line(|line| *line == Line::AppTooOld).await;
    desk.reply(&ticket, "Dan ini juga.").await;
    assert_eq!(desk.replica.outbox().await.unwrap().len(), 2);
    // As after an update of the app: the same file, and somebody tries again.
    proxy.mend(&app.url);
    desk.engine.nudge();
    desk.thread(ticket.id, |thread| settled(thread, 3)).await;
    assert_eq!(at_the_service(&app, &ticket).await[1..], ["Masih saya ketik.", "Dan ini juga."]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_said_until_there_is_room() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let desk = Desk::live(&app.url, &kadek).await;
    desk.replica.limit_pages(1).await.unwrap();
    let long = "Tolong ".repeat(1_400);
    for _ in 0..25 {
        customer_says(&app, &sari, &ticket, &long).await;
    }
    let mut status = desk.engine.status();
    let full = status.wait_for(|status| status.storage == Some(Storage::Full));
    tokio::time::timeout(PATIENCE, full).await.unwrap().unwrap();
    desk.replica.limit_pages(u32::MAX).await.unwrap();
    desk.engine.nudge();
    desk.thread(ticket.id, |thread| thread.messages.len() == 26).await;
    let mended = status.wait_for(|status| status.storage.is_none() && status.line == Line::Live);
    tokio::time::timeout(PATIENCE, mended).await.unwrap().unwrap();
}
