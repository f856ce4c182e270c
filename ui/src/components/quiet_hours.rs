//! Quiet hours: from when to when a person is left in peace, whether what is urgent rings all the same, and the summary at their end.

use gemilang_protocol::QuietHours;
use gemilang_protocol::hours::WallClock;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::acts::{self, use_store};
use crate::components::icon::icon14;
use crate::words::use_words;

/// Which of the two fields.
#[derive(Clone, Copy, PartialEq)]
enum End {
    From,
    To,
}

/// The block.
#[component]
pub(crate) fn QuietBlock() -> Html {
    let store = use_store();
    let words = use_words();
    // The key of the sentence about what was typed and could not be kept.
    let wrong = use_state(|| None::<(End, &'static str)>);
    // What is being typed stays, whatever the core tells meanwhile.
    let typing = use_state(|| None::<(End, String)>);
    let quiet = store.alerts.told.quiet;
    let change = |change: fn(&mut QuietHours, bool)| {
        let send = store.dispatcher();
        Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            let mut quiet = quiet;
            change(&mut quiet, field.checked());
            acts::set_quiet(send.clone(), quiet);
        })
    };
    let clock = |end: End| {
        let (value, name, label) = match end {
            End::From => (quiet.from, "quiet-from", words.get("desk-quiet-from-label")),
            End::To => (quiet.to, "quiet-to", words.get("desk-quiet-to-label")),
        };
        let input = {
            let typing = typing.clone();
            Callback::from(move |event: InputEvent| {
                let field: HtmlInputElement = event.target_unchecked_into();
                typing.set(Some((end, field.value())));
            })
        };
        let text = match &*typing {
            Some((of, text)) if *of == end => text.clone(),
            _ => value.to_string(),
        };
        let typed = {
            let (send, wrong, typing) = (store.dispatcher(), wrong.clone(), typing.clone());
            Callback::from(move |event: Event| {
                let field: HtmlInputElement = event.target_unchecked_into();
                let mut changed = quiet;
                match (field.value().trim().replace('.', ":").parse::<WallClock>(), end) {
                    (Ok(time), End::From) => changed.from = time,
                    (Ok(time), End::To) => changed.to = time,
                    (Err(_), _) => return wrong.set(Some((end, "desk-quiet-not-a-time"))),
                }
                if changed.from == changed.to {
                    return wrong.set(Some((end, "desk-quiet-same")));
                }
                wrong.set(None);
                typing.set(None);
                acts::set_quiet(send.clone(), changed);
            })
        };
        let is_wrong = wrong.is_some_and(|(of, _)| of == end);
        html! {
            <input {name} class={classes!("form-control", "num", is_wrong.then_some("is-invalid"))} inputmode="numeric" autocomplete="off" maxlength="5"
                aria-label={label} aria-invalid={is_wrong.to_string()} aria-describedby={is_wrong.then_some("quiet-wrong")}
                value={text} disabled={!quiet.on} oninput={input} onchange={typed} />
        }
    };
    let tick = |id: &'static str, checked: bool, label: String, on_change: Callback<Event>| {
        html! {
            <div class="quiet-row"><input type="checkbox" class="tick" {id} name={id} {checked} disabled={!quiet.on} onchange={on_change} /><label for={id}>{ label }</label></div>
        }
    };
    let zone = store.alerts.told.zone.map(|zone| zone.to_string()).unwrap_or_default();
    html! {
        <section class="block quiet" aria-label={words.get("desk-quiet")}>
            <h2 class="block-title">{ words.get("desk-quiet") }</h2>
            <div class="quiet-row">
                <input type="checkbox" class="switch" role="switch" name="quiet" aria-label={words.get("desk-quiet")} checked={quiet.on} onchange={change(|quiet, on| quiet.on = on)} />
                <span>{ words.get("desk-quiet-from") }</span>{ clock(End::From) }
                <span>{ words.get("desk-quiet-to") }</span>{ clock(End::To) }
                <span class="mute">{ words.with("desk-quiet-every", &[("zone", zone.into())]) }</span>
            </div>
            if let Some((_, key)) = *wrong {
                <p id="quiet-wrong" class="field-error" role="alert">{ icon14("warn") }{ words.get(key) }</p>
            }
            { tick("quiet-urgent", quiet.urgent_passes, words.get("desk-quiet-urgent"), change(|quiet, on| quiet.urgent_passes = on)) }
            { tick("quiet-summary", quiet.summary, words.with("desk-quiet-summary", &[("time", quiet.to.to_string().into())]), change(|quiet, on| quiet.summary = on)) }
            if quiet.on && !quiet.urgent_passes {
                <p class="soft">{ words.get("desk-quiet-silent") }</p>
            }
        </section>
    }
}
