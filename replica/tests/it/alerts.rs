//! The ledger of alerts: kept, found and forgotten; and which urgent tickets nobody has, as this desk shows them.

use chrono::TimeDelta;
use gemilang_protocol::alert::{About, AlertEntry, AlertInputs, AlertResult, AlertStep, Reason, Why};
use gemilang_protocol::{Act, Priority, QuietHours, Role, Row, Status, TicketNumber};
use gemilang_replica::alerts::untaken::Left;
use uuid::Uuid;

use crate::sample::{Desk, ME, RINA, Story, at, id, person};

/// An alert that was shown at the number's second.
pub fn entry(number: u64, ticket: Uuid, subject: &str) -> AlertEntry {
    let shown = AlertStep {
        at: at(i64::try_from(number).unwrap()),
        result: AlertResult::Shown,
        why: Some(Why::Yours),
        round: None,
    };
    AlertEntry {
        id: number,
        about: Some(About {
            ticket,
            number: TicketNumber(1_042),
            subject: subject.to_owned(),
            customer: String::from("Sari Wulandari"),
        }),
        reason: Reason::MessageMine,
        result: AlertResult::Shown,
        steps: vec![shown],
        inputs: AlertInputs {
            focused: true,
            on_screen: false,
            idle: Some(4),
            on_duty: true,
            others_on_duty: 2,
            live: true,
            quiet: false,
        },
    }
}

#[tokio::test]
async fn an_alert_is_noted_once_with_what_became_of_it_and_found_by_result_and_words() {
    let desk = Desk::new().await;
    assert_eq!(desk.replica.next_alert().await.unwrap(), 1);
    let mut clicked = entry(1, id(1), "Genset MATI");
    desk.replica.note_alerts(&[clicked.clone(), entry(2, id(2), "Katering")], at(2)).await.unwrap();
    clicked.happened(AlertStep { at: at(5), result: AlertResult::Clicked, why: None, round: None });
    desk.replica.note_alerts(std::slice::from_ref(&clicked), at(5)).await.unwrap();
    assert_eq!(desk.replica.next_alert().await.unwrap(), 3);

    let found = async |result, q: &str| {
        let page = desk.replica.alerts(result, q, None, at(9)).await.unwrap();
        page.entries.iter().map(|entry| entry.id).collect::<Vec<_>>()
    };
    assert_eq!(found(None, "").await, [2, 1]);
    assert_eq!(found(Some(AlertResult::Clicked), "").await, [1]);
    assert_eq!(found(None, " genset mati ").await, [1]);
    assert_eq!(found(None, "gw-1042 sari").await, [2, 1]);
    assert_eq!(found(None, "100%").await, Vec::<u64>::new());
    let page = desk.replica.alerts(Some(AlertResult::Clicked), "", None, at(9)).await.unwrap();
    assert_eq!(page.entries, [clicked]);
}

#[tokio::test]
async fn the_ledger_is_read_in_pages_and_forgets_after_thirty_days() {
    let desk = Desk::new().await;
    let all: Vec<AlertEntry> = (1..=70).map(|n| entry(n, id(1), "Genset")).collect();
    desk.replica.note_alerts(&all, at(70)).await.unwrap();
    let first = desk.replica.alerts(None, "", None, at(70)).await.unwrap();
    assert_eq!((first.entries.len(), first.more), (60, true));
    let last = desk.replica.alerts(None, "", first.entries.last().map(|entry| entry.id), at(70)).await.unwrap();
    assert_eq!((last.entries.iter().map(|it| it.id).collect::<Vec<_>>(), last.more), ((1..=10).rev().collect(), false));

    let later = at(65) + TimeDelta::days(30);
    assert_eq!(desk.replica.alerts(None, "", None, later).await.unwrap().entries.len(), 6);
    desk.replica.note_alerts(&[], later).await.unwrap();
    assert_eq!(desk.replica.alerts(None, "", None, at(70)).await.unwrap().entries.len(), 6, "they are gone");
}

#[tokio::test]
async fn what_quiet_hours_held_back_is_kept_until_it_is_summed_up() {
    let desk = Desk::new().await;
    let quiet = QuietHours::default();
    let kept = |number: u64, reason, why| {
        let mut kept = entry(number, id(1), "Genset");
        (kept.reason, kept.result) = (reason, AlertResult::HeldBack);
        kept.steps[0] = AlertStep { at: kept.raised_at(), result: AlertResult::HeldBack, why: Some(why), round: None };
        kept
    };
    let held = |number| kept(number, Reason::MessageMine, Why::Quiet { from: quiet.from, to: quiet.to, summary: true });
    let mut summed_up = entry(2, id(1), "");
    (summed_up.about, summed_up.reason) = (None, Reason::QuietOver);
    desk.replica.note_alerts(&[held(1), summed_up.clone(), held(3), entry(4, id(2), "Tenda")], at(4)).await.unwrap();
    assert_eq!(desk.replica.kept_alerts(at(0)).await.unwrap(), [held(3)]);
    assert!(desk.replica.kept_alerts(at(4)).await.unwrap().is_empty(), "it is of another night");
    // What is about no ticket is read as it was noted.
    let page = desk.replica.alerts(Some(AlertResult::Shown), "", None, at(9)).await.unwrap();
    assert_eq!(page.entries.last(), Some(&summed_up));
}

#[tokio::test]
async fn what_nobody_has_is_known_with_since_when_and_what_is_not_among_it_with_why() {
    let mut desk = Desk::new().await;
    let (mut filed, mut raised, mut taken) =
        (Story::new(1, "Genset"), Story::new(2, "Tenda"), Story::new(3, "Katering"));
    let mut rows = vec![Row::Person(person(RINA, "Rina", Role::Agent))];
    for story in [&mut filed, &mut raised, &mut taken] {
        story.0.priority = Priority::Urgent;
        rows.push(story.filed("Tolong segera."));
    }
    rows.push(raised.assigned(RINA, None, Some(RINA)));
    rows.push(raised.assigned(RINA, None, None));
    rows.push(raised.customer("Bagaimana?"));
    rows.push(taken.assigned(RINA, None, Some(RINA)));
    desk.apply(rows).await;
    let all = [filed.id(), raised.id(), taken.id(), id(99)];
    let (mut untaken, left) = desk.replica.untaken(&all).await.unwrap();
    untaken.sort_by_key(|one| one.number.0);
    assert_eq!(
        untaken.iter().map(|one| (one.ticket, one.since)).collect::<Vec<_>>(),
        [(filed.id(), at(1)), (raised.id(), at(3))]
    );
    assert_eq!(left, [(taken.id(), Left::Taken(String::from("Rina"))), (id(99), Left::Ended)]);

    // What was done here counts before the service knows.
    desk.replica.write(Uuid::now_v7(), filed.id(), Act::Assign { from: None, to: Some(ME) }, at(9)).await.unwrap();
    let end = Act::Status { from: Status::Open, to: Status::Resolved };
    desk.replica.write(Uuid::now_v7(), raised.id(), end, at(9)).await.unwrap();
    let (untaken, left) = desk.replica.untaken(&all[..2]).await.unwrap();
    assert!(untaken.is_empty(), "{untaken:?}");
    assert_eq!(left, [(filed.id(), Left::Taken(String::from("Kadek Ayu"))), (raised.id(), Left::Ended)]);
}
