//! Sign-in: server, email, password. The address is checked when left; errors stand beside their field; nothing typed is lost.

use gemilang_locales::Language;
use gemilang_protocol::desk::commands::{CheckServer, CommandCode, CommandError, SignIn as Command};
use gemilang_protocol::session::ServerInfo;
use gemilang_protocol::{Code, validate};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::acts::use_store;
use crate::bridge::call;
use crate::components::icon::{Brandmark, icon, icon14};
use crate::doing::set;
use crate::store::{Action, session};
use crate::words::{Words, use_words};

/// What was found at the address.
#[derive(Debug, Clone, PartialEq)]
enum Found {
    Unasked,
    Asking,
    Known(ServerInfo),
    Fault(CommandError),
}

/// Which field an error belongs to: the core names it, or the code tells.
fn field_of(error: &CommandError) -> &'static str {
    match (error.field.as_deref(), error.code) {
        (Some("server"), _)
        | (
            _,
            CommandCode::ServerSilent | CommandCode::NotOurServer | CommandCode::BadAddress | CommandCode::AppTooOld,
        ) => "server",
        (Some("email"), _) => "email",
        (Some("password"), _) | (_, CommandCode::Refused(Code::WrongCredentials)) => "password",
        _ => "form",
    }
}

/// Sign-in.
#[component]
pub(crate) fn SignIn() -> Html {
    let store = use_store();
    let words = use_words();
    let settings = &store.session.settings;
    let server = use_state(|| settings.server.clone());
    let email = use_state(|| settings.email.clone());
    let password = use_state(String::new);
    let shows = use_state(|| false);
    let found = use_state(|| Found::Unasked);
    let error = use_state(|| None::<CommandError>);
    let busy = use_state(|| false);
    // The answer to an address that was changed meanwhile must not be believed.
    let asked = use_mut_ref(String::new);
    let again = store.session.again;

    let check = {
        let (found, asked) = (found.clone(), asked.clone());
        move |server: String| {
            if server.trim().is_empty() || *asked.borrow() == server {
                return;
            }
            asked.borrow_mut().clone_from(&server);
            found.set(Found::Asking);
            let (found, asked) = (found.clone(), asked.clone());
            spawn_local(async move {
                let answer = call(CheckServer { server: server.clone() }).await;
                if *asked.borrow() == server {
                    found.set(match answer {
                        Ok(info) => Found::Known(info),
                        Err(fault) => Found::Fault(fault),
                    });
                }
            });
        }
    };
    {
        let (check, server) = (check.clone(), (*server).clone());
        use_effect_with((), move |()| check(server));
    }
    let first = if server.is_empty() || store.session.elsewhere {
        "server"
    } else if email.is_empty() {
        "email"
    } else {
        "password"
    };
    use_effect_with((), move |()| {
        crate::browser::focus(first);
        if first == "server" {
            crate::browser::select(first);
        }
    });

    let typed = |state: &UseStateHandle<String>, is_server: bool| {
        let (state, error, found, asked) = (state.clone(), error.clone(), found.clone(), asked.clone());
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            state.set(field.value());
            error.set(None);
            if is_server {
                asked.borrow_mut().clear();
                found.set(Found::Unasked);
            }
        })
    };
    let on_blur = {
        let check = check.clone();
        Callback::from(move |event: FocusEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            check(field.value());
        })
    };
    let on_submit = {
        let (server, email, password) = (server.clone(), email.clone(), password.clone());
        let (error, busy, send) = (error.clone(), busy.clone(), store.dispatcher());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *busy {
                return;
            }
            if let Some(missing) = missing(&server, &email, &password) {
                let field = missing.field.clone().unwrap_or_default();
                error.set(Some(missing));
                crate::browser::focus(&field);
                return;
            }
            busy.set(true);
            error.set(None);
            let command = Command { server: (*server).clone(), email: (*email).clone(), password: (*password).clone() };
            let (error, busy, send) = (error.clone(), busy.clone(), send.clone());
            spawn_local(async move {
                match call(command).await {
                    Ok(who) => {
                        send.dispatch(Action::Session(session::Action::SignedIn(Box::new(who))));
                        // Some settings are of whoever is signed in.
                        crate::acts::set(send, gemilang_protocol::desk::commands::SetSettings::AS_IT_IS);
                    }
                    Err(refused) => {
                        crate::browser::focus(field_of(&refused));
                        error.set(Some(refused));
                    }
                }
                busy.set(false);
            });
        })
    };
    let toggle = {
        let shows = shows.clone();
        Callback::from(move |_: MouseEvent| shows.set(!*shows))
    };
    let back = {
        let send = store.dispatcher();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            send.dispatch(Action::Session(session::Action::Again(false)));
        })
    };
    let fault = |field: &str| {
        let own = error.as_ref().filter(|error| field_of(error) == field).map(|error| words.error(error));
        match (&*found, field) {
            (Found::Fault(fault), "server") if own.is_none() => Some(words.error(fault)),
            _ => own,
        }
    };
    let (server_fault, email_fault, password_fault, form_fault) =
        (fault("server"), fault("email"), fault("password"), fault("form"));
    let class = |fault: &Option<String>| classes!("form-control", fault.is_some().then_some("is-invalid"));
    html! {
        <main class="gate">
            <House version={store.session.version.clone()} />
            <form onsubmit={on_submit} novalidate=true>
                <div><h1>{ words.get("desk-sign-in") }</h1><p class="soft under">{ words.get(if again { "desk-sign-in-again" } else { "desk-sign-in-text" }) }</p></div>
                <div>
                    <label class="label" for="server">{ words.get("desk-server") }</label>
                    <input class={class(&server_fault)} id="server" name="server" type="text" inputmode="url" autocomplete="url" spellcheck="false" autocapitalize="none" placeholder="https://desk.gemilangwo.id" value={(*server).clone()} oninput={typed(&server, true)} onblur={on_blur} aria-invalid={server_fault.is_some().to_string()} aria-describedby="server-said" />
                    <div id="server-said" aria-live="polite">{ server_said(server_fault, &found, words) }</div>
                </div>
                <div>
                    <label class="label" for="email">{ words.get("label-email") }</label>
                    <input class={class(&email_fault)} id="email" name="email" type="email" autocomplete="username" spellcheck="false" autocapitalize="none" value={(*email).clone()} oninput={typed(&email, false)} aria-invalid={email_fault.is_some().to_string()} aria-describedby="email-said" />
                    { said("email-said", email_fault) }
                </div>
                <div>
                    <label class="label" for="password">{ words.get("label-password") }</label>
                    <div class="with-end">
                        <input class={class(&password_fault)} id="password" name="password" type={if *shows { "text" } else { "password" }} autocomplete="current-password" value={(*password).clone()} oninput={typed(&password, false)} aria-invalid={password_fault.is_some().to_string()} aria-describedby="password-said" />
                        <button type="button" class={classes!("btn", "btn-icon", shows.then_some("is-open"))} aria-pressed={shows.to_string()} aria-label={words.get("desk-show-password")} title={words.get("desk-show-password")} onclick={toggle}>{ icon("eye") }</button>
                    </div>
                    { said("password-said", password_fault) }
                </div>
                <div>
                    <button type="submit" class="btn btn-primary go" aria-disabled={busy.to_string()}>{ words.get(if *busy { "desk-signing-in" } else { "desk-sign-in" }) }</button>
                    { said("form-said", form_fault) }
                </div>
                <div class="quiet-row apart">
                    if again { <a href="#" onclick={back}>{ words.get("desk-sign-in-back") }</a> } else { <span></span> }
                    <Languages />
                </div>
            </form>
        </main>
    }
}

/// The first field left empty.
fn missing(server: &str, email: &str, password: &str) -> Option<CommandError> {
    let (field, rule) = if server.trim().is_empty() {
        ("server", validate::FieldError::Empty)
    } else if let Err(rule) = validate::email(email) {
        ("email", rule)
    } else if password.is_empty() {
        ("password", validate::FieldError::Empty)
    } else {
        return None;
    };
    Some(CommandError {
        code: CommandCode::Invalid,
        field: Some(field.to_owned()),
        rule: Some(rule),
        figure: None,
        detail: String::new(),
    })
}

fn said(id: &'static str, fault: Option<String>) -> Html {
    html! {
        <div {id} aria-live="polite">
            if let Some(fault) = fault { <p class="error">{ icon("warn") }<span>{ fault }</span></p> }
        </div>
    }
}

fn server_said(fault: Option<String>, found: &Found, words: Words) -> Html {
    if let Some(fault) = fault {
        return html! { <p class="error">{ icon("warn") }<span>{ fault }</span></p> };
    }
    match found {
        Found::Asking => {
            html! { <p class="hint ok-line"><span class="dot dot-catchup"></span>{ words.get("desk-server-asking") }</p> }
        }
        Found::Known(info) => html! {
            <p class="hint ok-line"><span class="dot"></span>{ words.with("desk-server-known", &[("version", info.version.as_str().into())]) }</p>
        },
        Found::Unasked | Found::Fault(_) => Html::default(),
    }
}

/// The switch of languages: at once, everywhere.
#[component]
fn Languages() -> Html {
    let store = use_store();
    let words = use_words();
    let choices = Language::ALL.iter().enumerate().map(|(at, language)| {
        let on = words.language == *language;
        let store = store.clone();
        let choose = Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            set(&store, Some(language.tag()), None);
        });
        html! {
            <>
                if at > 0 { { " · " } }
                if on { <b class="label-weight" aria-current="true">{ language.name() }</b> } else { <a href="#" role="button" lang={language.tag()} onclick={choose}>{ language.name() }</a> }
            </>
        }
    });
    html! { <span class="soft">{ icon14_inline() }{ words.get("desk-language") }{ ": " }{ for choices }</span> }
}

fn icon14_inline() -> Html {
    html! { <span class="inline-icon">{ icon14("globe") }</span> }
}

#[derive(Properties, PartialEq)]
struct HouseProps {
    version: String,
}

/// The house's side: a batik kawung drawn in the page, and what the house stands for.
#[component]
fn House(props: &HouseProps) -> Html {
    let words = use_words();
    // Four petals around each crossing, a grain of prada where they meet.
    let petal = |turn: &'static str, x: u32, y: u32| {
        html! { <g transform={format!("rotate({turn} {x} {y})")}><ellipse cx={x.to_string()} cy={y.to_string()} rx="17.5" ry="9.5" /><path d={format!("M{} {y}h12", x - 6)} /></g> }
    };
    html! {
        <div class="house">
            <svg class="kawung" aria-hidden="true">
                <defs>
                    <pattern id="kw" width="64" height="64" patternUnits="userSpaceOnUse">
                        <g fill="none" stroke="#64244c" stroke-width="1.25">{ petal("-45", 48, 16) }{ petal("45", 16, 16) }{ petal("-45", 16, 48) }{ petal("45", 48, 48) }</g>
                        <path d="M32 29.2 34.8 32 32 34.8 29.2 32z" fill="#a37a34" />
                    </pattern>
                </defs>
                <rect width="100%" height="100%" fill="url(#kw)" />
            </svg>
            <Brandmark />
            <p>{ words.get("desk-house") }</p>
            <small>{ format!("Gemilang Desk {}", props.version) }</small>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_empty_field_is_told() {
        let field = |server, email, password| missing(server, email, password).and_then(|error| error.field);
        assert_eq!(field("", "", "").as_deref(), Some("server"));
        assert_eq!(field("desk", "rina", "x").as_deref(), Some("email"));
        assert_eq!(field("desk", "rina@contoh.id", "").as_deref(), Some("password"));
        assert_eq!(field("desk", "rina@contoh.id", "x"), None);
    }

    #[test]
    fn a_refusal_stands_beside_its_field() {
        let error = |code| CommandError { code, field: None, rule: None, figure: Some(4), detail: String::new() };
        assert_eq!(field_of(&error(CommandCode::ServerSilent)), "server");
        assert_eq!(field_of(&error(CommandCode::Refused(Code::WrongCredentials))), "password");
        assert_eq!(field_of(&error(CommandCode::Refused(Code::Throttled))), "form");
    }
}
