//! Search: as people type, newest first, always of what is here.

use chrono::NaiveDate;
use gemilang_protocol::desk::asked::{Asked, Calendar};
use gemilang_protocol::desk::views::{Inbox, TicketQuery};
use gemilang_protocol::{Category, Order, OrderStatus, PersonRef, Role, Row, Status, Zone};
use uuid::Uuid;

use crate::outbox::reply;
use crate::sample::{Desk, RINA, SARI, Story, at, id, person};

const CALENDAR: Calendar = Calendar { today: NaiveDate::from_ymd_opt(2026, 11, 30).unwrap(), zone: Zone::Wib };

async fn hits(desk: &Desk, q: &str) -> Vec<i64> {
    let query = TicketQuery { inbox: Inbox::All, q: q.to_owned(), calendar: CALENDAR, ..TicketQuery::default() };
    let list = desk.replica.tickets(&query).await.unwrap();
    assert_eq!(list.total, list.rows.len() as u64);
    list.rows.iter().map(|row| row.number.0).collect()
}

#[tokio::test]
async fn words_of_subject_customer_messages_and_notes_are_found() {
    let mut desk = Desk::new().await;
    let mut one = Story::new(1042, "Dekorasi pelaminan");
    let mut two = Story::new(1043, "Katering");
    two.0.order = Some(String::from("GO-2291"));
    let rows = vec![
        one.filed("Bunga mawarnya layu semua."),
        two.filed("Menu rendang diganti semur?"),
        one.note(RINA, "Vendor sudah dihubungi lewat telepon"),
    ];
    desk.apply(rows).await;
    assert_eq!(hits(&desk, "pelam").await, [1042]);
    assert_eq!(hits(&desk, "dekorasi mawarnya").await, [1042], "words of different texts");
    assert_eq!(hits(&desk, "telepon").await, [1042], "a note's word");
    assert_eq!(hits(&desk, "rendang semur").await, [1043]);
    assert_eq!(hits(&desk, "go-2291").await, [1043]);
    assert_eq!(hits(&desk, "sari").await.len(), 2, "the customer's name");
    assert_eq!(hits(&desk, "sari mobil").await, [0; 0]);
    assert_eq!(hits(&desk, "GW-1042").await, [1042]);
    assert_eq!(hits(&desk, "1043").await, [1043]);
    assert_eq!(hits(&desk, "\"* OR (").await, [0; 0]);
}

#[tokio::test]
async fn the_latest_activity_comes_first_and_new_words_are_found_at_once() {
    let mut desk = Desk::new().await;
    let mut one = Story::new(1042, "Dekorasi");
    let mut two = Story::new(1043, "Dekorasi");
    let rows = vec![one.filed("Tenda belum terpasang."), two.filed("Tenda bocor di tengah.")];
    desk.apply(rows).await;
    assert_eq!(hits(&desk, "tenda").await, [1043, 1042]);
    desk.apply(vec![one.customer("Tendanya sekarang roboh!")]).await;
    assert_eq!(hits(&desk, "tenda").await, [1042, 1043]);
    assert_eq!(hits(&desk, "roboh").await, [1042]);
}

#[tokio::test]
async fn filters_narrow_a_search() {
    let mut desk = Desk::new().await;
    let mut one = Story::new(1042, "Dekorasi");
    let mut two = Story::new(1043, "Dekorasi");
    let rows = vec![
        one.filed("Tenda belum terpasang."),
        two.filed("Tenda bocor di tengah."),
        two.assigned(RINA, None, Some(RINA)),
    ];
    desk.apply(rows).await;
    let query = TicketQuery { inbox: Inbox::Unassigned, q: String::from("tenda"), ..TicketQuery::default() };
    let list = desk.replica.tickets(&query).await.unwrap();
    assert_eq!((list.total, list.rows[0].number.0), (1, 1042));
}

#[tokio::test]
async fn a_hit_tells_where_the_words_stand() {
    let mut desk = Desk::new().await;
    let mut one = Story::new(1042, "Dekorasi");
    let mut two = Story::new(1043, "Tenda");
    let rows = vec![
        one.filed("Tenda belum terpasang, kursi juga belum."),
        one.customer("Kursinya sudah datang."),
        one.note(RINA, "Tenda menyusul jam 5, vendor di jalan"),
        two.filed("Boleh pindah jam?"),
    ];
    desk.apply(rows).await;
    let found = desk.replica.search("tenda", CALENDAR).await.unwrap();
    let told: Vec<_> = found
        .hits
        .iter()
        .map(|hit| (hit.row.number.0, hit.said.as_ref().map(|said| (said.n, said.note, said.text.as_str()))))
        .collect();
    assert_eq!(told, [(1042, Some((3, true, "Tenda menyusul jam 5, vendor di jalan"))), (1043, None)]);
    // The most words count more than the newest.
    let found = desk.replica.search("tenda kursi", CALENDAR).await.unwrap();
    assert_eq!(found.hits[0].said.as_ref().map(|said| said.n), Some(1));
    assert_eq!(desk.replica.search(" ", CALENDAR).await.unwrap().total, 0);
}

#[tokio::test]
async fn of_the_services_hits_only_conversations_that_are_not_here_are_told() {
    let mut desk = Desk::new().await;
    let mut here = Story::new(1042, "Dekorasi");
    let elsewhere = Story::new(1043, "Dekorasi lama");
    desk.apply(vec![here.filed("Tenda belum terpasang.")]).await;
    for (q, wanted) in [
        ("dekorasi", &[1043][..]),
        ("dekorasi status:terbuka petugas:belum dari:sari sejak:2000-01-01", &[1043]),
        ("dekorasi status:selesai", &[]),
        ("dekorasi prioritas:mendesak", &[]),
        ("dekorasi petugas:saya", &[]),
        ("dekorasi dari:budi", &[]),
        ("dekorasi before:2000-01-01", &[]),
        ("dekorasi venue:sleman", &[]),
        ("dekorasi ada:ditahan", &[]),
    ] {
        let asked = Asked::read(q, CALENDAR.today);
        let found = vec![here.0.clone(), elsewhere.0.clone()];
        let hits = desk.replica.not_here(found, &asked, CALENDAR).await.unwrap();
        let numbers: Vec<_> = hits.iter().map(|hit| hit.row.number.0).collect();
        assert_eq!(numbers, wanted, "{q}");
    }
}

#[tokio::test]
async fn a_long_conversation_is_found_by_any_of_its_words_once() {
    let mut desk = Desk::new().await;
    let mut one = Story::new(1042, "Dekorasi pelaminan");
    let mut rows = vec![one.filed("Yang pertama: melati.")];
    rows.extend((0..200).map(|n| one.customer(&format!("Pesan ke{n} tentang tenda"))));
    rows.push(one.note(RINA, "Yang terakhir: anggrek"));
    desk.apply(rows).await;
    assert!(desk.replica.is_index_behind().await.unwrap());
    for q in ["melati", "ke0", "ke63", "ke64", "ke150 dekorasi", "anggrek", "pelaminan", "tenda"] {
        assert_eq!(hits(&desk, q).await, [1042], "{q}");
    }
    let renamed = one.subject(RINA, "Panggung");
    desk.apply(vec![renamed]).await;
    assert_eq!(hits(&desk, "panggung ke150").await, [1042]);
    assert_eq!(hits(&desk, "pelaminan").await, [0; 0], "no document keeps the old subject");
    let other = Story::new(1043, "Katering").filed("Tenda juga.");
    desk.apply(vec![other]).await;
    assert_eq!(hits(&desk, "tenda").await, [1042, 1043]);
}

#[tokio::test]
async fn operators_narrow_what_is_found_and_stand_alone() {
    let mut desk = Desk::new().await;
    let mut one = Story::new(1042, "Dekorasi pelaminan");
    let mut two = Story::new(1043, "Tenda tambahan");
    let mut three = Story::new(1044, "Katering");
    one.0.category = Category::Technical;
    two.0.order = Some("GO-2291".into());
    three.0.status = Status::Closed;
    let order = Order {
        id: id(77),
        number: "GO-2291".into(),
        customer: PersonRef { id: SARI, name: "Sari".into() },
        package: "Kencana".into(),
        event_date: "2026-12-12".parse().unwrap(),
        venue: "Pendopo Arumsari, Sleman".into(),
        zone: Zone::Wib,
        status: OrderStatus::ALL[0],
    };
    let mut rows = vec![
        Row::Person(person(RINA, "Rina Puspitasari", Role::Admin)),
        Row::Order(order),
        one.filed("Tenda belum terpasang pagi hari."),
        two.filed("Tenda bocor di tengah, hari ini pagi."),
        three.filed("Menu rendang untuk tenda utama."),
        two.assigned(RINA, None, Some(RINA)),
    ];
    rows.extend((0..80).map(|n| one.customer(&format!("Pesan {n}"))));
    rows.push(one.customer("Kursinya juga."));
    desk.apply(rows).await;
    desk.replica.write(Uuid::now_v7(), two.id(), reply("Segera kami cek, Kak."), at(9)).await.unwrap();
    let mut wrong = Vec::new();
    for (q, wanted) in [
        ("tenda status:ditutup", &[1044][..]),
        ("status:closed", &[1044]),
        ("status:aktif tenda", &[1042, 1043]),
        ("status:closed status:open", &[1042, 1044]),
        ("category:technical", &[1042]),
        ("petugas:rina tenda", &[1043]),
        ("assignee:puspita petugas:belum", &[1042, 1043, 1044]),
        ("petugas:bagas", &[]),
        ("petugas:belum", &[1042, 1044]),
        ("petugas:saya", &[]),
        ("tenda -bocor", &[1042, 1044]),
        ("tenda -kursinya", &[1043, 1044]),
        ("dari:sari -bocor", &[1042, 1044]),
        ("-tenda", &[]),
        ("\"pagi hari\"", &[1042]),
        ("tenda \"hari ini\"", &[1043]),
        ("\"HARI INI\" bocor", &[1043]),
        ("dari:sari status:open", &[1042]),
        ("dari:budi", &[]),
        ("dari:tenda", &[]),
        ("venue:sleman", &[1043]),
        ("acara:14h", &[1043]),
        ("acara:7h", &[]),
        ("event:2026-12-12 tenda", &[1043]),
        ("ada:belum-terkirim", &[1043]),
        ("is:held", &[]),
        ("is:unread", &[1042, 1043, 1044]),
        ("sejak:2000-01-01 sampai:1999-01-01", &[]),
        ("before:2999-01-01 rendang", &[1044]),
        ("since:2999-01-01", &[]),
        ("status:hilang rendang", &[1044]),
    ] {
        let mut found = hits(&desk, q).await;
        found.sort_unstable();
        if found != wanted {
            wrong.push((q, found, wanted));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    let told = desk.replica.search("tenda status:ditutup", CALENDAR).await.unwrap();
    assert!(told.hits[0].said.as_ref().is_some_and(|said| said.text.contains("tenda utama")));
    assert_eq!(desk.replica.search("status:ditutup", CALENDAR).await.unwrap().total, 1);
    assert_eq!(desk.replica.search("status:hilang", CALENDAR).await.unwrap().total, 0, "nothing is asked for");
}
