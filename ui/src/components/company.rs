//! Who else is at a ticket: in the head of its conversation with faces and a word, in its row with a glyph.

use gemilang_protocol::desk::views::Thread;
use gemilang_protocol::{Company, Person};
use uuid::Uuid;
use yew::prelude::*;

use crate::acts::use_store;
use crate::components::avatar;
use crate::components::icon::icon14;
use crate::names;
use crate::store::company::{Beside, beside, customer_types};
use crate::words::{Words, use_words};

/// Faces beside each other at most.
const FACES: usize = 3;

#[derive(Properties, PartialEq)]
pub(crate) struct LookingProps {
    /// The ticket.
    pub thread: std::rc::Rc<Thread>,
}

/// The colleagues at a ticket, and whether the customer writes.
#[component]
pub(crate) fn Looking(props: &LookingProps) -> Html {
    let store = use_store();
    let words = use_words();
    let ticket = &props.thread.ticket;
    let beside = beside(&store.company, &store.staff, ticket.id);
    // The region stays, so that who comes is read out.
    html! {
        <span class="looking" role="status">
            if customer_types(&store.company, ticket.id) {
                <span class="meta">{ words.with("desk-types", &[("name", names::short(&ticket.customer.name).into())]) }</span>
            }
            if !beside.is_empty() {
                <span class="faces" title={told(&beside, words)}>
                    { for beside.iter().take(FACES).map(|it| avatar::staff(&it.person)) }
                    <span class={classes!("meta", (!beside[0].types).then_some("looks"))}>{ word(&beside, words) }</span>
                </span>
            }
        </span>
    }
}

/// The word beside the faces: what the first of them does, or how many more there are.
fn word(beside: &[Beside], words: Words) -> String {
    let more = beside.len().saturating_sub(FACES);
    let does = words.get(if beside[0].types { "desk-is-typing" } else { "desk-is-looking" });
    if more > 0 { format!("+{more} {does}") } else { does }
}

/// All of them in words.
fn told(beside: &[Beside], words: Words) -> String {
    let line = |it: &Beside| {
        let key = if it.types { "desk-types" } else { "desk-looks" };
        words.with(key, &[("name", names::short(&it.person.name).into())])
    };
    beside.iter().map(line).collect::<Vec<_>>().join(" · ")
}

/// The same in a row of a list: nothing, an eye, or a pen.
pub(crate) fn in_row(company: &Company, staff: &[Person], ticket: Uuid, words: Words) -> Html {
    let beside = beside(company, staff, ticket);
    match beside.first() {
        None => Html::default(),
        Some(first) => {
            let told = told(&beside, words);
            let glyph = icon14(if first.types { "edit" } else { "eye" });
            html! { <span class="beside" role="img" aria-label={told.clone()} title={told}>{ glyph }</span> }
        }
    }
}
