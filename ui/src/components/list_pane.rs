//! The list of tickets: head with filter, chips, rows. Long lists draw only the rows in view; the keyboard moves through all that are here.

use chrono::{DurationRound, TimeDelta};
use gemilang_protocol::Time;
use gemilang_protocol::desk::views::Sort;
use gloo_timers::callback::Timeout;
use uuid::Uuid;
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
use crate::components::rows::{ROWS, use_rows};
use crate::components::saved_views::ViewButton;
use crate::components::sorting::{SortMenu, sort_key};
use crate::components::ticket_row::{How, TicketRow};
use crate::store::Action;
use crate::store::facets;
use crate::store::list::{self, List};
use crate::store::navigation::view_key;
use crate::words::{Words, use_words};

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
/// The list of tickets.
#[component]
pub(crate) fn ListPane() -> Html {
    let store = use_store();
    let words = use_words();
    let menu = use_state(|| None::<Anchor>);
    let sorting = use_state(|| None::<Anchor>);
    let rows = use_rows();
    let list = &store.list;
    let part = &list.part;
    let holding = use_holding();
    let to_news = {
        let (to_top, send) = (rows.to_top.clone(), store.dispatcher());
        Callback::from(move |_: MouseEvent| {
            send.dispatch(Action::List(list::Action::Hold(false)));
            to_top.emit(());
        })
    };
    // No row is drawn anew that says the same: what it calls stays the same, and its age is told by the minute's quarters.
    let now = quarter(store.now);
    let on_pick = use_callback((), {
        let send = store.dispatcher();
        move |(ticket, how): (Uuid, How), ()| {
            send.dispatch(match how {
                How::Open => Action::Pick(Some(ticket)),
                How::Pick => Action::List(list::Action::Pick(Some(ticket))),
                How::PickTo => Action::List(list::Action::PickTo(ticket)),
            });
        }
    });
    let picking = !list.picks.is_empty();
    let drawn = rows.drawn.clone();
    let is_drawn = |id: &Uuid| part.at(*id).is_some_and(|place| drawn.contains(&place));
    let tab = list.cursor.or(list.selected).filter(is_drawn).or_else(|| part.ticket(drawn.start));
    let q = AttrValue::from(facets::marks(&list.query.q));
    let lines = drawn.clone().filter_map(|place| Some((place, part.rows.get((place - part.from) as usize)?)));
    let lines = lines.map(|(place, it)| {
        html! {
            <TicketRow key={it.id.to_string()} row={it.clone()} {place} of={part.extent()} is_on={list.selected == Some(it.id)} is_gone={list.is_gone(it.id)} is_tab={tab == Some(it.id)} picked={picking.then(|| list.picks.holds(it.id))} me={store.me()} {now} beside={in_row(&store.company, &store.staff, it.id, words)} q={q.clone()} on_pick={on_pick.clone()} />
        }
    });
    // What is not drawn takes its room all the same.
    let gap = |rows_in_it: u32| {
        let style = format!("height:{}px;background-size:100% {}px", f64::from(rows_in_it) * rows.row, rows.row);
        (rows_in_it > 0).then(|| html! { <div class="list-gap" {style} aria-hidden="true"></div> })
    };
    let first_sync = store.sync.is_first();
    let title = match store.saved.opened() {
        Some(view) => view.name.clone(),
        None if list.has_words() => words.get("desk-search-title"),
        None => words.get(view_key(list.query.inbox)),
    };
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
                <h1 class="cut" title={title.clone()}>{ title.clone() }</h1>
                if list.answered || part.extent() > 0 { <span class="count">{ words.counted(part.total, list.more) }</span> }
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
                <ViewButton />
            </div>
            if picking { <Bulk /> } else { <Chips on_more={open} /> }
            <Ringer />
            <div class="scroll" id={ROWS} tabindex="-1" ref={rows.node} onscroll={rows.on_scroll} onpointermove={holding.hold.clone()} onpointerdown={holding.hold} onpointerleave={holding.release}>
                if part.extent() > 0 {
                    { gap(drawn.start) }
                    <div role="listbox" aria-multiselectable={picking.to_string()} aria-label={words.get("desk-tickets")} onfocusin={rows.on_focus}>{ for lines }</div>
                    { gap(part.extent() - drawn.end) }
                }
                if first_sync { <Bones /> } else if list.answered && part.extent() == 0 { { nothing(list, words, &store) } }
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

/// The last quarter of a minute.
fn quarter(now: Time) -> Time {
    now.duration_trunc(TimeDelta::seconds(15)).unwrap_or(now)
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
