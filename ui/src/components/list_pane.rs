//! The list of tickets: head with filter, chips, rows. Long lists draw only the rows in view; the keyboard moves through all that are here.

use gemilang_protocol::desk::views::Sort;
use gloo_timers::callback::Timeout;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::acts::use_store;
use crate::browser;
use crate::components::bulk::Bulk;
use crate::components::company::in_row;
use crate::components::empty::Empty;
use crate::components::filters::{Chips, FilterMenu};
use crate::components::icon::{icon, icon12};
use crate::components::menu::Anchor;
use crate::components::ringer::Ringer;
use crate::components::sorting::{SortMenu, sort_key};
use crate::components::ticket_row::{How, TicketRow};
use crate::store::Action;
use crate::store::facets;
use crate::store::list::{self, List};
use crate::store::navigation::view_key;
use crate::words::{Words, use_words};

/// Up to so many rows all are drawn; beyond, only those in view and as many around them.
const DRAW_ALL: usize = 120;
/// Rows drawn above and below what is in view.
const AROUND: usize = 20;
/// The height of a row until one is measured, in pixels.
const ROW: f64 = 77.0;
/// A pointer that lies still over the list for so long, in milliseconds, is about to press nothing.
const STILL: u32 = 6_000;
/// A pointer that left, or a finger that was lifted, may be back within so long, in milliseconds.
const AWAY: u32 = 700;
/// How often a moving pointer says again that it moves, in milliseconds.
const RENEW: f64 = 500.0;
/// The button the filter menu hangs from.
pub(crate) const FILTER: &str = "filter";
/// The button the menu of orders hangs from.
pub(crate) const SORT: &str = "sort";
/// What scrolls the rows.
pub(crate) const ROWS: &str = "rows";

/// The rows to draw of `count`, when the list is scrolled to `top` and `tall` pixels are in view.
fn window(count: usize, top: f64, tall: f64, row: f64) -> std::ops::Range<usize> {
    if count <= DRAW_ALL || row <= 0.0 {
        return 0..count;
    }
    let first = (top / row).max(0.0) as usize;
    let last = ((top + tall) / row).max(0.0) as usize + 1;
    // In steps, so that scrolling by a row does not draw anew.
    let from = first.saturating_sub(AROUND) / 10 * 10;
    let to = ((last + AROUND).div_ceil(10) * 10).min(count);
    from.min(to)..to
}

/// The list of tickets.
#[component]
pub(crate) fn ListPane() -> Html {
    let store = use_store();
    let words = use_words();
    let menu = use_state(|| None::<Anchor>);
    let sorting = use_state(|| None::<Anchor>);
    let scroll = use_node_ref();
    let row_height = use_mut_ref(|| ROW);
    let shown = use_state_eq(|| 0..DRAW_ALL);
    let list = &store.list;
    let count = list.rows.len();

    let look = {
        let (scroll, shown, row_height, send) = (scroll.clone(), shown.clone(), row_height.clone(), store.dispatcher());
        move || {
            let Some(pane) = scroll.cast::<HtmlElement>() else { return };
            if let Some(row) =
                pane.query_selector(".ticket").ok().flatten().and_then(|it| it.dyn_into::<HtmlElement>().ok())
            {
                *row_height.borrow_mut() = f64::from(row.offset_height()).max(1.0);
            }
            let row = *row_height.borrow();
            let (top, tall) = (f64::from(pane.scroll_top()), f64::from(pane.client_height()));
            shown.set(window(count, top, tall, row));
            if top + tall > row * (count.saturating_sub(AROUND)) as f64 {
                send.dispatch(Action::List(list::Action::More));
            }
        }
    };
    {
        let look = look.clone();
        use_effect_with(count, move |_| look());
    }
    {
        // Another question starts at its top.
        let scroll = scroll.clone();
        use_effect_with(list.query.clone(), move |_| {
            if let Some(pane) = scroll.cast::<Element>() {
                pane.set_scroll_top(0);
            }
        });
    }
    {
        // The keyboard moved: bring the row into view, then give it the keyboard once it is drawn.
        let (scroll, row_height, store, look) = (scroll.clone(), row_height.clone(), store.clone(), look.clone());
        use_effect_with(list.moves, move |moves| {
            let at = store.list.cursor.and_then(|cursor| Some((cursor, store.list.at(cursor)?)));
            if let (Some((cursor, at)), Some(pane), true) = (at, scroll.cast::<Element>(), *moves > 0) {
                let row = *row_height.borrow();
                let (top, tall) = (f64::from(pane.scroll_top()), f64::from(pane.client_height()));
                let (above, below) = (at as f64 * row, (at + 1) as f64 * row);
                if above < top {
                    pane.set_scroll_top(above as i32);
                } else if below > top + tall {
                    pane.set_scroll_top((below - tall).ceil() as i32);
                }
                look();
                Timeout::new(0, move || browser::focus(&format!("row-{cursor}"))).forget();
            }
        });
    }
    {
        // What comes in above, while the list is held, is scrolled out of the way, and back once it is let go.
        let (scroll, row_height) = (scroll.clone(), row_height.clone());
        let above = use_mut_ref(|| 0_usize);
        use_effect_with(list.news(), move |news| {
            let more = *news as f64 - above.replace(*news) as f64;
            if let (Some(pane), true) = (scroll.cast::<Element>(), more != 0.0) {
                pane.set_scroll_top((f64::from(pane.scroll_top()) + more * *row_height.borrow()) as i32);
            }
        });
    }
    let holding = use_holding();
    // The row that had the keyboard left the view: the one in its place takes it, instead of nobody.
    let stood = use_mut_ref(|| None::<HtmlElement>);
    let on_focus = {
        let stood = stood.clone();
        Callback::from(move |event: FocusEvent| *stood.borrow_mut() = event.target_dyn_into())
    };
    {
        let send = store.dispatcher();
        use_effect_with(list.rows.clone(), move |_| {
            if browser::focused().is_some_and(|it| it.tag_name() != "BODY") {
                return;
            }
            let row = stood.borrow().clone();
            match row {
                // One that was moved among the others lost the keyboard on the way.
                Some(row) if row.is_connected() => browser::focus_still(&row),
                Some(_) => {
                    stood.borrow_mut().take();
                    send.dispatch(Action::List(list::Action::Move(0)));
                }
                None => {}
            }
        });
    }
    let on_scroll = Callback::from(move |_: Event| look());
    let to_news = {
        let (scroll, send) = (scroll.clone(), store.dispatcher());
        Callback::from(move |_: MouseEvent| {
            send.dispatch(Action::List(list::Action::Hold(false)));
            if let Some(pane) = scroll.cast::<Element>() {
                pane.set_scroll_top(0);
            }
        })
    };
    let on_pick = {
        let send = store.dispatcher();
        Callback::from(move |(ticket, how): (Uuid, How)| {
            send.dispatch(match how {
                How::Open => Action::Pick(Some(ticket)),
                How::Pick => Action::List(list::Action::Pick(Some(ticket))),
                How::PickTo => Action::List(list::Action::PickTo(ticket)),
            });
        })
    };
    let picking = !list.picks.is_empty();
    let range = if count <= DRAW_ALL { 0..count } else { shown.start.min(count)..shown.end.min(count) };
    let row = *row_height.borrow();
    let tab =
        list.cursor.or(list.selected).filter(|id| list.holds(*id)).or_else(|| list.rows.first().map(|row| row.id));
    let q = AttrValue::from(facets::marks(&list.query.q));
    let rows = list.rows[range.clone()].iter().map(|it| {
        html! {
            <TicketRow key={it.id.to_string()} row={it.clone()} is_on={list.selected == Some(it.id)} is_gone={list.is_gone(it.id)} is_tab={tab == Some(it.id)} picked={picking.then(|| list.picks.holds(it.id))} me={store.me()} now={store.now} beside={in_row(&store.company, &store.staff, it.id, words)} q={q.clone()} on_pick={on_pick.clone()} />
        }
    });
    let space = |rows: usize| format!("height:{}px", rows as f64 * row);
    let first_sync = store.sync.is_first();
    let title = if !list.has_words() { words.get(view_key(list.query.inbox)) } else { words.get("desk-search-title") };
    let open = {
        let menu = menu.clone();
        Callback::from(move |_: MouseEvent| menu.set(browser::by_id(FILTER).map(|it| Anchor::of(&it))))
    };
    let sort = {
        let sorting = sorting.clone();
        Callback::from(move |_: MouseEvent| sorting.set(browser::by_id(SORT).map(|it| Anchor::of(&it))))
    };
    let order = format!("{}: {}", words.get("desk-sort"), words.get(sort_key(list.query.sort)));
    let is_sorted = list.query.sort != Sort::Latest;
    html! {
        <section class="pane list-pane" aria-label={words.get("desk-list")} aria-busy={first_sync.to_string()}>
            <div class="head">
                <h1 class="cut">{ title }</h1>
                if list.answered || count > 0 { <span class="count">{ words.number(list.total) }</span> }
                <span class="grow"></span>
                // In the head, where it moves nothing and lies over nothing.
                <span class="list-news" role="status">
                    if list.news() > 0 { <button type="button" class="btn btn-quiet btn-sm" onclick={to_news}>{ icon12("up") }{ words.with("desk-list-news", &[("n", list.news().into())]) }</button> }
                </span>
                // What a search found has its own order.
                if !list.has_words() {
                    <button type="button" id={SORT} class={classes!("btn", "btn-icon", sorting.is_some().then_some("is-open"), is_sorted.then_some("is-set"))} aria-haspopup="menu" aria-expanded={sorting.is_some().to_string()} aria-label={order.clone()} title={order} onclick={sort}>{ icon("sort") }</button>
                }
                <button type="button" id={FILTER} class={classes!("btn", "btn-icon", (menu.is_some()).then_some("is-open"), list.is_filtered().then_some("is-set"))} aria-haspopup="menu" aria-expanded={menu.is_some().to_string()} aria-label={words.get("desk-filter")} title={format!("{} (F)", words.get("desk-filter"))} onclick={open.clone()}>{ icon("filter") }</button>
            </div>
            if picking { <Bulk /> } else { <Chips on_more={open} /> }
            <Ringer />
            <div class="scroll" id={ROWS} ref={scroll} onscroll={on_scroll} onpointermove={holding.hold.clone()} onpointerdown={holding.hold} onpointerleave={holding.release}>
                if count > 0 {
                    <div role="listbox" aria-multiselectable={picking.to_string()} aria-label={words.get("desk-tickets")} onfocusin={on_focus}>
                        if range.start > 0 { <div style={space(range.start)} aria-hidden="true"></div> }
                        { for rows }
                        if range.end < count { <div style={space(count - range.end)} aria-hidden="true"></div> }
                    </div>
                }
                if first_sync { <Bones /> } else if list.answered && count == 0 { { nothing(list, words, &store) } }
            </div>
            if let Some(anchor) = *menu {
                <FilterMenu {anchor} on_close={let menu = menu.clone(); move |()| menu.set(None)} />
            }
            if let Some(anchor) = *sorting {
                <SortMenu {anchor} on_close={let sorting = sorting.clone(); move |()| sorting.set(None)} />
            }
        </section>
    }
}

/// What the pointer does over the list.
struct Holding {
    hold: Callback<PointerEvent>,
    release: Callback<PointerEvent>,
}

/// Holds the list while a pointer moves over it or has just pressed a row. One that only lies there is not about to press anything.
#[hook]
fn use_holding() -> Holding {
    let store = use_store();
    // The timeout that lets go, and when it was set.
    let ends = use_mut_ref(|| None::<(Timeout, f64)>);
    let is_held = store.list.held.is_some();
    let let_go = {
        let (send, ends) = (store.dispatcher(), ends.clone());
        move |after: u32| {
            let send = send.clone();
            let over = Timeout::new(after, move || send.dispatch(Action::List(list::Action::Hold(false))));
            *ends.borrow_mut() = Some((over, browser::steady()));
        }
    };
    let hold = {
        let (send, let_go) = (store.dispatcher(), let_go.clone());
        Callback::from(move |_: PointerEvent| {
            let is_fresh = ends.borrow().as_ref().is_some_and(|(_, set)| browser::steady() - set < RENEW);
            if is_held && is_fresh {
                return;
            }
            if !is_held {
                send.dispatch(Action::List(list::Action::Hold(true)));
            }
            let_go(STILL);
        })
    };
    Holding { hold, release: Callback::from(move |_: PointerEvent| let_go(AWAY)) }
}

fn nothing(list: &List, words: Words, store: &crate::acts::Store) -> Html {
    let q = list.query.q.trim();
    if list.has_words() {
        return html! { <Empty icon="search" title={words.with("desk-empty-search", &[("q", q.into())])} text={words.get("desk-empty-search-text")} /> };
    }
    if list.is_narrowed() {
        let send = store.dispatcher();
        let clear = Callback::from(move |_: MouseEvent| send.dispatch(Action::List(list::Action::Clear)));
        return html! {
            <Empty icon="filter" title={words.get("desk-empty-filter")} text={words.get("desk-empty-filter-text")}>
                <button type="button" class="btn btn-sm btn-outline-secondary" onclick={clear}>{ words.get("desk-filter-clear") }</button>
            </Empty>
        };
    }
    use gemilang_protocol::desk::views::Inbox;
    let (title, text) = match list.query.inbox {
        Inbox::Urgent => ("desk-empty-urgent", None),
        Inbox::Closed => ("desk-empty-closed", None),
        Inbox::All => ("desk-empty-all", Some("desk-empty-view-text")),
        _ => ("desk-empty-view", Some("desk-empty-view-text")),
    };
    html! { <Empty icon="check" title={words.get(title)} text={text.map(|key| words.get(key))} /> }
}

/// Where rows will come; only at the first sync.
#[component]
fn Bones() -> Html {
    const WIDTHS: [(u8, u8, u8); 6] =
        [(46, 78, 88), (38, 64, 92), (52, 84, 70), (42, 70, 86), (48, 58, 90), (36, 76, 80)];
    html! {
        <div aria-hidden="true">
            { for WIDTHS.iter().map(|(one, two, three)| html! {
                <div class="ticket bones">
                    <span class="glyph"><span class="bone round"></span></span>
                    { for [one, two, three].into_iter().map(|width| html! { <span class="bone" style={format!("width:{width}%")}></span> }) }
                </div>
            }) }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lists_are_drawn_whole_and_long_ones_around_the_view() {
        assert_eq!(window(40, 0.0, 800.0, 77.0), 0..40);
        assert_eq!(window(1_000, 0.0, 800.0, 77.0), 0..40);
        let middle = window(1_000, 7_700.0, 800.0, 77.0);
        assert!(middle.contains(&100) && middle.contains(&110) && middle.len() <= 70, "{middle:?}");
        assert_eq!(window(1_000, 1e9, 800.0, 77.0), 1_000..1_000);
        assert_eq!(window(1_000, 76_200.0, 800.0, 77.0).end, 1_000);
    }
}
