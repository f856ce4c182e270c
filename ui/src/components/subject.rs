//! The subject over the conversation: a click or its key turns it into a field. Enter keeps what is typed, Escape gives back what was.

use std::rc::Rc;

use gemilang_protocol::desk::views::{Property, PropertyChange, Thread};
use gloo_timers::callback::Timeout;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::acts::{self, use_store};
use crate::browser;
use crate::components::icon::icon14;
use crate::store::Action;
use crate::store::snack::Sentence;
use crate::store::subject::{Action as Told, Field};
use crate::words::use_words;

/// The id of the subject while it is read.
const TITLE: &str = "subject";
/// The id of its field.
const FIELD: &str = "subject-field";

#[derive(Properties, PartialEq)]
pub(crate) struct SubjectProps {
    /// The ticket.
    pub thread: Rc<Thread>,
}

/// The subject, or its field.
#[component]
pub(crate) fn Subject(props: &SubjectProps) -> Html {
    let store = use_store();
    let words = use_words();
    let ticket = &props.thread.ticket;
    if let Some(field) = store.subjects.of(ticket.id) {
        return html! { <Editing key={ticket.id.to_string()} thread={props.thread.clone()} field={field.clone()} /> };
    }
    // What was erased is not written over.
    if ticket.subject.is_empty() {
        return html! { <h1>{ words.said(&ticket.subject) }</h1> };
    }
    let open = {
        let (send, id, was) = (store.dispatcher(), ticket.id, ticket.subject.clone());
        Callback::from(move |()| send.dispatch(Action::Subject(Told::Open(id, was.clone()))))
    };
    let on_key = {
        let open = open.clone();
        Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                event.stop_propagation();
                open.emit(());
            }
        })
    };
    let on_click = open.reform(|_: MouseEvent| ());
    html! {
        <h1 title={ticket.subject.clone()}><span id={TITLE} class="subject" role="button" tabindex="0" aria-description={format!("{} (U)", words.get("desk-subject-edit"))} onclick={on_click} onkeydown={on_key}>{ &ticket.subject }</span></h1>
    }
}

#[derive(Properties, PartialEq)]
struct EditingProps {
    thread: Rc<Thread>,
    field: Field,
}

/// The field. Whoever goes elsewhere keeps what they typed, as far as it can be kept; else it stays open.
#[component]
fn Editing(props: &EditingProps) -> Html {
    let store = use_store();
    let words = use_words();
    let (ticket, field) = (&props.thread.ticket, &props.field);
    let id = ticket.id;
    use_effect_with((), |()| {
        let before = browser::focused();
        browser::focus(FIELD);
        browser::select(FIELD);
        move || {
            // Drawn anew first; whoever went elsewhere by themselves stays there.
            Timeout::new(0, move || {
                if browser::focused().is_none_or(|it| it.tag_name() == "BODY") {
                    match before.filter(|it| it.is_connected() && it.tag_name() != "BODY") {
                        Some(before) => drop(before.focus()),
                        None => browser::focus(TITLE),
                    }
                }
            })
            .forget();
        }
    });
    // What closes the field takes the keyboard from it: that is told once.
    let closed = use_mut_ref(|| false);
    let keep = {
        let (send, field, is, closed) = (store.dispatcher(), field.clone(), ticket.subject.clone(), closed.clone());
        Callback::from(move |()| {
            let wanted = match field.wanted(&is) {
                Ok(wanted) => wanted,
                Err(error) => return send.dispatch(Action::Subject(Told::Wrong(id, error))),
            };
            if closed.replace(true) {
                return;
            }
            send.dispatch(Action::Subject(Told::Close(id)));
            if let Some(to) = wanted {
                let changes = vec![PropertyChange { ticket: id, to: Property::Subject(to) }];
                acts::change(send.clone(), changes, |_| Sentence::plain("desk-said-subject"));
            }
        })
    };
    let keys = {
        let (send, keep, closed) = (store.dispatcher(), keep.clone(), closed.clone());
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            if event.is_composing() {
                return;
            }
            match event.key().as_str() {
                "Enter" => keep.emit(()),
                "Escape" => {
                    closed.replace(true);
                    send.dispatch(Action::Subject(Told::Close(id)));
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let on_input = {
        let send = store.dispatcher();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            send.dispatch(Action::Subject(Told::Typed(id, text)));
        })
    };
    let on_leave = Callback::from(move |_: FocusEvent| {
        // The window lost the keyboard, not the field.
        if browser::focused().is_none_or(|it| it.id() != FIELD) {
            keep.emit(());
        }
    });
    let wrong = field.wrong.as_ref().map(|error| words.field("subject", error));
    let said = match &wrong {
        Some(text) => html! { <>{ icon14("warn") }<span>{ text }</span></> },
        None if field.is_overtaken(&ticket.subject) => {
            let text = words.with("desk-subject-overtaken", &[("subject", words.said(&ticket.subject).into())]);
            html! { <>{ icon14("info") }<span>{ text }</span></> }
        }
        None => html! { <span>{ words.get("desk-subject-hint") }</span> },
    };
    html! {
        <div class="subject-edit">
            <h1 class="sr">{ words.said(&ticket.subject) }</h1>
            <input id={FIELD} name="title" class={classes!("form-control", wrong.is_some().then_some("is-invalid"))} autocomplete="off" aria-label={words.get("desk-file-subject")} aria-invalid={wrong.is_some().to_string()} aria-describedby="subject-said" value={field.text.clone()} oninput={on_input} onkeydown={keys} onblur={on_leave} />
            <p id="subject-said" class={classes!("meta", wrong.is_some().then_some("wrong"))} role={wrong.is_some().then_some("alert")}>{ said }</p>
        </div>
    }
}
