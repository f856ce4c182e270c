//! Avatars: initials; customers neutral, staff tinted by their id, nobody a dashed ring.

use gemilang_protocol::PersonRef;
use yew::prelude::*;

use crate::names::{initials, tint};

/// A customer, beside their name.
pub(crate) fn customer(name: &str, size: &'static str) -> Html {
    html! { <span class={classes!("av", "av-0", size)} aria-hidden="true">{ initials(name) }</span> }
}

/// A member of staff standing alone, so that the name is read out.
pub(crate) fn staff(person: &PersonRef) -> Html {
    html! {
        <span class={classes!("av", format!("av-{}", tint(person.id)), "av-sm")} role="img" aria-label={person.name.clone()} title={person.name.clone()}>
            { initials(&person.name) }
        </span>
    }
}

/// A member of staff beside their name.
pub(crate) fn staff_beside(person: &PersonRef, size: &'static str) -> Html {
    html! { <span class={classes!("av", format!("av-{}", tint(person.id)), size)} aria-hidden="true">{ initials(&person.name) }</span> }
}

/// Who has a ticket, or a dashed ring for nobody; `nobody` is its word.
pub(crate) fn assignee(person: Option<&PersonRef>, nobody: &str) -> Html {
    match person {
        Some(person) => staff(person),
        None => html! {
            <span class="av av-none av-sm" role="img" aria-label={nobody.to_owned()} title={nobody.to_owned()}></span>
        },
    }
}
