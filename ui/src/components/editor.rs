//! The editor of an unsent reply or note, where it stands: kept at every pause, saved with Ctrl+Enter. What is being changed does not leave.

use gemilang_protocol::desk::views::{OpState, OutboxItem};
use gemilang_protocol::{Act, FieldError, validate};
use gloo_timers::callback::Timeout;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::acts::{self, use_pen, use_store};
use crate::browser;
use crate::components::dialog::Confirm;
use crate::components::icon::icon14;
use crate::store::composer::{Mode, PAUSE_MS, warns};
use crate::store::outbox::words_of;
use crate::store::sync::Fault;
use crate::words::use_words;

/// The id of its field: one editor is open at a time.
pub(crate) const EDITOR: &str = "editor-field";

#[derive(Properties, PartialEq)]
pub(crate) struct EditorProps {
    /// What is changed.
    pub item: OutboxItem,
}

/// The editor of an unsent item.
#[component]
pub(crate) fn Editor(props: &EditorProps) -> Html {
    let store = use_store();
    let pen = use_pen();
    let words = use_words();
    let field = use_node_ref();
    let item = &props.item;
    let op = item.op_id;
    let original = words_of(item).unwrap_or_default().to_owned();
    let text = {
        let from = item.edited.clone().unwrap_or_else(|| original.clone());
        use_state(move || from)
    };
    let kept_at = use_state(|| None);
    let refused = use_state(|| None::<FieldError>);
    let asked = use_state(|| false);
    let waiting = use_mut_ref(|| None::<(String, Timeout)>);
    // Saved or left: what is still being kept is of no use any more.
    let over = use_mut_ref(|| false);
    let keep = {
        let (send, pen, item) = (store.dispatcher(), pen.dispatcher(), item.clone());
        let (kept_at, over) = (kept_at.setter(), over.clone());
        move |text: String| {
            let (kept_at, over, pen, item, again) =
                (kept_at.clone(), over.clone(), pen.clone(), item.clone(), text.clone());
            let send_back = send.clone();
            let kept = Callback::from(move |kept: bool| {
                if kept {
                    kept_at.set(Some(browser::now()));
                } else if !*over.borrow() {
                    acts::back_to_composer(&send_back, &pen, &item, again.clone());
                }
            });
            acts::keep_edit(send.clone(), op, text, kept);
        }
    };
    let flush = {
        let (waiting, keep) = (waiting.clone(), keep.clone());
        move || {
            let words = waiting.borrow_mut().take();
            if let Some((words, _)) = words {
                keep(words);
            }
        }
    };
    {
        // Opened to be typed into, behind the last word; whoever leaves the page has paused.
        let (field, flush) = (field.clone(), flush.clone());
        use_effect_with((), move |()| {
            if let Some(area) = field.cast::<HtmlTextAreaElement>() {
                drop(area.focus());
                let end = area.value().encode_utf16().count() as u32;
                drop(area.set_selection_range(end, end));
                area.scroll_into_view_with_bool(false);
            }
            flush
        });
    }
    {
        // As tall as its words, up to a part of the window (CSS holds the limit).
        let field = field.clone();
        use_effect_with((*text).clone(), move |_| {
            if let Some(area) = field.cast::<HtmlElement>() {
                let style = area.style();
                drop(style.set_property("height", "auto"));
                drop(style.set_property("height", &format!("{}px", area.scroll_height())));
            }
        });
    }
    let on_input = {
        let (waiting, text, refused, kept_at, keep) =
            (waiting.clone(), text.clone(), refused.clone(), kept_at.clone(), keep);
        Callback::from(move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            let words = area.value();
            text.set(words.clone());
            refused.set(None);
            kept_at.set(None);
            let pause = {
                let (waiting, keep) = (waiting.clone(), keep.clone());
                Timeout::new(PAUSE_MS, move || {
                    let words = waiting.borrow_mut().take();
                    if let Some((words, pause)) = words {
                        // The pause that runs now must not be called off by being dropped.
                        pause.forget();
                        keep(words);
                    }
                })
            };
            *waiting.borrow_mut() = Some((words, pause));
        })
    };
    let on_blur = Callback::from(move |_: FocusEvent| flush());
    let sends = matches!(item.state, OpState::Held | OpState::Failed);
    let save = {
        let (waiting, text, refused, send) = (waiting.clone(), text.clone(), refused.clone(), store.dispatcher());
        let over = over.clone();
        let unchanged = !sends && text.trim() == original;
        move || {
            if let Err(error) = validate::message(&text) {
                refused.set(Some(error));
                browser::focus(EDITOR);
                return;
            }
            // What is saved needs no keeping any more.
            waiting.borrow_mut().take();
            *over.borrow_mut() = true;
            if unchanged {
                acts::leave_edit(send.clone(), op);
                return;
            }
            let (refused, over) = (refused.setter(), over.clone());
            let refuse = Callback::from(move |rule: Option<FieldError>| {
                *over.borrow_mut() = false;
                refused.set(rule);
            });
            acts::save_edit(send.clone(), op, (*text).clone(), refuse);
        }
    };
    let leave = {
        let (waiting, send) = (waiting, store.dispatcher());
        move || {
            waiting.borrow_mut().take();
            *over.borrow_mut() = true;
            acts::leave_edit(send.clone(), op);
        }
    };
    let cancel = {
        let (asked, leave, changed) = (asked.clone(), leave.clone(), text.trim() != original.trim());
        Callback::from(move |_: MouseEvent| if changed { asked.set(true) } else { leave() })
    };
    let keys = {
        let save = save.clone();
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "Enter" if event.ctrl_key() || event.meta_key() => {
                    event.prevent_default();
                    save();
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
    let on_save = Callback::from(move |_: MouseEvent| save());
    let is_note = matches!(item.act, Act::Note { .. });
    let mode = if is_note { Mode::Note } else { Mode::Reply };
    let error = (*refused).clone().or_else(|| warns(&text));
    let error = error.map(|error| words.field(acts::field_name(mode), &error));
    let full = store.sync.fault == Some(Fault::DiskFull);
    let hint = match *kept_at {
        Some(at) => words.with("desk-draft-saved", &[("time", words.clock(at).into())]),
        None => words.get("desk-edit-waits"),
    };
    let label = words.get(if is_note { "desk-edit-note-label" } else { "desk-edit-reply-label" });
    let verb = words.get(if sends { "desk-send" } else { "desk-save" });
    let primary = if is_note { "btn-note" } else { "btn-primary" };
    let dialog = (*asked).then(|| {
        let (yes, no) = (asked.clone(), asked.clone());
        let on_yes = Callback::from(move |()| {
            yes.set(false);
            leave();
        });
        let on_no = Callback::from(move |()| no.set(false));
        html! { <Confirm title={words.get("desk-leave-edit-title")} text={words.get("desk-leave-edit-text")} verb={words.get("desk-discard")} {on_yes} {on_no} /> }
    });
    html! {
        <div class={classes!("edit", is_note.then_some("note-mode"), error.is_some().then_some("is-invalid"))} data-edit={op.to_string()}>
            <textarea ref={field} id={EDITOR} class="text" name="edit" rows="2" disabled={full} value={(*text).clone()} oninput={on_input} onblur={on_blur} onkeydown={keys}
                aria-label={label} aria-invalid={error.is_some().to_string()} aria-describedby="editor-said" />
            <div class="tools">
                <span id="editor-said" class="said" role={error.is_some().then_some("alert")}>
                    if let Some(error) = error { <span class="error">{ icon14("warn") }<span>{ error }</span></span> } else { { hint } }
                </span>
                <button type="button" class="btn btn-sm btn-quiet" onclick={cancel}>{ words.get("desk-cancel") }</button>
                <button type="button" class={classes!("btn", "btn-sm", primary)} disabled={full} onclick={on_save}>{ verb }<span class="keys"><kbd>{ "Ctrl" }</kbd><kbd>{ "↵" }</kbd></span></button>
            </div>
            { dialog }
        </div>
    }
}
