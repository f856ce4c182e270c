//! The message that is split off, as it stands in the form: in its own words, which nobody changes.

use std::rc::Rc;

use gemilang_protocol::desk::commands::GetThread;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::acts::use_store;
use crate::bridge::call;
use crate::components::icon::icon;
use crate::names;
use crate::store::Action;
use crate::store::filing::Action as Do;
use crate::store::split::{Quote, Written};
use crate::words::use_words;

/// The message.
#[component]
pub(crate) fn SplitQuote() -> Html {
    let store = use_store();
    let words = use_words();
    let filing = &store.filing;
    let known = filing.splits.as_ref().is_some_and(|(_, quote)| quote.is_some());
    {
        // After a restart only its place was kept.
        let (send, link) = (store.dispatcher(), filing.link);
        use_effect_with((filing.splits.as_ref().map(|it| it.0), known), move |(message, known)| {
            let (Some(message), Some(ticket), false) = (*message, link, *known) else { return };
            spawn_local(async move {
                if let Ok(thread) = call(GetThread { ticket }).await
                    && let Some(written) = Written::find(&thread, message)
                {
                    send.dispatch(Action::Filing(Do::Quoted(message, Rc::new(Quote::of(&written)))));
                }
            });
        });
    }
    let Some((_, Some(quote))) = &filing.splits else {
        return html! { <p class="meta">{ words.get("desk-split-not-here") }</p> };
    };
    let author = filing.customer.as_ref().map(|it| it.person.name.clone());
    let author = author.or_else(|| filing.wanted.as_ref().map(|it| it.name.clone())).unwrap_or_default();
    let number = quote.number.to_string();
    html! {
        <figure class="split-quote">
            <figcaption class="label">{ words.with("desk-split-said", &[("number", number.as_str().into()), ("time", words.when(store.now, quote.said_at).into())]) }</figcaption>
            <blockquote tabindex="0" aria-label={words.get("desk-file-message")}>{ &quote.words }</blockquote>
            <p class="meta">{ words.with("desk-split-hint", &[("number", number.into())]) }</p>
            if !quote.others.is_empty() {
                <p class="meta split-alone">{ icon("lock") }<span>{ words.with("desk-split-alone", &[("name", names::short(&author).into()), ("others", quote.others.join(", ").into())]) }</span></p>
            }
        </figure>
    }
}
