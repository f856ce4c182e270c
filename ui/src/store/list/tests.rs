//! What can happen to the list.

use super::super::samples::{id, row};
use super::*;

fn list(rows: u8) -> List {
    let mut list = List::default();
    let query = list.query.clone();
    list.apply(Action::Arrived {
        query,
        from: 0,
        rows: (1..=rows).map(|n| Rc::new(row(n))).collect(),
        total: u64::from(rows),
        more: false,
    });
    list
}

#[test]
fn what_left_a_held_list_is_picked_no_more_and_comes_back_unpicked() {
    let mut list = list(3);
    list.apply(Action::Hold(true));
    list.apply(Action::Pick(Some(id(1))));
    list.apply(Action::Pick(Some(id(2))));
    let arrived = |rows: &[u8]| Action::Arrived {
        query: TicketQuery::default(),
        from: 0,
        rows: rows.iter().map(|n| Rc::new(row(*n))).collect(),
        total: rows.len() as u64,
        more: false,
    };
    list.apply(arrived(&[3]));
    assert!(list.picks.is_empty() && list.is_gone(id(1)));
    list.apply(arrived(&[1, 2, 3]));
    list.apply(Action::Pick(Some(id(1))));
    assert_eq!(list.picked().map(|row| row.id).collect::<Vec<_>>(), [id(1)]);
}

#[test]
fn picks_follow_the_keyboard_and_leave_with_the_rows() {
    let mut list = list(4);
    list.apply(Action::Move(1));
    list.apply(Action::PickBy(1));
    list.apply(Action::PickBy(1));
    assert_eq!(list.picked().map(|row| row.id).collect::<Vec<_>>(), [id(1), id(2), id(3)]);
    list.apply(Action::Pick(None));
    assert_eq!(list.picks.count(), 2, "the one under the keyboard again");
    list.apply(Action::PickTo(id(4)));
    assert_eq!(list.picks.count(), 4);
    list.apply(Action::Pick(Some(id(2))));
    assert_eq!(list.picks.count(), 3);
    list.apply(Action::Pick(None));
    assert_eq!(list.picks.count(), 4, "the keyboard stands where the pointer was");
    let query = list.query.clone();
    list.apply(Action::Arrived { query, from: 0, rows: vec![Rc::new(row(1)), Rc::new(row(4))], total: 2, more: false });
    assert_eq!(list.picks.count(), 2, "nobody changes what they do not see");
    list.apply(Action::Filter(Operator::Status, Some("status:open".into())));
    assert!(list.picks.is_empty());
}

#[test]
fn another_order_asks_anew_and_outlives_the_filters() {
    let mut list = list(3);
    list.apply(Action::Sort(Sort::Priority));
    assert!(!list.answered && list.part.rows.len() == 3);
    list.apply(Action::Filter(Operator::Status, Some("status:open".into())));
    list.apply(Action::Clear);
    assert_eq!(list.query.sort, Sort::Priority);
    list.apply(Action::Inbox(Inbox::Mine));
    assert_eq!(list.query.sort, Sort::Latest, "a view is a question of its own");
}

#[test]
fn filters_and_typed_operators_are_one_thing() {
    let mut list = list(3);
    list.apply(Action::Search("akad status:open".into()));
    assert!(list.is_filtered() && list.has_words());
    list.apply(Action::Filter(Operator::Status, Some("status:closed".into())));
    list.apply(Action::Filter(Operator::Priority, Some("priority:urgent".into())));
    assert_eq!(list.query.q, "status:closed priority:urgent akad");
    list.apply(Action::Filter(Operator::Status, None));
    list.apply(Action::Search(asked::narrowed(&list.query.q, Operator::Priority, None)));
    assert!(!list.is_filtered() && list.is_narrowed());
}

#[test]
fn an_answer_to_an_older_question_is_dropped() {
    let mut list = list(3);
    let old = list.query.clone();
    list.apply(Action::Search("akad".into()));
    list.apply(Action::Arrived { query: old, from: 0, rows: vec![], total: 0, more: false });
    assert!(!list.answered);
    assert_eq!(list.part.rows.len(), 3);
}

#[test]
fn another_view_starts_clean() {
    let mut list = list(3);
    list.apply(Action::Filter(Operator::Status, Some("status:open".into())));
    assert!(list.is_filtered());
    list.apply(Action::Inbox(Inbox::Mine));
    assert!(!list.is_narrowed());
    assert!(list.part.rows.is_empty() && !list.answered);
}

#[test]
fn the_keyboard_starts_at_the_open_ticket_and_stops_at_the_ends() {
    let mut list = list(3);
    list.apply(Action::Move(1));
    assert_eq!(list.cursor, Some(id(1)));
    list.apply(Action::Move(-1));
    assert_eq!(list.cursor, Some(id(1)));
    list.cursor = None;
    list.place = None;
    list.selected = Some(id(2));
    list.apply(Action::Move(1));
    list.apply(Action::Move(1));
    assert_eq!(list.cursor, Some(id(3)));
}

#[test]
fn a_row_that_leaves_hands_the_keyboard_on() {
    let mut list = list(3);
    list.reveal(id(2));
    let query = list.query.clone();
    list.apply(Action::Arrived { query, from: 0, rows: vec![Rc::new(row(1)), Rc::new(row(3))], total: 2, more: false });
    assert_eq!(list.cursor, Some(id(3)));
}

#[test]
fn a_held_list_stands_still_until_it_is_let_go() {
    let mut list = list(3);
    let arrive = |list: &mut List, numbers: &[u8]| {
        let rows = numbers.iter().map(|n| Rc::new(row(*n))).collect();
        list.apply(Action::Arrived {
            query: list.query.clone(),
            from: 0,
            rows,
            total: numbers.len() as u64,
            more: false,
        });
    };
    let ids = |list: &List| list.part.rows.iter().map(|row| row.id).collect::<Vec<_>>();
    list.reveal(id(1));
    list.apply(Action::Hold(true));
    arrive(&mut list, &[4, 3, 2]);
    assert_eq!(ids(&list), [4, 1, 2, 3].map(id));
    assert_eq!((list.news(), list.part.total, list.is_gone(id(1))), (1, 3, true));
    list.apply(Action::Hold(true));
    assert_eq!(list.news(), 1, "still held");
    list.apply(Action::Hold(false));
    assert_eq!(ids(&list), [4, 3, 2].map(id));
    assert_eq!((list.news(), list.cursor), (0, Some(id(3))), "its row left: the one in its place has the keyboard");
    // Another question is another list.
    list.apply(Action::Hold(true));
    arrive(&mut list, &[5, 4, 3, 2]);
    list.apply(Action::Search("akad".into()));
    arrive(&mut list, &[7, 5]);
    assert_eq!((ids(&list), list.news()), ([7, 5].map(id).to_vec(), 0));
    arrive(&mut list, &[8, 5, 7]);
    assert_eq!(ids(&list), [8, 7, 5].map(id), "held as before");
}

#[test]
fn an_unchanged_row_keeps_its_address() {
    let mut list = list(2);
    let first = Rc::clone(&list.part.rows[0]);
    let query = list.query.clone();
    let mut changed = row(2);
    changed.unread = 7;
    list.apply(Action::Arrived {
        query,
        from: 0,
        rows: vec![Rc::new(row(1)), Rc::new(changed)],
        total: 2,
        more: false,
    });
    assert!(Rc::ptr_eq(&first, &list.part.rows[0]));
    assert_eq!(list.part.rows[1].unread, 7);
}

#[test]
fn a_ticket_that_moved_between_two_pages_stands_once() {
    let mut list = List::default();
    let query = list.query.clone();
    let rows = vec![Rc::new(row(1)), Rc::new(row(2)), Rc::new(row(1))];
    list.apply(Action::Arrived { query, from: 0, rows, total: 2, more: false });
    assert_eq!(list.part.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1), id(2)]);
}

/// A long list, of which a part arrives as it is asked for.
fn part(list: &mut List, total: u64) {
    let from = list.wants;
    let query = list.query.clone();
    let rows = (from..(from + 200).min(total as u32)).map(|place| Rc::new(at(place))).collect();
    list.apply(Action::Arrived { query, from, rows, total, more: false });
}

fn at(place: u32) -> TicketRow {
    TicketRow { id: Uuid::from_u128(u128::from(place) + 1), ..row(0) }
}

#[test]
fn the_keyboard_goes_to_the_end_of_a_long_list_and_back() {
    let mut list = List::default();
    part(&mut list, 100_000);
    let mut there = list.clone();
    there.apply(Action::Move(i32::MAX));
    assert_eq!(there.seeks, Some(99_999), "from nowhere, too");
    list.apply(Action::Move(1));
    assert_eq!((list.place, list.wants), (Some(0), 0));
    list.apply(Action::Move(i32::MAX));
    assert_eq!((list.place, list.seeks, list.wants), (Some(0), Some(99_999), 99_800), "it is asked for first");
    list.apply(Action::Move(-1));
    part(&mut list, 100_000);
    assert_eq!((list.cursor, list.place, list.seeks), (Some(at(99_998).id), Some(99_998), None));
    list.apply(Action::Move(i32::MIN));
    // What is still in view is drawn anew while the first rows are under way.
    list.apply(Action::View(99_988..100_000));
    part(&mut list, 100_000);
    assert_eq!((list.cursor, list.wants), (Some(at(0).id), 0));
    // Scrolled away the keyboard stays where it was, and goes on from there.
    list.apply(Action::View(50_000..50_012));
    part(&mut list, 100_000);
    assert!(!list.holds(at(0).id) && list.part.has(50_000));
    list.apply(Action::Move(1));
    assert_eq!((list.seeks, list.wants), (Some(1), 0));
}

#[test]
fn a_list_that_became_short_is_read_where_it_still_is() {
    let mut list = List::default();
    part(&mut list, 1_000);
    list.apply(Action::View(900..912));
    part(&mut list, 1_000);
    part(&mut list, 50);
    assert_eq!((list.part.rows.len(), list.part.extent()), (0, 50));
    list.apply(Action::View(30..42));
    part(&mut list, 50);
    assert_eq!((list.wants, list.part.rows.len()), (0, 50));
}

#[test]
fn what_is_not_here_can_be_picked_as_well() {
    let mut list = List::default();
    part(&mut list, 5_000);
    list.apply(Action::Pick(Some(at(3).id)));
    list.apply(Action::View(600..612));
    part(&mut list, 5_000);
    assert_eq!(list.picks.count(), 1, "scrolled away, but picked");
    list.apply(Action::PickTo(at(605).id));
    assert_eq!(list.picks_wanted, Some(3..606));
    let query = list.query.clone();
    list.apply(Action::Picked { query, from: 3, rows: (3..606).map(|place| Rc::new(at(place))).collect() });
    assert_eq!((list.picks.count(), list.picks_wanted.clone()), (603, None));
    list.apply(Action::PickAll);
    assert_eq!(list.picks_wanted, Some(0..MOST_PICKED));
    list.apply(Action::PickNone);
    assert!(list.picks.is_empty() && list.picks_wanted.is_none());
}

#[test]
fn a_ticket_that_is_named_far_down_is_brought_into_view_once() {
    let mut list = List::default();
    let arrive = |list: &mut List, from: u32, numbers: Range<u8>| {
        let rows = numbers.map(|n| Rc::new(row(n))).collect();
        list.apply(Action::Arrived { query: list.query.clone(), from, rows, total: 100_000, more: false });
    };
    arrive(&mut list, 0, 1..200);
    let moves = list.moves;
    list.reveal(id(222));
    assert_eq!((list.locates, list.place, list.holds(id(222))), (Some(id(222)), None, false));
    list.locate(40_000);
    assert!(list.wants <= 40_000 && list.wants + part::WIDE > 40_000, "{}", list.wants);
    let wants = list.wants;
    arrive(&mut list, wants, 210..230);
    assert_eq!((list.locates, list.cursor), (None, Some(id(222))));
    assert_eq!(list.place, list.at(id(222)));
    assert!(list.moves > moves);
    // Scrolled away, it stays away.
    let moves = list.moves;
    list.apply(Action::View(0..12));
    arrive(&mut list, 0, 1..200);
    assert_eq!((list.moves, list.locates), (moves, None));
    // Whoever goes on by keys is not led away.
    list.reveal(id(222));
    list.apply(Action::Move(1));
    assert_eq!(list.locates, None);
}
