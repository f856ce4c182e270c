//! The menu of the orders a ticket may be about: those of its customer, and none.

use std::rc::Rc;

use gemilang_protocol::Order;
use gemilang_protocol::desk::commands::GetCustomer;
use gemilang_protocol::desk::views::{Property, PropertyChange, Thread};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::acts::{self, use_store};
use crate::bridge::call;
use crate::components::icon::icon;
use crate::components::menu::{Anchor, Menu, Opt};
use crate::store::snack::Sentence;
use crate::words::use_words;

#[derive(Properties, PartialEq)]
pub(crate) struct OrderMenuProps {
    /// Where it hangs.
    pub anchor: Anchor,
    /// The ticket.
    pub thread: Rc<Thread>,
    /// Done.
    pub on_close: Callback<()>,
}

/// The menu.
#[component]
pub(crate) fn OrderMenu(props: &OrderMenuProps) -> Html {
    let store = use_store();
    let words = use_words();
    let ticket = &props.thread.ticket;
    let orders = use_state(|| None::<Vec<Order>>);
    {
        let (orders, known) = (orders.setter(), props.thread.order.clone());
        use_effect_with(ticket.customer.id, move |customer| {
            let customer = *customer;
            spawn_local(async move {
                // Their record may not have come yet: then the order is known that stands beside the ticket.
                let found = call(GetCustomer { customer }).await.map(|view| view.orders);
                orders.set(Some(found.unwrap_or_else(|_| known.into_iter().collect())));
            });
        });
    }
    let Some(orders) = (*orders).clone() else { return Html::default() };
    let choices: Vec<Option<String>> = orders.iter().map(|order| Some(order.number.clone())).chain([None]).collect();
    let options = orders
        .iter()
        .map(|order| Opt {
            glyph: icon("rings"),
            text: format!("{} · {}", order.number, order.package),
            meta: Some(format!("{} · {}", words.date(order.event_date), order.venue)),
            is_on: ticket.order.as_ref() == Some(&order.number),
            ..Opt::default()
        })
        .chain([Opt {
            glyph: icon("x"),
            text: words.get("desk-file-no-order"),
            is_on: ticket.order.is_none(),
            ..Opt::default()
        }])
        .collect::<Vec<_>>();
    let foot = orders.is_empty().then(|| html! { words.get("desk-order-none") });
    let on_choose = {
        let (send, close, id, is) = (store.dispatcher(), props.on_close.clone(), ticket.id, ticket.order.clone());
        Callback::from(move |at: usize| {
            close.emit(());
            let to = choices[at].clone();
            if to == is {
                return;
            }
            let sentence = match &to {
                Some(number) => Sentence::with("desk-said-order", &[("number", number)]),
                None => Sentence::plain("desk-said-order-off"),
            };
            acts::change(send.clone(), vec![PropertyChange { ticket: id, to: Property::Order(to) }], move |_| sentence);
        })
    };
    html! { <Menu anchor={props.anchor} label={words.get("desk-file-order")} {options} {on_choose} on_close={props.on_close.clone()} width={276} {foot} /> }
}
