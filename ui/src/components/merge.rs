//! The dialog that merges two tickets: a field that finds the other one, both side by side, which of them goes on, and what becomes of it.

use std::rc::Rc;

use gemilang_locales::dates;
use gemilang_protocol::desk::commands::FindToMerge;
use gemilang_protocol::desk::views::{MergeChoice, Property, PropertyChange};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::acts::{self, use_store};
use crate::bridge::call;
use crate::browser;
use crate::components::dialog;
use crate::components::icon::{icon, icon14, status_glyph};
use crate::components::palette::use_keyboard;
use crate::components::ticket_row::marked;
use crate::names;
use crate::store::Action;
use crate::store::merge::{Action as Do, Bar, Merge};
use crate::store::palette;
use crate::store::snack::Sentence;
use crate::words::{Words, use_words};

/// The id of its field.
const FIELD: &str = "merge-field";
/// The id of the button that does it.
const YES: &str = "merge-yes";

/// The dialog.
#[component]
pub(crate) fn MergeDialog() -> Html {
    let store = use_store();
    let words = use_words();
    let node = use_node_ref();
    let merge = use_reducer(Merge::default);
    use_keyboard(FIELD);
    let ticket = store.open.here().map(|thread| (thread.ticket.id, thread.ticket.number));
    {
        // What is found follows what is typed, and what happens meanwhile.
        let merge = merge.clone();
        let asks = ticket.map(|(id, _)| (id, merge.q.clone()));
        use_effect_with((asks, store.sync.revision.rows), move |(asks, _)| {
            if let Some((ticket, q)) = asks.clone() {
                let merge = merge.dispatcher();
                spawn_local(async move {
                    if let Ok(found) = call(FindToMerge { ticket, q: q.clone() }).await {
                        merge.dispatch(Do::Found(q, Rc::new(found)));
                    }
                });
            }
        });
    }
    let close = {
        let send = store.dispatcher();
        Callback::from(move |()| send.dispatch(Action::Palette(palette::Action::Over(None))))
    };
    let Some((_, number)) = ticket else { return Html::default() };
    let submit = {
        let (send, close, merge) = (store.dispatcher(), close.clone(), merge.clone());
        Callback::from(move |()| {
            let Some((goes, stays)) = merge.pair().filter(|_| merge.bar().is_none()) else { return };
            close.emit(());
            let sentence = Sentence::with(
                "desk-said-merged",
                &[("number", &goes.row.number.to_string()), ("into", &stays.row.number.to_string())],
            );
            let change = PropertyChange { ticket: goes.row.id, to: Property::Merged(stays.row.id) };
            acts::change(send.clone(), vec![change], move |_| sentence);
            // Whoever merged goes on where the conversation does.
            send.dispatch(Action::Show(stays.row.id));
        })
    };
    let keys = dialog::keys(&node, &close, dialog::submits(&submit));
    let in_field = {
        let merge = merge.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() || event.ctrl_key() || event.meta_key() {
                return;
            }
            match event.key().as_str() {
                "ArrowDown" => merge.dispatch(Do::Step(1)),
                "ArrowUp" => merge.dispatch(Do::Step(-1)),
                "Enter" => browser::focus(YES),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let on_input = {
        let merge = merge.clone();
        Callback::from(move |event: InputEvent| {
            merge.dispatch(Do::Typed(event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    let swap = {
        let merge = merge.clone();
        Callback::from(move |_: MouseEvent| merge.dispatch(Do::Swap))
    };
    let rows: Vec<Html> = merge
        .others()
        .iter()
        .enumerate()
        .map(|(n, choice)| {
            let pick = {
                let merge = merge.clone();
                Callback::from(move |_: MouseEvent| merge.dispatch(Do::At(n)))
            };
            line(choice, merge.barred(choice), n, merge.on() == Some(n), &merge.q, pick, words, store.now)
        })
        .collect();
    let chosen = merge.on().map(|n| format!("merge-{n}"));
    let said = merge.said().map(|key| words.get(key));
    let bar = merge.bar().map(|bar| words.get(bar.key()));
    let label = words.get("desk-merge-find");
    let no = close.reform(|_: MouseEvent| ());
    let yes = submit.reform(|_: MouseEvent| ());
    html! {
        <div onkeydown={keys}>
            <div class="scrim" onclick={no.clone()}></div>
            <div class="dialog merge-dialog" role="dialog" aria-modal="true" aria-labelledby="merge-title" ref={node}>
                <header><h2 class="grow" id="merge-title">{ words.with("desk-merge-title", &[("number", number.to_string().into())]) }</h2><button type="button" class="btn btn-icon" aria-label={words.get("desk-close")} title={format!("{} (Esc)", words.get("desk-close"))} onclick={no.clone()}>{ icon("x") }</button></header>
                <div class="in">
                    <label class="label" for={FIELD}>{ label }</label>
                    <input id={FIELD} class="form-control" type="text" autocomplete="off" spellcheck="false" role="combobox" aria-expanded={(!rows.is_empty()).to_string()} aria-controls="merge-found" aria-activedescendant={chosen} aria-describedby="merge-said" placeholder={words.get("desk-merge-placeholder")} value={merge.q.clone()} oninput={on_input} onkeydown={in_field} />
                    <div class="found" id="merge-found" role="listbox" aria-label={words.get("desk-merge-found")} hidden={rows.is_empty()}>{ for rows }</div>
                    <p class="soft merge-said" id="merge-said" role="status">{ said }</p>
                    if let Some((goes, stays)) = merge.pair() {
                        <div class="pair">
                            { card(&goes, "goes", "desk-merge-goes", words, store.now) }
                            <span class="mid">{ icon("merge") }</span>
                            { card(&stays, "stays", "desk-merge-stays", words, store.now) }
                        </div>
                        <p class="merge-swap"><button type="button" id="merge-swap" class="btn btn-xs btn-quiet" onclick={swap}>{ icon14("swap") }{ words.get("desk-merge-swap") }</button></p>
                        if let Some(bar) = bar {
                            <p class="field-said" role="alert">{ icon14("warn") }<span>{ bar }</span></p>
                        } else {
                            <p class="soft">{ what(&goes, &stays, words) }</p>
                        }
                    }
                </div>
                <footer>
                    <span class="meta grow">{ words.get("desk-merge-undo") }</span>
                    <button type="button" class="btn btn-outline-secondary" onclick={no}>{ words.get("desk-cancel") }</button>
                    <button type="button" id={YES} class="btn btn-primary" disabled={merge.pair().is_none() || merge.bar().is_some()} onclick={yes}>{ icon14("merge") }{ words.get("desk-merge-yes") }</button>
                </footer>
            </div>
        </div>
    }
}

impl Reducible for Merge {
    type Action = Do;

    fn reduce(self: Rc<Self>, action: Do) -> Rc<Self> {
        Rc::new(self.after(action))
    }
}

/// What becomes of both.
fn what(goes: &MergeChoice, stays: &MergeChoice, words: Words) -> String {
    let (number, into) = (goes.row.number.to_string(), stays.row.number.to_string());
    let n = goes.messages.unwrap_or_default();
    words.with("desk-merge-what", &[("n", n.into()), ("number", number.into()), ("into", into.into())])
}

#[expect(clippy::too_many_arguments, reason = "each says one thing about one line")]
fn line(
    choice: &MergeChoice,
    bar: Option<Bar>,
    n: usize,
    on: bool,
    q: &str,
    pick: Callback<MouseEvent>,
    words: Words,
    now: gemilang_protocol::Time,
) -> Html {
    let row = &choice.row;
    let name = names::short(&row.customer.name);
    let side = match bar {
        Some(Bar::Merged) => html! { { words.get("desk-merge-is-merged") } },
        Some(Bar::OtherCustomer) => {
            html! { <>{ marked(&name, q) }{ " · " }{ words.get("desk-merge-other-customer") }</> }
        }
        _ => html! { <>{ marked(&name, q) }{ " · " }{ words.age(now, row.last_message_at) }</> },
    };
    // The field keeps the keyboard.
    let stay = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <div key={row.id.to_string()} id={format!("merge-{n}")} class={classes!(on.then_some("is-on"), bar.is_some().then_some("is-barred"))} role="option" aria-selected={on.to_string()} aria-disabled={bar.is_some().then_some("true")} data-merge={row.number.to_string()} onmousedown={stay} onclick={pick}>
            { status_glyph(row.status) }
            <span class="num mute">{ marked(&row.number.to_string(), q) }</span>
            <span class="cut" title={row.subject.clone()}>{ marked(&words.said(&row.subject), q) }</span>
            <span class="meta">{ side }</span>
        </div>
    }
}

fn card(choice: &MergeChoice, class: &'static str, key: &str, words: Words, now: gemilang_protocol::Time) -> Html {
    let row = &choice.row;
    let day = |time| words.zone.day(time);
    let date = dates::date_near(day(now), day(row.created_at), words.language);
    let meta = match choice.messages {
        Some(n) => words.with("desk-merge-meta", &[("n", n.into()), ("date", date.into())]),
        None => words.with("desk-merge-filed", &[("date", date.into())]),
    };
    html! {
        <article {class} data-goes={(class == "goes").then(|| row.number.to_string())}>
            <div class="top">{ status_glyph(row.status) }<span class="num">{ row.number.to_string() }</span><span class="tagword">{ words.get(key) }</span></div>
            <b>{ words.said(&row.subject) }</b>
            <p class="soft">{ &row.customer.name }</p>
            <p class="meta">{ meta }</p>
        </article>
    }
}
