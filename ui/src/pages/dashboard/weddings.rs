//! The next weddings: how soon, whose, where, and how many tickets about it are still open.

use gemilang_protocol::desk::views::Wedding;
use yew::prelude::*;

use crate::acts::Store;
use crate::pages::lookup::leads;
use crate::store::dashboard::city;
use crate::store::navigation::Page;
use crate::words::Words;

/// All of them.
pub(super) fn block(weddings: &[Wedding], words: Words, store: &Store) -> Html {
    html! {
        <section class="block" data-block="weddings">
            <h2 class="block-title">{ words.get("desk-weddings") }<a href="#" onclick={leads(store, Page::Orders)}>{ words.get("desk-see-all") }</a></h2>
            if weddings.is_empty() {
                <p class="soft">{ words.get("desk-weddings-none") }</p>
            } else {
                <ul class="events-soon">{ for weddings.iter().map(|it| wedding(it, words, store)) }</ul>
            }
        </section>
    }
}

fn wedding(wedding: &Wedding, words: Words, store: &Store) -> Html {
    let days = words.days_to(store.now, wedding.event_date, wedding.zone);
    let active = (wedding.active > 0).then(|| words.with("desk-weddings-active", &[("n", wedding.active.into())]));
    let date = words.date(wedding.event_date);
    let title = [&wedding.customer, &wedding.number, &date, &wedding.venue].map(String::as_str).join(" · ");
    html! {
        <li key={wedding.order.to_string()}>
            <a href="#" data-soon={wedding.number.clone()} {title} onclick={leads(store, Page::Order(wedding.order))}>
                <span class="hday">{ days }</span>
                <span class="cut">{ &wedding.customer }</span>
                <span class="meta"><span class="cut">{ city(&wedding.venue).to_owned() }</span>if let Some(active) = active { <span>{ format!(" · {active}") }</span> }</span>
            </a>
        </li>
    }
}
