//! The composer: reply or internal note, kept at every pause, sent with Ctrl+Enter. In note mode the whole of it is paper.

use std::rc::Rc;

use gemilang_protocol::Status;
use gemilang_protocol::desk::commands::{SaveDraft, Typing};
use gemilang_protocol::desk::views::Thread;
use gloo_timers::callback::Timeout;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::acts::{self, use_pen, use_store};
use crate::bridge::call;
use crate::browser;
use crate::components::icon::icon14;
use crate::components::mention_list::{Calling, MentionList, bytes, called, calling, units};
use crate::components::menu::Anchor;
use crate::components::ticket_menus::{Kind, opens};
use crate::names;
use crate::store::Action;
use crate::store::composer::{self, Composer as Pen, Mode, PAUSE_MS, warns};
use crate::store::snack;
use crate::store::sync::{self, Fault};
use crate::words::use_words;

/// The id of the field.
pub(crate) const FIELD: &str = "composer-field";

/// What was typed and is not kept yet, with the pause it waits for.
type Waiting = Option<((Uuid, Mode, String), Timeout)>;

#[derive(Properties, PartialEq)]
pub(crate) struct ComposerProps {
    /// The ticket.
    pub thread: Rc<Thread>,
    /// Opens a menu.
    pub on_menu: Callback<(Kind, Anchor)>,
}

/// Where replies and notes are written.
#[component]
pub(crate) fn Composer(props: &ComposerProps) -> Html {
    let store = use_store();
    let pen = use_pen();
    let words = use_words();
    let field = use_node_ref();
    let waiting = use_mut_ref(|| Waiting::None);
    let told = use_mut_ref(|| None);
    let id = props.thread.ticket.id;
    let here = pen.ticket == Some(id);
    let mode = pen.mode;
    let text = if here { pen.text().to_owned() } else { String::new() };

    {
        // Whatever waits for its pause is kept at once when another ticket or mode comes, or the page goes.
        let (waiting, send) = (waiting.clone(), pen.dispatcher());
        use_effect_with((id, mode), move |_| {
            move || {
                if let Some((draft, _)) = waiting.borrow_mut().take() {
                    keep(send, draft);
                }
            }
        });
    }
    {
        // As tall as its words, up to a part of the window (CSS holds the limit).
        let field = field.clone();
        use_effect_with((text.clone(), mode, id), move |_| {
            if let Some(area) = field.cast::<HtmlElement>() {
                let style = area.style();
                drop(style.set_property("height", "auto"));
                drop(style.set_property("height", &format!("{}px", area.scroll_height())));
            }
        });
    }
    let full = store.sync.fault == Some(Fault::DiskFull);
    {
        // With a full disk, keeping the draft again and again finds out when there is room.
        let (draft, send) = ((id, mode, text.clone()), store.dispatcher());
        use_effect_with((full, store.now), move |(full, _)| {
            if *full {
                spawn_local(async move {
                    let (ticket, mode, text) = draft;
                    let note = mode == Mode::Note;
                    if call(SaveDraft { ticket, note, text }).await.is_ok() {
                        send.dispatch(Action::Sync(sync::Action::Mended));
                    }
                });
            }
        });
    }
    {
        // Words that come back stand before what was typed; what of that waits for its pause would be kept alone.
        let (waiting, send, draft) = (waiting.clone(), pen.dispatcher(), (id, mode, text.clone()));
        use_effect_with(pen.focus, move |focus| {
            if *focus > 0 {
                if waiting.borrow_mut().take().is_some() {
                    keep(send, draft);
                }
                browser::focus(FIELD);
            }
        });
    }

    // Whom the note is calling where the cursor stands, and the line the keyboard is on.
    let calls = use_state(|| None::<Calling>);
    let line = use_state(|| 0_usize);
    {
        let calls = calls.setter();
        use_effect_with((id, mode), move |_| calls.set(None));
    }
    let look = {
        let (calls, line, staff, me) = (calls.setter(), line.setter(), store.staff.clone(), store.me());
        Rc::new(move |area: &HtmlTextAreaElement| {
            let text = area.value();
            let cursor = area.selection_start().ok().flatten().map_or(text.len(), |at| bytes(&text, at));
            line.set(0);
            calls.set((mode == Mode::Note).then(|| calling(&text, cursor, &staff, me)).flatten());
        })
    };
    let on_input = {
        let (waiting, send, look) = (waiting.clone(), pen.dispatcher(), look.clone());
        Callback::from(move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            let text = area.value();
            look(&area);
            send.dispatch(composer::Action::Typed(text.clone()));
            let now = browser::now();
            if composer::tells(&text, id, now, *told.borrow()) {
                *told.borrow_mut() = Some((id, now));
                // Nobody waits for it, and without a line nobody is told.
                spawn_local(async move { drop(call(Typing { ticket: id, note: mode == Mode::Note }).await) });
            }
            let draft = (id, mode, text);
            let pause = {
                let (waiting, send) = (waiting.clone(), send.clone());
                Timeout::new(PAUSE_MS, move || {
                    let draft = waiting.borrow_mut().take();
                    if let Some((draft, pause)) = draft {
                        // The pause that runs now must not be called off by being dropped.
                        pause.forget();
                        keep(send, draft);
                    }
                })
            };
            *waiting.borrow_mut() = Some((draft, pause));
        })
    };
    // The name takes the place of what was typed of it; the field itself is told, so that the browser's own undo knows of it.
    let on_call = {
        let (field, calls, text) = (field.clone(), calls.clone(), text.clone());
        Callback::from(move |at: usize| {
            let (Some(area), Some(calling)) = (field.cast::<HtmlTextAreaElement>(), (*calls).clone()) else { return };
            let Some(person) = calling.people.get(at) else { return };
            let (text, cursor) = called(&text, &calling, &person.name);
            area.set_value(&text);
            let cursor = units(&text, cursor);
            drop(area.set_selection_range(cursor, cursor));
            browser::tell_input(&area);
            calls.set(None);
        })
    };
    // Who leaves the field, perhaps to sign out, has paused.
    let on_leave = {
        let (waiting, send, calls) = (waiting.clone(), pen.dispatcher(), calls.setter());
        Callback::from(move |_: FocusEvent| {
            calls.set(None);
            let draft = waiting.borrow_mut().take();
            if let Some((draft, _)) = draft {
                keep(send.clone(), draft);
            }
        })
    };
    let submit = {
        let (waiting, store, pen) = (waiting.clone(), store.clone(), pen.clone());
        Rc::new(move |then: Option<Status>| {
            // What is sent needs no draft; the core forgets it with the reply.
            waiting.borrow_mut().take();
            acts::submit(store.dispatcher(), &pen, then);
        })
    };
    let keys = {
        let (submit, store, pen) = (submit.clone(), store.clone(), pen.clone());
        let (calls, line, on_call) = (calls.clone(), line.clone(), on_call.clone());
        let empty = text.is_empty();
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            if event.is_composing() {
                return;
            }
            let names = calls.as_ref().map_or(0, |calls| calls.people.len());
            match event.key().as_str() {
                "ArrowDown" if names > 0 => {
                    event.prevent_default();
                    line.set((*line + 1) % names);
                }
                "ArrowUp" if names > 0 => {
                    event.prevent_default();
                    line.set((*line + names - 1) % names);
                }
                "Enter" | "Tab" if names > 0 && !event.ctrl_key() && !event.shift_key() => {
                    event.prevent_default();
                    on_call.emit(*line);
                }
                "Escape" if names > 0 => {
                    event.prevent_default();
                    calls.set(None);
                }
                // In an empty field there is no typing to undo: the reply that was just sent comes back.
                "z" | "Z" if (event.ctrl_key() || event.meta_key()) && empty => {
                    if let Some(undo) = store.snacks.sends(id) {
                        event.prevent_default();
                        store.dispatch(Action::Snack(snack::Action::Undone));
                        acts::undo(&store, &pen, undo);
                    }
                }
                "Enter" if event.ctrl_key() || event.meta_key() => {
                    event.prevent_default();
                    submit(match mode {
                        Mode::Reply if event.shift_key() => Some(Status::Resolved),
                        Mode::Reply if event.alt_key() => Some(Status::WaitingCustomer),
                        _ => None,
                    });
                }
                "Escape" => {
                    event.prevent_default();
                    if let Some(element) = browser::focused() {
                        drop(element.blur());
                    }
                }
                _ => {}
            }
        })
    };
    let turn = |to: Mode| {
        let send = pen.dispatcher();
        Callback::from(move |_: MouseEvent| send.dispatch(composer::Action::Mode(to)))
    };
    let closed = props.thread.ticket.status == Status::Closed && mode == Mode::Reply;
    let draft = pen.draft().filter(|_| here);
    let error = draft.and_then(|draft| draft.error.clone()).or_else(|| warns(&text));
    let error = error.map(|error| words.field(acts::field_name(mode), &error));
    let hint = match draft.and_then(|draft| draft.saved) {
        _ if mode == Mode::Reply && !store.sync.is_connected() && !text.is_empty() => {
            Some(words.get("desk-queue-until"))
        }
        Some(at) if !text.is_empty() => Some(words.with("desk-draft-saved", &[("time", words.clock(at).into())])),
        _ => None,
    };
    let customer = names::short(&props.thread.ticket.customer.name);
    let tab = |to: Mode, key: &str, hint: &'static str| {
        let on = mode == to;
        html! {
            <button type="button" class={classes!("tab", on.then_some("is-on"))} role="tab" aria-selected={on.to_string()} onclick={turn(to)}>
                if to == Mode::Note { { icon14("lock") } }
                { words.get(key) }
                if !(on && to == Mode::Note) { <kbd class="outside">{ hint }</kbd> }
                if !on { <span class="keys inside"><kbd>{ "Alt" }</kbd><kbd>{ "N" }</kbd></span> }
            </button>
        }
    };
    let to = match mode {
        Mode::Reply if store.company.has_customer(id) => {
            words.with("desk-to-customer-here", &[("name", customer.as_str().into())])
        }
        Mode::Reply => words.with("desk-to-customer", &[("name", customer.as_str().into())]),
        Mode::Note => words.get("desk-team-only"),
    };
    let tabs = html! {
        <div class="tabs" role="tablist" aria-label={words.get("desk-write")}>
            { tab(Mode::Reply, "desk-reply", "R") }
            { tab(Mode::Note, "desk-note", "N") }
            <span class="to cut" title={to.clone()}>{ to }</span>
        </div>
    };
    let note = (mode == Mode::Note).then_some("note-mode");
    if closed {
        let reopen = {
            let (send, status) = (store.dispatcher(), props.thread.ticket.status);
            Callback::from(move |_: MouseEvent| {
                acts::set_status(send.clone(), id, status, Status::InProgress, words.status(Status::InProgress));
            })
        };
        return html! {
            <div class={classes!("composer", note)}>
                { tabs }
                <div class="tools shut"><span class="mute grow">{ words.get("desk-closed-composer") }</span><button type="button" class="btn btn-sm btn-outline-secondary" onclick={reopen}>{ words.get("desk-reopen") }</button></div>
            </div>
        };
    }
    let name = acts::field_name(mode);
    let more = opens(Kind::Send, &props.on_menu);
    let send = Callback::from(move |_: MouseEvent| submit(None));
    let ctrl = html! { <span class="keys"><kbd>{ "Ctrl" }</kbd><kbd>{ "↵" }</kbd></span> };
    html! {
        <div class={classes!("composer", note, error.is_some().then_some("is-invalid"))}>
            { tabs }
            if let Some(calls) = &*calls { <MentionList people={calls.people.clone()} at={*line} on_choose={on_call} /> }
            <textarea key={name} ref={field} id={FIELD} class="text" {name} rows="2" disabled={full || !here} value={text} oninput={on_input} onblur={on_leave} onkeydown={keys}
                aria-label={words.get(if mode == Mode::Reply { "desk-reply-label" } else { "desk-note" })}
                aria-invalid={error.is_some().to_string()} aria-describedby="composer-error" aria-autocomplete={(mode == Mode::Note).then_some("list")} aria-controls={calls.is_some().then_some("mentions")} aria-activedescendant={calls.is_some().then(|| format!("mention-{}", *line))}
                placeholder={words.get(match (full, mode) {
                    (true, _) => "desk-full-composer",
                    (_, Mode::Reply) => "desk-reply-placeholder",
                    (_, Mode::Note) => "desk-note-placeholder",
                })} />
            <div class="tools">
                <span id="composer-error" class="error" role="alert">
                    if let Some(error) = error { { icon14("warn") }<span>{ error }</span> }
                </span>
                <span class="saved">{ hint }</span>
                if mode == Mode::Reply {
                    <span class="split">
                        <button type="button" class="btn btn-sm btn-primary" disabled={full} onclick={send}>{ words.get("desk-send") }{ ctrl }</button>
                        <button type="button" id="send-more" class="btn btn-sm btn-primary" disabled={full} aria-haspopup="menu" aria-label={words.get("desk-send-ways")} onclick={more}>{ icon14("cd") }</button>
                    </span>
                } else {
                    <button type="button" class="btn btn-sm btn-note" disabled={full} onclick={send}>{ words.get("desk-save-note") }{ ctrl }</button>
                }
            </div>
        </div>
    }
}

/// Keep a draft; a draft that cannot be kept stays in the window.
fn keep(send: UseReducerDispatcher<Pen>, (ticket, mode, text): (Uuid, Mode, String)) {
    spawn_local(async move {
        let command = SaveDraft { ticket, note: mode == Mode::Note, text };
        if call(command).await.is_ok() {
            send.dispatch(composer::Action::Saved(ticket, browser::now()));
        }
    });
}
