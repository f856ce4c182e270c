//! The rows in view of a list of any length: which are drawn, which part is read, and that none moves on screen when others come or go above them.

use std::ops::Range;

use gloo_timers::callback::Timeout;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::acts::use_store;
use crate::browser;
use crate::painted;
use crate::store::Action;
use crate::store::list;
use crate::store::part;

/// Up to so many rows all are drawn; beyond, only those in view and as many around them.
const DRAW_ALL: u32 = 120;
/// Rows drawn above and below what is in view.
const AROUND: u32 = 20;
/// So many rows come and go at once while a list is scrolled.
const STEP: u32 = 10;
/// It is looked so often whether a row is drawn that the keyboard waits for, so many milliseconds apart.
const TRIES: u32 = 20;
const SOON: u32 = 25;
/// The height of a row until one is measured, in pixels.
const ROW: f64 = 77.0;
/// Less than this from its beginning, in pixels, a list stands at its top.
const AT_TOP: f64 = 4.0;
/// What scrolls the rows.
pub(crate) const ROWS: &str = "rows";

/// Rows on screen.
pub(crate) struct Rows {
    /// What scrolls.
    pub node: NodeRef,
    /// It was scrolled.
    pub on_scroll: Callback<Event>,
    /// The keyboard came to a row.
    pub on_focus: Callback<FocusEvent>,
    /// To the beginning.
    pub to_top: Callback<()>,
    /// The places that are drawn.
    pub drawn: Range<u32>,
    /// The height of a row in pixels.
    pub row: f64,
}

/// What was seen when somebody last looked.
#[derive(Default)]
struct Seen {
    places: Vec<(Uuid, u32)>,
    is_top: bool,
    /// So many pixels were scrolled out of the way for what came in above.
    pushed: f64,
}

impl Seen {
    /// By how many rows most of what was seen has moved.
    fn moved(&self, part: &part::Part) -> i64 {
        let mut by: Vec<i64> = self
            .places
            .iter()
            .filter_map(|(ticket, place)| Some(i64::from(part.at(*ticket)?) - i64::from(*place)))
            .collect();
        by.sort_unstable();
        by.get(by.len() / 2).copied().unwrap_or(0)
    }
}

/// The places in view when a list is scrolled to `top` and `tall` pixels of it are seen.
fn in_view(extent: u32, top: f64, tall: f64, row: f64) -> Range<u32> {
    let first = (top / row).max(0.0) as u32;
    let last = ((top + tall) / row).max(0.0) as u32 + 1;
    first.min(extent)..last.min(extent)
}

/// The places to draw around those in view.
fn drawn(extent: u32, view: &Range<u32>) -> Range<u32> {
    if extent <= DRAW_ALL {
        return 0..extent;
    }
    // In steps, so that scrolling by a row does not draw anew.
    let from = view.start.saturating_sub(AROUND) / STEP * STEP;
    let to = ((view.end + AROUND).div_ceil(STEP) * STEP).min(extent);
    from.min(to)..to
}

/// Follows what is scrolled, read and moved.
#[hook]
pub(crate) fn use_rows() -> Rows {
    let store = use_store();
    let node = use_node_ref();
    let height = use_mut_ref(|| ROW);
    let seen = use_mut_ref(Seen::default);
    let shown = use_state_eq(|| 0..DRAW_ALL);
    let extent = store.list.part.extent();
    let look = {
        let (node, height, seen, shown, store) =
            (node.clone(), height.clone(), seen.clone(), shown.clone(), store.clone());
        move || {
            let Some(pane) = node.cast::<HtmlElement>() else { return };
            let list = &store.list;
            if let Some(row) =
                pane.query_selector(".ticket").ok().flatten().and_then(|it| it.dyn_into::<HtmlElement>().ok())
            {
                *height.borrow_mut() = f64::from(row.offset_height()).max(1.0);
            }
            let row = *height.borrow();
            let (top, tall) = (f64::from(pane.scroll_top()), f64::from(pane.client_height()));
            let view = in_view(list.part.extent(), top, tall, row);
            shown.set(drawn(list.part.extent(), &view));
            let mut seen = seen.borrow_mut();
            seen.places = view.clone().filter_map(|place| Some((list.part.ticket(place)?, place))).collect();
            seen.is_top = top - seen.pushed < AT_TOP;
            if list.answered && part::begin(list.wants, &view, list.part.total) != list.wants {
                store.dispatch(Action::List(list::Action::View(view)));
            }
        }
    };
    {
        // Another question starts at its top.
        let (node, seen) = (node.clone(), seen.clone());
        use_effect_with(store.list.query.clone(), move |_| {
            *seen.borrow_mut() = Seen { is_top: true, ..Seen::default() };
            if let Some(pane) = node.cast::<Element>() {
                pane.set_scroll_top(0);
            }
        });
    }
    {
        // Who looks at rows goes on looking at them, whatever comes or goes above; only who stands at the top sees it come, unless the list is held.
        let (node, height, seen, look) = (node.clone(), height.clone(), seen.clone(), look.clone());
        let part = store.list.part.clone();
        use_effect_with((part, store.list.held.is_some()), move |(part, held)| {
            if let Some(pane) = node.cast::<Element>() {
                let mut seen = seen.borrow_mut();
                let top = f64::from(pane.scroll_top());
                let moved = seen.moved(part) as f64 * *height.borrow();
                let to = if *held || !seen.is_top { top + moved } else { top - seen.pushed };
                if !*held {
                    seen.pushed = 0.0;
                } else if seen.is_top {
                    seen.pushed += moved;
                }
                if to != top {
                    pane.set_scroll_top(to.max(0.0) as i32);
                }
            }
            look();
        });
    }
    {
        // The keyboard moved: bring the row into view, then give it the keyboard once it is drawn.
        let (node, height, store, look) = (node.clone(), height.clone(), store.clone(), look.clone());
        let latest = use_mut_ref(|| 0);
        use_effect_with(store.list.moves, move |moves| {
            *latest.borrow_mut() = *moves;
            let at = store.list.cursor.and_then(|cursor| Some((cursor, store.list.at(cursor)?)));
            if let (Some((cursor, at)), Some(pane), true) = (at, node.cast::<Element>(), *moves > 0) {
                let row = *height.borrow();
                let (top, tall) = (f64::from(pane.scroll_top()), f64::from(pane.client_height()));
                let (above, below) = (f64::from(at) * row, f64::from(at + 1) * row);
                if above < top {
                    pane.set_scroll_top(above as i32);
                } else if below > top + tall {
                    pane.set_scroll_top((below - tall).ceil() as i32);
                }
                look();
                let moves = *moves;
                let before = browser::focused();
                let is_latest = move || *latest.borrow() == moves;
                // Who has gone elsewhere meanwhile stays there.
                let is_free = move || {
                    let now = browser::focused();
                    let is_ours = |it: &HtmlElement| it.id() == ROWS || it.class_list().contains("ticket");
                    is_latest() && (now == before || now.is_none_or(|it| it.tag_name() == "BODY" || is_ours(&it)))
                };
                focus_once_drawn(cursor, is_free, TRIES);
            }
        });
    }
    painted::use_rows(!store.list.part.rows.is_empty());
    let on_focus = use_keyboard(&shown);
    let to_top = {
        let node = node.clone();
        Callback::from(move |()| {
            if let Some(pane) = node.cast::<Element>() {
                pane.set_scroll_top(0);
            }
        })
    };
    let all = if extent <= DRAW_ALL { 0..extent } else { (*shown).clone() };
    let part = &store.list.part;
    let here = |place: u32| place.clamp(part.from, part.end()).min(extent);
    let drawn = here(all.start)..here(all.end);
    let row = *height.borrow();
    Rows { node, on_scroll: Callback::from(move |_: Event| look()), on_focus, to_top, drawn, row }
}

/// Gives a row the keyboard once it is drawn, which it is in a moment, for as long as the keyboard `is_free`.
fn focus_once_drawn(row: Uuid, is_free: impl Fn() -> bool + 'static, tries: u32) {
    Timeout::new(if tries == TRIES { 0 } else { SOON }, move || {
        if !is_free() {
            return;
        }
        let id = format!("row-{row}");
        browser::focus(&id);
        if tries > 0 && browser::focused().is_none_or(|it| it.id() != id) {
            focus_once_drawn(row, is_free, tries - 1);
        }
    })
    .forget();
}

/// The row that had the keyboard left the screen: the one in its place takes it where it left the list, what scrolls where it was scrolled away; never nobody.
#[hook]
fn use_keyboard(shown: &Range<u32>) -> Callback<FocusEvent> {
    let store = use_store();
    let stood = use_mut_ref(|| None::<HtmlElement>);
    let on_focus = {
        let stood = stood.clone();
        Callback::from(move |event: FocusEvent| *stood.borrow_mut() = event.target_dyn_into())
    };
    let (rows, drawn) = (store.list.part.rows.clone(), shown.clone());
    use_effect_with((rows, drawn), move |(_, drawn)| {
        if browser::focused().is_some_and(|it| it.tag_name() != "BODY") {
            return;
        }
        let row = stood.borrow().clone();
        match row {
            // One that was moved among the others lost the keyboard on the way.
            Some(row) if row.is_connected() => browser::focus_still(&row),
            Some(_) => {
                stood.borrow_mut().take();
                let place = store.list.place.filter(|place| drawn.contains(place));
                if place.is_some() || store.list.part.extent() <= DRAW_ALL {
                    store.dispatch(Action::List(list::Action::Move(0)));
                } else if let Some(pane) = browser::by_id(ROWS).and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                    browser::focus_still(&pane);
                }
            }
            None => {}
        }
    });
    on_focus
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::store::samples::{id, row};

    fn of(extent: u32, top: f64) -> Range<u32> {
        drawn(extent, &in_view(extent, top, 800.0, 77.0))
    }

    #[test]
    fn short_lists_are_drawn_whole_and_long_ones_around_the_view() {
        assert_eq!(of(40, 0.0), 0..40);
        assert_eq!(of(1_000, 0.0), 0..40);
        let middle = of(100_000, 3_850_000.0);
        assert!(middle.contains(&50_000) && middle.contains(&50_010) && middle.len() <= 70, "{middle:?}");
        assert_eq!(of(1_000, 1e9), 980..1_000);
        assert_eq!(of(1_000, 76_200.0).end, 1_000);
    }

    #[test]
    fn one_row_that_jumps_takes_nobody_along() {
        let seen = Seen { places: vec![(id(1), 40), (id(2), 41), (id(3), 42)], ..Seen::default() };
        let part = |numbers: &[u8]| {
            let rows = Rc::new(numbers.iter().map(|n| Rc::new(row(*n))).collect());
            part::Part { from: 40, rows, total: 900 }
        };
        assert_eq!(seen.moved(&part(&[1, 2, 3])), 0);
        assert_eq!(seen.moved(&part(&[8, 9, 1, 2, 3])), 2);
        assert_eq!(seen.moved(&part(&[2, 3, 1])), -1);
        assert_eq!(seen.moved(&part(&[9])), 0, "elsewhere nothing is known");
    }
}
