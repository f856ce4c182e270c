//! Finding a ticket by what stands in its head.

use gemilang_protocol::desk::views::TicketList;
use uuid::Uuid;

use crate::sample::{Desk, RINA, Story};

fn numbers(list: &TicketList) -> Vec<i64> {
    list.rows.iter().map(|row| row.number.0).collect()
}

async fn desk() -> (Desk, Vec<Uuid>) {
    let mut desk = Desk::new().await;
    let mut one = Story::new(1042, "Dekorasi pelaminan");
    let mut two = Story::new(1043, "Selendang warna salem");
    let mut three = Story::new(104, "Katering");
    two.0.order = Some(String::from("GO-2291"));
    let rows = vec![
        one.filed("Bunga mawarnya layu semua."),
        two.filed("Ada dua pilihan kain, mohon saran."),
        three.filed("Selamat siang, menunya rendang?"),
        one.note(RINA, "Selesai dihubungi"),
    ];
    desk.apply(rows).await;
    let ids = [&one, &two, &three].map(Story::id).to_vec();
    (desk, ids)
}

#[tokio::test]
async fn subject_customer_number_and_order_are_meant_and_no_message() {
    let (desk, _) = desk().await;
    for (q, wanted) in [
        ("sel", &[1043][..]),
        ("sel sal", &[1043]),
        ("salem selendang", &[1043]),
        ("go-2291", &[1043]),
        ("pelam", &[1042]),
        ("laminan", &[]),
        ("mawarnya", &[]),
        ("s", &[104, 1043, 1042]),
        ("GW-1042", &[1042]),
        ("104", &[104, 1043, 1042]),
        ("gw-104", &[104, 1043, 1042]),
        ("1043", &[1043]),
        ("\"* OR (", &[]),
    ] {
        let found = desk.replica.find_tickets(q, &[]).await.unwrap();
        let mut numbers = numbers(&found);
        let mut wanted = wanted.to_vec();
        if q == "s" {
            numbers.sort_unstable();
            wanted.sort_unstable();
        }
        assert_eq!(numbers, wanted, "{q}");
        assert_eq!(found.total, wanted.len() as u64, "{q}");
    }
}

#[tokio::test]
async fn without_words_those_of_before_stand_first() {
    let (desk, ids) = desk().await;
    let lately = desk.replica.find_tickets(" ", &[ids[2], Uuid::nil(), ids[1]]).await.unwrap();
    assert_eq!(numbers(&lately), [104, 1043, 1042]);
}
