//! Asking: the pieces of the search field beside its text: operators that are complete, what one may become, what cannot be read.

use gemilang_protocol::desk::asked::spelled::{OPERATORS, Operator};
use gemilang_protocol::desk::asked::{Problem, joined};
use yew::prelude::*;

use crate::acts::Store;
use crate::browser;
use crate::components::icon::icon12;
use crate::store::Action;
use crate::store::completion::{self, Offers};
use crate::store::search;
use crate::words::Words;

/// The id of the field.
pub(crate) const FIELD: &str = "search-field";
/// The id of what is said beside the field.
pub(crate) const SAID: &str = "search-said";
/// The id of the completions.
pub(crate) const OFFERS: &str = "search-offers";

/// The completions that are on offer now.
pub(crate) fn offers(store: &Store, words: Words) -> Offers {
    if store.search.hushed {
        return Offers::default();
    }
    completion::offers(&store.search.q, words.is_english(), &store.staff, &store.tags)
}

/// The id of a completion.
pub(crate) fn offer_id(at: usize) -> String {
    format!("offer-{at}")
}

/// Types something instead of what is typed, and goes on in the field.
pub(crate) fn retype(store: &Store, typed: String) {
    store.dispatch(Action::Search(search::Action::Typed(typed)));
    browser::focus(FIELD);
}

/// An operator in the field; pressed, it is gone.
pub(crate) fn chip(operators: &[String], at: usize, rest: &str, store: &Store, words: Words) -> Html {
    let others: Vec<&String> = operators.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, it)| it).collect();
    let typed = joined(&others, rest);
    let drop_it = {
        let store = store.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            retype(&store, typed.clone());
        })
    };
    let operator = &operators[at];
    let label = words.with("desk-filter-drop", &[("name", operator.as_str().into())]);
    html! { <button type="button" class="op" aria-label={label.clone()} title={label} onclick={drop_it}>{ operator }{ icon12("x") }</button> }
}

/// What is being typed may become one of these.
pub(crate) fn list(offers: &Offers, store: &Store, words: Words) -> Html {
    if offers.all.is_empty() || !offers.values {
        return Html::default();
    }
    let lines = offers.all.iter().enumerate().map(|(at, offer)| {
        let is_on = store.search.offer == Some(at);
        let take = take(offer, store);
        // The keyboard stays in the field.
        let stay = Callback::from(|event: MouseEvent| event.prevent_default());
        html! {
            <div class={classes!("opt", is_on.then_some("is-on"))} id={offer_id(at)} role="option" aria-selected={is_on.to_string()} onmousedown={stay} onclick={take}>
                <span class="cut">{ offer }</span>
                if at == store.search.offer.unwrap_or(0) { <span class="side"><kbd>{ "Tab" }</kbd></span> }
            </div>
        }
    });
    html! { <div class="menu offers" id={OFFERS} role="listbox" aria-label={words.get("desk-ask-offers")}>{ for lines }</div> }
}

fn take(offer: &str, store: &Store) -> Callback<MouseEvent> {
    let (store, offer) = (store.clone(), offer.to_owned());
    Callback::from(move |_: MouseEvent| retype(&store, completion::taken(&store.search.q, &offer)))
}

/// Operators to go on with: those that begin like what is typed, else some that are not there yet.
pub(crate) fn narrower(offers: &Offers, operators: &[String], rest: &str, store: &Store, words: Words) -> Html {
    let chip = |text: String, onclick: Callback<MouseEvent>| html! { <button type="button" class="chip chip-add" {onclick}>{ text }</button> };
    let by_name = !offers.values && !offers.all.is_empty();
    let chips: Vec<Html> = if by_name {
        offers.all.iter().map(|offer| chip(offer.clone(), take(offer, store))).collect()
    } else {
        let kind = |operator: &str| Operator::named(operator.split(':').next().unwrap_or_default());
        ["desk-op-mine", "desk-op-status", "desk-op-event", "desk-op-urgent", "desk-op-unread", "desk-op-since"]
            .iter()
            .map(|key| words.get(key))
            .filter(|offer| !operators.iter().any(|it| kind(it) == kind(offer)))
            .map(|offer| {
                let typed = joined(&[operators, std::slice::from_ref(&offer)].concat(), rest);
                let store = store.clone();
                chip(offer, Callback::from(move |_: MouseEvent| retype(&store, typed.clone())))
            })
            .collect()
    };
    html! {
        <div class="chips narrower">
            <span class="meta">{ words.get("desk-search-narrow") }</span>
            { for chips }
            if by_name { <kbd>{ "Tab" }</kbd> }
            <span class="meta grow-end"><kbd>{ "-" }</kbd>{ " " }{ words.get("desk-search-without") }{ " · " }<kbd>{ "\" \"" }</kbd>{ " " }{ words.get("desk-search-exact") }</span>
        </div>
    }
}

/// What cannot be read of what is typed, beside the field. It stays there as it was typed.
pub(crate) fn said(store: &Store, words: Words) -> Vec<String> {
    let today = words.zone.day(store.now);
    let (problems, nobody) = completion::problems(&store.search.q, today, &store.staff);
    let mut said: Vec<String> = problems.iter().map(|problem| problem_text(problem, words)).collect();
    said.extend(nobody.iter().map(|name| words.with("desk-ask-nobody", &[("name", name.as_str().into())])));
    said
}

fn problem_text(problem: &Problem, words: Words) -> String {
    let english = words.is_english();
    let name = |operator: Operator| operator.spelled().word(english);
    match problem {
        Problem::Unknown(unknown) => {
            let known: Vec<String> = OPERATORS.iter().map(|(_, it)| format!("{}:", it.word(english))).collect();
            words.with("desk-ask-unknown", &[("name", unknown.as_str().into()), ("known", known.join(" ").into())])
        }
        Problem::Value(operator, value) if value.is_empty() => {
            words.with("desk-ask-empty", &[("example", example(*operator, words).into())])
        }
        Problem::Value(operator, value) => {
            let values: Vec<_> = operator.values().iter().map(|it| it.word(english)).collect();
            let args = [
                ("name", name(*operator).into()),
                ("value", value.as_str().into()),
                ("values", values.join(", ").into()),
            ];
            words.with("desk-ask-value", &args)
        }
        Problem::Day(operator, value) => {
            let args = [("value", value.as_str().into()), ("example", example(*operator, words).into())];
            words.with("desk-ask-day", &args)
        }
        Problem::Turned(operator) => words.with("desk-ask-turned", &[("name", name(*operator).into())]),
    }
}

/// How an operator may be typed.
fn example(operator: Operator, words: Words) -> String {
    let english = words.is_english();
    let value = match operator {
        Operator::From => "roro",
        Operator::Venue => "sleman",
        Operator::Label => "vip",
        Operator::Since | Operator::Until | Operator::Before => "2026-12-01",
        Operator::Event => operator.values()[2].word(english),
        _ => operator.values()[0].word(english),
    };
    format!("{}:{value}", operator.spelled().word(english))
}
