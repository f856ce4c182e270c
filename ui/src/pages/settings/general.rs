//! General: the server, the language, and whether the app starts and stays by itself.

use gemilang_locales::Language;
use gemilang_protocol::desk::commands::{CheckServer, SetSettings};
use gemilang_protocol::desk::views::UNDO_SECONDS;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Switch;
use crate::account;
use crate::acts::{self, use_store};
use crate::bridge::call;
use crate::browser;
use crate::components::dialog::Confirm;
use crate::components::icon::icon12;
use crate::components::menu::{Anchor, Menu, Opt};
use crate::doing;
use crate::store::navigation::Part;
use crate::words::use_words;

/// The section.
#[component]
pub(super) fn General() -> Html {
    let store = use_store();
    let words = use_words();
    let menu = use_state(|| None::<Anchor>);
    let asks = use_state(|| false);
    let version = use_state(|| None::<String>);
    let settings = &store.session.settings;
    let server = store.session.who.as_ref().map(|who| who.server.clone()).unwrap_or_default();
    let connected = store.sync.is_connected();
    {
        // Asked again with every new line: the service may be another version then.
        let (version, server) = (version.setter(), server.clone());
        use_effect_with((server, connected), move |(server, connected)| {
            let server = server.clone();
            if *connected {
                spawn_local(async move {
                    version.set(call(CheckServer { server }).await.ok().map(|info| info.version));
                });
            }
        });
    }
    let state = match &*version {
        Some(version) if connected => words.with("desk-set-server-version", &[("version", version.as_str().into())]),
        _ if connected => words.get("desk-set-server-on"),
        _ => words.get("desk-set-server-off"),
    };
    let shown = server.strip_prefix("https://").unwrap_or(&server).to_owned();
    let unsent = store.place.counts.unsent;
    let leave = {
        let (asks, send) = (asks.setter(), store.dispatcher());
        Callback::from(
            move |_: MouseEvent| if unsent > 0 { asks.set(true) } else { account::sign_out(send.clone(), true) },
        )
    };
    let choose = {
        let (store, menu) = (store.clone(), menu.setter());
        Callback::from(move |at: usize| {
            menu.set(None);
            doing::set(&store, Some(Language::ALL[at].tag()), None);
        })
    };
    let hang = {
        let menu = menu.setter();
        Callback::from(move |event: MouseEvent| menu.set(browser::button(&event).map(|button| Anchor::of(&button))))
    };
    let languages: Vec<_> = Language::ALL
        .iter()
        .map(|language| Opt { text: language.name().to_owned(), is_on: words.language == *language, ..Opt::default() })
        .collect();
    let pauses = UNDO_SECONDS.iter().map(|seconds| {
        let choose = {
            let (send, seconds) = (store.dispatcher(), *seconds);
            Callback::from(move |_: Event| {
                acts::set(send.clone(), SetSettings { undo_seconds: Some(seconds), ..SetSettings::AS_IT_IS });
            })
        };
        html! { <label><input type="radio" name="undo-seconds" value={seconds.to_string()} checked={settings.undo_seconds == *seconds} onchange={choose} />{ words.with("desk-undo-seconds", &[("seconds", (*seconds).into())]) }</label> }
    });
    let quit =
        html! { <>{ words.get("desk-here-stay-by") }{ " " }<kbd>{ "Ctrl" }</kbd>{ " " }<kbd>{ "Q" }</kbd>{ "." }</> };
    html! {
        <section class="block" id={Part::General.id()}>
            <h2 class="block-title">{ words.get("desk-set-general") }</h2>
            <div class="lines-table">
                <div class="set-row">
                    <div class="grow"><span>{ words.get("desk-set-server") }</span><span class="meta cut" title={server.clone()}>{ format!("{shown} · {state}") }</span></div>
                    <button type="button" id="act-server" class="btn btn-sm btn-outline-secondary" onclick={leave}>{ words.get("desk-set-server-change") }</button>
                </div>
                <div class="set-row">
                    <div class="grow"><span id="set-language">{ words.get("desk-language") }</span></div>
                    <button type="button" class="choose-line" id="act-language" aria-haspopup="menu" aria-expanded={menu.is_some().to_string()} aria-labelledby="set-language act-language" onclick={hang}>{ words.language.name() }{ icon12("cd") }</button>
                </div>
                <div class="set-row"><div class="grow"><span>{ words.get("desk-undo-send") }</span><span class="meta">{ words.get("desk-set-undo-text") }</span></div><span class="seg" role="radiogroup" aria-label={words.get("desk-undo-send")}>{ for pauses }</span></div>
                <Switch name="start-at-login" text={words.get("desk-here-start")} meta={words.get("desk-here-start-text")} on={settings.start_at_login} set={|on: bool| SetSettings { start_at_login: Some(on), ..SetSettings::AS_IT_IS }} />
                <Switch name="keep-running" text={words.get("desk-here-stay")} meta={quit} on={settings.keep_running} set={|on: bool| SetSettings { keep_running: Some(on), ..SetSettings::AS_IT_IS }} />
            </div>
            if let Some(anchor) = *menu {
                <Menu {anchor} label={words.get("desk-language")} options={languages} on_choose={choose} on_close={let menu = menu.setter(); move |()| menu.set(None)} width={176} />
            }
            if *asks {
                <Confirm title={words.get("desk-set-server-ask")} text={words.with("desk-set-leave-text", &[("n", unsent.into())])} verb={words.get("desk-set-server-change")}
                    on_yes={let (asks, send) = (asks.setter(), store.dispatcher()); move |()| { asks.set(false); account::sign_out(send.clone(), true); }}
                    on_no={let asks = asks.setter(); move |()| asks.set(false)} />
            }
        </section>
    }
}
