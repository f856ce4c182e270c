//! Account: who is signed in, a new password, and where else they are signed in.

use gemilang_protocol::FieldError;
use gemilang_protocol::desk::commands::{CommandCode, CommandError};
use gemilang_protocol::session::{Device, DeviceKind};
use gemilang_protocol::{Code, PersonRef};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::account;
use crate::acts::use_store;
use crate::browser;
use crate::components::avatar;
use crate::components::dialog::Confirm;
use crate::components::icon::{icon, icon14};
use crate::store::account::{Ending, Field, NewPassword, field_of};
use crate::store::navigation::Part;
use crate::words::{Words, use_words};

/// The section.
#[component]
pub(super) fn Account() -> Html {
    let store = use_store();
    let words = use_words();
    let changes = use_state(|| false);
    let asks = use_state(|| false);
    let connected = store.sync.is_connected();
    {
        let send = store.dispatcher();
        use_effect_with((store.me(), connected), move |_| account::read_sessions(send));
    }
    let Some(who) = store.session.who.clone() else { return Html::default() };
    let person = PersonRef { id: who.user.id, name: who.user.name.clone() };
    let role = words.get(&format!("role-{}", who.user.role));
    let sub = format!("{} · {role}", who.user.email);
    let unsent = store.place.counts.unsent;
    let leave = {
        let (asks, send) = (asks.setter(), store.dispatcher());
        Callback::from(
            move |_: MouseEvent| if unsent > 0 { asks.set(true) } else { account::sign_out(send.clone(), false) },
        )
    };
    let toggle = {
        let changes = changes.clone();
        Callback::from(move |_: MouseEvent| changes.set(!*changes))
    };
    let close = {
        let changes = changes.setter();
        Callback::from(move |()| {
            changes.set(false);
            browser::focus("act-password");
        })
    };
    html! {
        <section class="block" id={Part::Account.id()}>
            <h2 class="block-title">{ words.get("desk-set-account") }</h2>
            <div class="lines-table">
                <div class="set-row">
                    { avatar::staff_beside(&person, "") }
                    <div class="grow"><b class="cut" title={person.name.clone()}>{ &person.name }</b><span class="meta cut" title={sub.clone()}>{ sub }</span></div>
                    <button type="button" id="act-password" class="btn btn-sm btn-outline-secondary" aria-expanded={changes.to_string()} onclick={toggle}>{ words.get("password-change") }</button>
                    <button type="button" id="act-sign-out" class="btn btn-sm btn-outline-secondary" onclick={leave}>{ icon14("out") }{ words.get("desk-sign-out") }</button>
                </div>
                if *changes { <PasswordForm on_close={close} /> }
            </div>
            <Sessions />
            if *asks {
                <Confirm title={words.get("desk-set-leave-ask")} text={words.with("desk-set-leave-text", &[("n", unsent.into())])} verb={words.get("desk-sign-out")}
                    on_yes={let (asks, send) = (asks.setter(), store.dispatcher()); move |()| { asks.set(false); account::sign_out(send.clone(), false); }}
                    on_no={let asks = asks.setter(); move |()| asks.set(false)} />
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct FormProps {
    on_close: Callback<()>,
}

/// Old, new, and new again; errors beside their fields.
#[component]
fn PasswordForm(props: &FormProps) -> Html {
    let store = use_store();
    let words = use_words();
    let form = use_state(NewPassword::default);
    let fault = use_state(|| None::<(Field, String)>);
    let busy = use_state(|| false);
    use_effect_with((), |()| browser::focus(Field::Current.name()));
    let refuse = {
        let fault = fault.setter();
        move |field: Field, text: String| {
            browser::focus(field.name());
            fault.set(Some((field, text)));
        }
    };
    let submit = {
        let (form, fault, busy, refuse) = (form.clone(), fault.clone(), busy.clone(), refuse.clone());
        let (send, close) = (store.dispatcher(), props.on_close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *busy {
                return;
            }
            if let Some((field, rule)) = form.broken() {
                refuse(field, told(words, field, &rule));
                return;
            }
            busy.set(true);
            fault.set(None);
            let (busy, refuse, close) = (busy.setter(), refuse.clone(), close.clone());
            let done = Callback::from(move |refused: Option<CommandError>| {
                busy.set(false);
                match refused {
                    None => close.emit(()),
                    Some(error) => refuse(field_of(&error), refusal(words, &error)),
                }
            });
            account::change_password(send.clone(), &form, done);
        })
    };
    let keys = {
        let close = props.on_close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                close.emit(());
            }
        })
    };
    let line = |field: Field, key: &str, hint: &'static str, value: &str, put: fn(&mut NewPassword, String)| {
        let typed = {
            let (form, fault) = (form.clone(), fault.setter());
            Callback::from(move |event: InputEvent| {
                let input: HtmlInputElement = event.target_unchecked_into();
                let mut changed = (*form).clone();
                put(&mut changed, input.value());
                form.set(changed);
                fault.set(None);
            })
        };
        let name = field.name();
        let said = fault.as_ref().filter(|(of, _)| *of == field).map(|(_, text)| text.clone());
        let wrong = said.is_some();
        html! {
            <div>
                <label class="label" for={name}>{ words.get(key) }</label>
                <input type="password" id={name} {name} class={classes!("form-control", wrong.then_some("is-invalid"))} autocomplete={hint} value={value.to_owned()} oninput={typed} aria-invalid={wrong.to_string()} aria-describedby={format!("{name}-said")} />
                <div id={format!("{name}-said")} aria-live="polite">
                    if let Some(said) = said { <p class="error">{ icon("warn") }<span>{ said }</span></p> }
                    else if field == Field::New { <p class="hint">{ words.get("password-hint") }</p> }
                </div>
            </div>
        }
    };
    let whole = fault.as_ref().filter(|(of, _)| *of == Field::Form).map(|(_, text)| text.clone());
    let cancel = props.on_close.reform(|_: MouseEvent| ());
    html! {
        <form class="set-form" onsubmit={submit} onkeydown={keys} novalidate=true>
            { line(Field::Current, "label-current_password", "current-password", &form.current, |form, text| form.current = text) }
            { line(Field::New, "label-new_password", "new-password", &form.new, |form, text| form.new = text) }
            { line(Field::Again, "label-password_confirmation", "new-password", &form.again, |form, text| form.again = text) }
            <p class="hint">{ words.get("desk-set-password-text") }</p>
            <div class="quiet-row">
                <button type="submit" class="btn btn-sm btn-primary" aria-disabled={busy.to_string()}>{ words.get(if *busy { "desk-set-password-busy" } else { "password-change" }) }</button>
                <button type="button" class="btn btn-sm btn-quiet" onclick={cancel}>{ words.get("desk-cancel") }</button>
            </div>
            if let Some(whole) = whole { <p class="error" role="alert">{ icon("warn") }<span>{ whole }</span></p> }
        </form>
    }
}

/// The sentence about a rule that is broken.
fn told(words: Words, field: Field, rule: &FieldError) -> String {
    words.field(field.name(), rule)
}

/// The sentence about a refusal.
fn refusal(words: Words, error: &CommandError) -> String {
    match (error.code, error.figure) {
        (CommandCode::Refused(Code::WrongCredentials), Some(tries)) => {
            words.with("wrong-password", &[("n", tries.into())])
        }
        (CommandCode::ServerSilent, _) => words.get("desk-set-needs-line"),
        _ => words.error(error),
    }
}

/// Where its person is signed in.
#[component]
fn Sessions() -> Html {
    let store = use_store();
    let words = use_words();
    let account = &store.account;
    let sessions = account.sessions.clone();
    let lines = sessions.iter().flat_map(|sessions| sessions.iter()).map(|device| {
        let ends = account.ending.is_some_and(|it| it == Ending::Others || it == Ending::One(device.id));
        let end = {
            let (send, id) = (store.dispatcher(), device.id);
            Callback::from(move |_: MouseEvent| account::end(send.clone(), Ending::One(id)))
        };
        let name = if device.name.is_empty() { words.get("device-unknown") } else { device.name.clone() };
        html! {
            <div class="set-row" key={device.id.to_string()} data-session={if device.here { "here" } else { "other" }}>
                { icon(if device.kind == DeviceKind::Browser { "globe" } else { "screen" }) }
                <div class="grow"><span class="cut" title={name.clone()}>{ &name }</span><span class="meta">{ since(words, &store, device) }</span></div>
                if device.here {
                    <span class="tagword success">{ words.get("device-this") }</span>
                } else {
                    <button type="button" class="btn btn-xs btn-outline-secondary" disabled={ends} aria-label={words.with("desk-set-session-end-of", &[("name", name.as_str().into())])} onclick={end}>{ words.get(if ends { "desk-set-session-ending" } else { "desk-set-session-end" }) }</button>
                }
            </div>
        }
    });
    let others = {
        let send = store.dispatcher();
        Callback::from(move |_: MouseEvent| account::end(send.clone(), Ending::Others))
    };
    let count = sessions.as_ref().map(|sessions| words.with("desk-set-devices", &[("n", sessions.len().into())]));
    let fault = account.fault.as_ref().map(|error| refusal(words, error));
    html! {
        <>
            <div class="block-title lesser"><h3>{ words.get("desk-set-sessions") }</h3><span class="meta grow">{ count }</span>
                if account.has_others() { <button type="button" id="act-end-others" class="btn btn-xs btn-text-danger" disabled={account.ending.is_some()} onclick={others}>{ words.get("device-end-others") }</button> }
            </div>
            <div class="lines-table" aria-live="polite">
                { for lines }
                if let Some(fault) = fault { <p class="soft set-row">{ fault }</p> }
            </div>
        </>
    }
}

/// Since when, or when last.
fn since(words: Words, store: &crate::acts::Store, device: &Device) -> String {
    let key = if device.here { "desk-set-session-since" } else { "desk-set-session-seen" };
    let time = if device.here { device.created_at } else { device.last_seen_at };
    words.with(key, &[("when", words.when(store.now, time).into())])
}
