//! What people type, and what is read of it.

use super::spelled::OPERATORS;
use super::*;

fn read(typed: &str) -> Asked {
    Asked::read(typed, NaiveDate::from_ymd_opt(2026, 11, 30).unwrap())
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn operators_have_names_in_both_languages() {
    let asked = read("status:open category:payment before:2026-12-01 genset ");
    assert_eq!(asked.statuses, [Status::Open]);
    assert_eq!((&*asked.categories, asked.until), (&[Category::Payment][..], Some(date("2026-11-30"))));
    assert_eq!(asked.words, ["genset"]);
    assert_eq!(asked, read("STATUS:terbuka kategori:pembayaran sampai:30-11-2026 genset "));
    let asked = read("status:aktif prioritas:mendesak sejak:7h petugas:saya dari:\"Raden Roro\" venue:sleman");
    assert_eq!(asked.statuses.len(), 3);
    assert_eq!((&*asked.priorities, asked.since), (&[Priority::Urgent][..], Some(date("2026-11-23"))));
    assert_eq!((&*asked.assignees, &*asked.from), (&[Whose::Mine][..], &["Raden Roro".to_owned()][..]));
    assert_eq!(asked.venues, ["sleman"]);
    assert_eq!(read("label:VIP tag:\"akad pagi\" ").tags, ["vip", "akad pagi"]);
    assert!(!asked.has_words() && asked.problems.is_empty());
    assert_eq!(read("assignee:bagas petugas:belum").assignees, [Whose::Named("bagas".into()), Whose::Nobody]);
    assert_eq!(read("is:held ada:belum-terkirim").states, [State::Held, State::Unsent]);
    assert_eq!(read("acara:14h").event, Some((date("2026-11-30"), date("2026-12-14"))));
    assert_eq!(read("event:12/12/2026").event, Some((date("2026-12-12"), date("2026-12-12"))));
}

#[test]
fn every_value_that_is_offered_can_be_read() {
    for (operator, name) in OPERATORS {
        for value in operator.values() {
            for (name, value) in [(name.id, value.id), (name.en, value.en), (name.en, value.id)] {
                let asked = read(&format!("{name}:{value} "));
                assert!(asked.problems.is_empty() && asked != Asked::default(), "{name}:{value}");
            }
        }
    }
}

#[test]
fn words_can_be_left_out_or_be_exact() {
    let asked = read("akad -gereja \"jam enam\" “pagi hari” go-2291");
    assert_eq!(asked.words, ["akad", "go-2291"]);
    assert_eq!(asked.without, ["gereja"]);
    assert_eq!(asked.exact, ["jam enam", "pagi hari"]);
    assert_eq!(asked.marks(), "jam enam pagi hari akad go-2291");
    assert!(asked.is_open && !read("akad status:open").is_open && !read("akad ").is_open);
}

#[test]
fn what_cannot_be_read_is_told_and_nothing_breaks_it() {
    let problems = |typed: &str| read(typed).problems;
    assert_eq!(problems("status:hilang "), [Problem::Value(Operator::Status, "hilang".into())]);
    assert_eq!(problems("status: open"), [Problem::Value(Operator::Status, String::new())]);
    assert_eq!(problems("before:2026-13-40 "), [Problem::Day(Operator::Before, "2026-13-40".into())]);
    assert_eq!(problems("sejak:1-12-26 "), [Problem::Day(Operator::Since, "1-12-26".into())]);
    assert_eq!(problems("-status:open"), [Problem::Turned(Operator::Status)]);
    let asked = read("judul:akad jam:7 http://x 07:30");
    assert_eq!(asked.words, ["judul:akad", "jam:7", "http://x", "07:30"]);
    assert_eq!(asked.problems, [Problem::Unknown("judul".into())]);
    // What is being typed is not wrong yet, unless it cannot become right.
    let told = [Problem::Value(Operator::Status, "ter".into()), Problem::Day(Operator::Before, "2026-1".into())];
    assert_eq!(problems("status:ter before:2026-1 acara:"), told);
    assert!(problems("status:ter").is_empty() && problems("before:2026-1").is_empty());
    assert_eq!(problems("status:x").len(), 1);
    assert_eq!(read("status:ter").statuses, []);
    for typed in ["", "\"", "- -- \"\" :", "“”", "status:\"", ":::", "-", "🙏 -🙏", "sejak:99999999999999999999h "]
    {
        let asked = read(typed);
        assert!(!asked.has_words(), "{typed}");
    }
}

#[test]
fn a_field_shows_what_is_complete_apart_and_loses_nothing() {
    let typed = "akad status:open dari:\"Ni Luh\" judul:y sejak:kapan kategori:pay";
    let (operators, rest) = parted(typed);
    assert_eq!(operators, ["status:open", "dari:\"Ni Luh\""]);
    assert_eq!(rest, "akad judul:y sejak:kapan kategori:pay");
    let mut same = read(&joined(&operators, &rest));
    same.problems.sort_by_key(|it| format!("{it:?}"));
    let mut before = read(typed);
    before.problems.sort_by_key(|it| format!("{it:?}"));
    assert_eq!(same, before);
    assert_eq!(parted("status:open"), (vec![], "status:open".to_owned()), "it may go on");
    assert_eq!(parted("status:open "), (vec!["status:open"], String::new()));
}

#[test]
fn a_filter_and_a_typed_operator_are_the_same() {
    assert_eq!(narrowed("akad", Operator::Status, Some("status:open")), "status:open akad");
    assert_eq!(
        narrowed("status:open akad petugas:saya", Operator::Status, Some("status:closed")),
        "status:closed akad petugas:saya"
    );
    assert_eq!(narrowed("status:open akad status:closed", Operator::Status, None), "akad");
    assert_eq!(dropped("status:open akad mua", &[12, 17]), "status:open");
    assert_eq!(written("petugas", "Bagas Wicaksono"), "petugas:\"Bagas Wicaksono\"");
}
