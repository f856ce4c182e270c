//! The switch of duty, with its state in words.

use gemilang_protocol::Duty;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::acts::{self, use_store};
use crate::words::use_words;

/// Whether what is urgent rings for whoever sits here.
#[component]
pub(crate) fn DutySwitch() -> Html {
    let store = use_store();
    let words = use_words();
    let duty = store.alerts.told.duty;
    let on_duty = duty.is_on(store.now);
    let switch = {
        let send = store.dispatcher();
        Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            acts::set_duty(send.clone(), if field.checked() { Duty::On } else { Duty::Off });
        })
    };
    let state = match duty.paused_until(store.now) {
        Some(until) => words.with("desk-duty-paused", &[("time", words.clock(until).into())]),
        None if on_duty => words.get("desk-duty-on"),
        None => words.get("desk-duty-off"),
    };
    html! {
        <label class="quiet-row"><span>{ state }</span><input type="checkbox" class="switch" role="switch" name="duty" aria-label={words.get("desk-duty-on")} checked={on_duty} onchange={switch} /></label>
    }
}
