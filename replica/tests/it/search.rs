//! Search: as people type, newest first, always of what is here.

use gemilang_protocol::desk::views::{Inbox, TicketQuery};

use crate::sample::{Desk, RINA, Story};

async fn hits(desk: &Desk, q: &str) -> Vec<i64> {
    let query = TicketQuery { inbox: Inbox::All, q: q.to_owned(), ..TicketQuery::default() };
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
    let found = desk.replica.search("tenda").await.unwrap();
    let told: Vec<_> = found
        .hits
        .iter()
        .map(|hit| (hit.row.number.0, hit.said.as_ref().map(|said| (said.n, said.note, said.text.as_str()))))
        .collect();
    assert_eq!(told, [(1042, Some((3, true, "Tenda menyusul jam 5, vendor di jalan"))), (1043, None)]);
    // The most words count more than the newest.
    let found = desk.replica.search("tenda kursi").await.unwrap();
    assert_eq!(found.hits[0].said.as_ref().map(|said| said.n), Some(1));
    assert_eq!(desk.replica.search(" ").await.unwrap().total, 0);
}

#[tokio::test]
async fn of_the_services_hits_only_conversations_that_are_not_here_are_told() {
    let mut desk = Desk::new().await;
    let mut here = Story::new(1042, "Dekorasi");
    let elsewhere = Story::new(1043, "Dekorasi lama");
    desk.apply(vec![here.filed("Tenda belum terpasang.")]).await;
    let hits = desk.replica.not_here(vec![here.0.clone(), elsewhere.0.clone()]).await.unwrap();
    let numbers: Vec<_> = hits.iter().map(|hit| hit.row.number.0).collect();
    assert_eq!(numbers, [1043]);
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
