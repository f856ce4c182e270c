//! Asking somebody to join: an address and a role. What is wrong stands beside the address.

use gemilang_protocol::desk::commands::CommandError;
use gemilang_protocol::{Role, validate};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::acts::use_store;
use crate::browser;
use crate::components::icon::icon;
use crate::store::team::invite_fault;
use crate::team;
use crate::words::use_words;

const EMAIL: &str = "invite-email";

#[derive(Properties, PartialEq)]
pub(super) struct InviteProps {
    /// Done, or left.
    pub on_close: Callback<()>,
}

/// The form.
#[component]
pub(super) fn InviteForm(props: &InviteProps) -> Html {
    let store = use_store();
    let words = use_words();
    let email = use_state(String::new);
    let role = use_state(|| Role::Agent);
    let fault = use_state(|| None::<String>);
    let busy = use_state(|| false);
    use_effect_with((), |()| browser::focus(EMAIL));
    let submit = {
        let (email, role, fault, busy) = (email.clone(), role.clone(), fault.clone(), busy.clone());
        let (send, close) = (store.dispatcher(), props.on_close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *busy {
                return;
            }
            if let Err(rule) = validate::email(&email) {
                browser::focus(EMAIL);
                fault.set(Some(words.field("email", &rule)));
                return;
            }
            busy.set(true);
            let (busy, fault, close) = (busy.setter(), fault.setter(), close.clone());
            let done = Callback::from(move |refused: Option<CommandError>| {
                busy.set(false);
                match refused {
                    None => close.emit(()),
                    Some(error) => {
                        browser::focus(EMAIL);
                        fault.set(Some(invite_fault(&error).map_or_else(|| words.error(&error), |key| words.get(key))));
                    }
                }
            });
            team::invite(send.clone(), (*email).clone(), *role, done);
        })
    };
    let typed = {
        let (email, fault) = (email.setter(), fault.setter());
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            email.set(field.value());
            fault.set(None);
        })
    };
    let roles = [Role::Agent, Role::Admin].map(|of| {
        let choose = {
            let role = role.setter();
            Callback::from(move |_: Event| role.set(of))
        };
        html! { <label><input type="radio" name="invite-role" value={of.as_str()} checked={*role == of} onchange={choose} />{ words.get(&format!("role-{of}")) }</label> }
    });
    let keys = {
        let close = props.on_close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                close.emit(());
            }
        })
    };
    let cancel = props.on_close.reform(|_: MouseEvent| ());
    let wrong = fault.is_some();
    html! {
        <form class="set-form" onsubmit={submit} onkeydown={keys} novalidate=true>
            <div>
                <label class="label" for={EMAIL}>{ words.get("label-email") }</label>
                <input type="email" id={EMAIL} name={EMAIL} class={classes!("form-control", wrong.then_some("is-invalid"))} autocomplete="off" spellcheck="false" autocapitalize="none" value={(*email).clone()} oninput={typed} aria-invalid={wrong.to_string()} aria-describedby="invite-said" />
                <div id="invite-said" aria-live="polite">
                    if let Some(said) = &*fault { <p class="error">{ icon("warn") }<span>{ said }</span></p> } else { <p class="hint">{ words.get("desk-team-invite-text") }</p> }
                </div>
            </div>
            <div><span class="label" id="invite-role">{ words.get("desk-team-role") }</span><span class="seg" role="radiogroup" aria-labelledby="invite-role">{ for roles }</span></div>
            <p class="hint">{ words.get(&format!("desk-team-role-{}", *role)) }</p>
            <div class="quiet-row">
                <button type="submit" class="btn btn-sm btn-primary" aria-disabled={busy.to_string()}>{ words.get(if *busy { "desk-team-inviting" } else { "desk-team-invite-send" }) }</button>
                <button type="button" class="btn btn-sm btn-quiet" onclick={cancel}>{ words.get("desk-cancel") }</button>
            </div>
        </form>
    }
}
