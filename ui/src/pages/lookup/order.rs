//! An order: the wedding, whose it is, and what was asked about it.

use uuid::Uuid;
use yew::prelude::*;

use super::{head, leads, missing, tickets};
use crate::acts::use_store;
use crate::components::avatar;
use crate::components::ringer::Ringer;
use crate::components::side_pane::{lines, wedding};
use crate::store::navigation::Page;
use crate::words::use_words;

#[derive(Properties, PartialEq)]
pub(crate) struct OrderProps {
    /// Which.
    pub id: Uuid,
}

/// The page.
#[component]
pub(crate) fn OrderPage(props: &OrderProps) -> Html {
    let store = use_store();
    let words = use_words();
    if store.lookup.misses(props.id) {
        return missing(&store, words);
    }
    let Some(view) = store.lookup.order(props.id).cloned() else {
        return html! { <main class="pane"><Ringer /></main> };
    };
    let order = &view.order;
    let title = html! {
        <div class="grow"><h1 class="num">{ &order.number }</h1><span class="soft cut">{ &order.package }</span></div>
    };
    html! {
        <main class="pane">
            <Ringer />
            <div class="scroll"><div class="page" data-wedding={order.number.clone()}>
                { head(&store, words, title, Html::default()) }
                <div class="cols">
                    { tickets(&view.tickets.rows, view.tickets.total, true, &store, words) }
                    <div>
                        <section class="block">
                            <h2 class="block-title">{ words.get("desk-look-wedding") }</h2>
                            { wedding(order, words, store.now, Html::default()) }
                        </section>
                        <section class="block">
                            <h2 class="block-title">{ words.get("desk-look-customer") }</h2>
                            <div class="person">
                                { avatar::customer(&order.customer.name, "av-lg") }
                                <div><a href="#" class="named" onclick={leads(&store, Page::Customer(order.customer.id))}><b>{ &order.customer.name }</b></a></div>
                            </div>
                            if let Some(person) = &view.customer { <div class="lines">{ lines(person, words, store.now) }</div> }
                        </section>
                    </div>
                </div>
            </div></div>
        </main>
    }
}
