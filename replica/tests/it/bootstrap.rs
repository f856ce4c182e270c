//! Parts of a bootstrap are read while the feed brings news: what is newer stays, whichever comes first.

use gemilang_protocol::order::OrderStatus;
use gemilang_protocol::{Cursor, Order, Page, PersonRef, Role, Row, Zone};
use gemilang_replica::page::IncomingPart;
use gemilang_replica::{Applied, Replica};

use crate::sample::{ME, RINA, SARI, Story, at, id, me, person};

/// A part as the service makes it.
fn part(from: Option<&str>, to: Option<&str>, rows: Vec<Row>) -> IncomingPart {
    let cursor = |text: &str| Cursor(text.to_owned());
    IncomingPart {
        from: from.map(cursor),
        to: to.map(cursor),
        feed: cursor("0"),
        rows: rows.into_iter().map(Into::into).collect(),
        tickets: 1,
    }
}

async fn feed(replica: &Replica, from: &str, to: &str, rows: Vec<Row>) {
    let (from, to) = (Some(Cursor(from.to_owned())), Cursor(to.to_owned()));
    let page = Page { from, to, rows, more: false, complete_to: Some(at(0)) };
    assert_eq!(replica.apply(page.into(), true).await.unwrap(), Applied::Done);
}

fn order(venue: &str) -> Row {
    Row::Order(Order {
        id: id(7),
        number: "GO-1".to_owned(),
        customer: PersonRef { id: SARI, name: "Sari".to_owned() },
        package: "Kencana".to_owned(),
        event_date: "2026-12-01".parse().unwrap(),
        venue: venue.to_owned(),
        zone: Zone::Wib,
        status: OrderStatus::Confirmed,
    })
}

fn named(name: &str) -> Row {
    Row::Person(person(RINA, name, Role::Agent))
}

async fn shown(replica: &Replica, story: &Story) -> (Vec<String>, String) {
    let names = replica.staff().await.unwrap().into_iter().map(|it| it.name).collect();
    (names, replica.thread(story.id()).await.unwrap().order.unwrap().venue)
}

#[tokio::test]
async fn a_part_that_was_under_way_undoes_nothing_that_the_feed_has_told() {
    let dir = tempfile::tempdir().unwrap();
    let file = Replica::file_for(dir.path(), "https://desk.gemilangwo.id", ME);
    let replica = Replica::open(&file, me()).await.unwrap();
    let mut story = Story::new(1042, "Dekorasi");
    story.0.order = Some("GO-1".to_owned());
    let first = vec![story.filed("Vendor dekorasi belum tiba."), named("Rina"), order("Pendopo")];
    replica.apply_part(part(None, Some("people"), first)).await.unwrap();
    // The next part is read at the service; before it is here, the feed tells of what changed behind it.
    feed(&replica, "0", "1", vec![named("Rina Puspitasari"), order("Ballroom")]).await;
    let late = vec![named("Rina"), order("Pendopo")];
    replica.apply_part(part(Some("people"), None, late.clone())).await.unwrap();
    let newer = (vec!["Rina Puspitasari".to_owned()], "Ballroom".to_owned());
    assert_eq!(shown(&replica, &story).await, newer);
    feed(&replica, "1", "2", vec![named("Rina P."), order("Taman")]).await;
    assert_eq!(shown(&replica, &story).await, (vec!["Rina P.".to_owned()], "Taman".to_owned()), "the feed goes on");
}
