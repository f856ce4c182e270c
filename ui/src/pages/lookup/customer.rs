//! A customer: who they are, their weddings, all their tickets, and whether they may come in.

use gemilang_protocol::Order;
use uuid::Uuid;
use yew::prelude::*;

use super::{head, leads, missing, tickets};
use crate::acts::{Store, use_store};
use crate::components::avatar;
use crate::components::icon::icon14;
use crate::components::ringer::Ringer;
use crate::components::side_pane::{lines, since};
use crate::lookup;
use crate::store::navigation::Page;
use crate::words::{Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct CustomerProps {
    /// Who.
    pub id: Uuid,
}

/// The page.
#[component]
pub(crate) fn CustomerPage(props: &CustomerProps) -> Html {
    let store = use_store();
    let words = use_words();
    if store.lookup.misses(props.id) {
        return missing(&store, words);
    }
    let Some(view) = store.lookup.customer(props.id).cloned() else {
        return html! { <main class="pane"><Ringer /></main> };
    };
    let person = &view.person;
    let title = html! {
        <>
            { avatar::customer(&person.name, "av-lg") }
            <div class="grow"><h1 class="cut" title={person.name.clone()}>{ &person.name }</h1><span class="soft">{ since(person, words) }</span></div>
            if !person.active { <span class="tagword">{ words.get("desk-blocked") }</span> }
        </>
    };
    let block = {
        let (send, person) = (store.dispatcher(), person.clone());
        Callback::from(move |_: MouseEvent| lookup::ask(send.clone(), &person))
    };
    let (glyph, key) = if person.active { ("lock", "desk-block") } else { ("check", "desk-unblock") };
    let beside = html! { <button type="button" id="act-block" class="btn btn-sm btn-outline-secondary" onclick={block}>{ icon14(glyph) }{ words.get(key) }</button> };
    html! {
        <main class="pane">
            <Ringer />
            <div class="scroll"><div class="page" data-person={person.email.clone()}>
                { head(&store, words, title, beside) }
                <div class="cols">
                    { tickets(&view.tickets.rows, view.tickets.total, false, &store, words) }
                    <div>
                        <section class="block">
                            <h2 class="block-title">{ words.get("desk-look-contact") }</h2>
                            <div class="lines">{ lines(person, words, store.now) }</div>
                        </section>
                        <section class="block">
                            <h2 class="block-title">{ words.get("desk-orders") }</h2>
                            if view.orders.is_empty() { <p class="soft">{ words.get("desk-look-no-orders") }</p> }
                            { for view.orders.iter().map(|it| order(it, &store, words)) }
                        </section>
                    </div>
                </div>
            </div></div>
        </main>
    }
}

fn order(order: &Order, store: &Store, words: Words) -> Html {
    let what = format!("{} · {}", order.package, order.venue);
    html! {
        <a class="line of-order" href="#" key={order.number.clone()} data-order={order.number.clone()} onclick={leads(store, Page::Order(order.id))}>
            <span class="hday">{ words.days_to(store.now, order.event_date, order.zone) }</span>
            <span class="who"><span class="cut block-line"><span class="num">{ &order.number }</span>{ " · " }{ gemilang_locales::dates::date_short(order.event_date, words.language) }</span><span class="meta cut block-line" title={what.clone()}>{ &what }</span></span>
        </a>
    }
}
