//! What stands over a conversation that went into another ticket: where it goes on, and the way back.

use gemilang_protocol::TicketRef;
use gemilang_protocol::desk::views::{Property, PropertyChange};
use uuid::Uuid;
use yew::prelude::*;

use crate::acts::{self, use_store};
use crate::components::icon::{icon, icon14};
use crate::store::Action;
use crate::store::snack::Sentence;
use crate::words::use_words;

#[derive(Properties, PartialEq)]
pub(crate) struct GoesOnProps {
    /// The ticket that went in.
    pub ticket: Uuid,
    /// The one that goes on.
    pub goes_into: TicketRef,
}

/// The banner.
#[component]
pub(crate) fn GoesOn(props: &GoesOnProps) -> Html {
    let store = use_store();
    let words = use_words();
    let (ticket, into) = (props.ticket, props.goes_into);
    let number = into.number.to_string();
    let open = {
        let send = store.dispatcher();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            send.dispatch(Action::Show(into.id));
        })
    };
    let apart = {
        let (send, number) = (store.dispatcher(), number.clone());
        Callback::from(move |_: MouseEvent| {
            let sentence = Sentence::with("desk-merge-apart", &[("number", &number)]);
            let change = PropertyChange { ticket, to: Property::Unmerged(into.id) };
            acts::change(send.clone(), vec![change], move |_| sentence);
        })
    };
    let told = words.with("desk-merge-to", &[("number", number.as_str().into())]);
    let (before, after) = told.split_once(number.as_str()).unwrap_or((told.as_str(), ""));
    html! {
        <div class="banner merged" role="status">
            { icon("merge") }
            <span class="grow">{ before }<a href="#" role="button" class="num" id="merged-open" title={words.with("desk-open-other", &[("number", number.as_str().into())])} onclick={open}>{ &number }</a>{ after }</span>
            <button type="button" id="merged-apart" class="btn btn-xs btn-quiet" onclick={apart}>{ icon14("undo") }{ words.get("desk-merged-apart") }</button>
        </div>
    }
}
