//! Dialogs: to confirm what cannot be undone. Nothing else asks.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::browser;
use crate::words::use_words;

/// The keys of a dialog: Escape closes it, Tab goes round within `node`, and `enters` says whether it took Enter.
pub(crate) fn keys(
    node: &NodeRef,
    close: &Callback<()>,
    enters: impl Fn(&KeyboardEvent) -> bool + 'static,
) -> Callback<KeyboardEvent> {
    let (node, close) = (node.clone(), close.clone());
    Callback::from(move |event: KeyboardEvent| {
        event.stop_propagation();
        let is_taken = match event.key().as_str() {
            "Escape" => {
                close.emit(());
                true
            }
            "Enter" => enters(&event),
            "Tab" => {
                let within = node.cast::<HtmlElement>();
                within.is_some_and(|within| browser::turn_within(&within, event.shift_key()))
            }
            _ => false,
        };
        if is_taken {
            event.prevent_default();
        }
    })
}

/// Enter with Ctrl does what the dialog is for.
pub(crate) fn submits(submit: &Callback<()>) -> impl Fn(&KeyboardEvent) -> bool + 'static {
    let submit = submit.clone();
    move |event| {
        let is_meant = event.ctrl_key() || event.meta_key();
        if is_meant {
            submit.emit(());
        }
        is_meant
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct ConfirmProps {
    /// The question.
    pub title: String,
    /// What will be.
    pub text: String,
    /// What comes with it.
    #[prop_or_default]
    pub more: Option<String>,
    /// The verb of the button that does it.
    pub verb: String,
    /// It shall be.
    pub on_yes: Callback<()>,
    /// It shall not.
    pub on_no: Callback<()>,
}

/// A question before something that cannot be undone. Cancel has the keyboard first.
#[component]
pub(crate) fn Confirm(props: &ConfirmProps) -> Html {
    let words = use_words();
    let (yes, no) = (use_node_ref(), use_node_ref());
    {
        let no = no.clone();
        use_effect_with((), move |()| {
            let before = browser::focused();
            give(&no);
            move || {
                if let Some(before) = before.filter(|it| it.is_connected()) {
                    drop(before.focus());
                }
            }
        });
    }
    let keys = {
        let (yes, no, leave) = (yes.clone(), no.clone(), props.on_no.clone());
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "Escape" => leave.emit(()),
                "Tab" => {
                    event.prevent_default();
                    let on_no = browser::focused() == no.cast::<HtmlElement>();
                    give(if on_no { &yes } else { &no });
                }
                _ => {}
            }
        })
    };
    let on_yes = props.on_yes.reform(|_: MouseEvent| ());
    let on_no = props.on_no.reform(|_: MouseEvent| ());
    html! {
        <div onkeydown={keys}>
            <div class="scrim" onclick={on_no.clone()}></div>
            <div class="dialog confirm" role="alertdialog" aria-modal="true" aria-labelledby="confirm-title" aria-describedby="confirm-text">
                <header><h2 class="grow" id="confirm-title">{ &props.title }</h2></header>
                <div class="in" id="confirm-text"><p class={(props.more.is_none()).then_some("soft")}>{ &props.text }</p>if let Some(more) = &props.more { <p class="soft more">{ more }</p> }</div>
                <footer>
                    <button ref={no} type="button" class="btn btn-outline-secondary" onclick={on_no}>{ words.get("desk-cancel") }</button>
                    <button ref={yes} type="button" class="btn btn-danger" onclick={on_yes}>{ &props.verb }</button>
                </footer>
            </div>
        </div>
    }
}

fn give(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        drop(element.focus());
    }
}
