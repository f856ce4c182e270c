//! Notices: what lasts and must be known, one line over every page: a full disk, damaged data, a session that ended, a missing keychain.

use gemilang_protocol::desk::views::{Line, PopUps};
use yew::prelude::*;

use crate::acts::{self, use_pen, use_store};
use crate::components::icon::icon;
use crate::store::sync::Fault;
use crate::store::{Action, session};
use crate::words::use_words;

/// What can be tried again.
#[derive(Clone, Copy)]
enum Again {
    Storage,
    Line,
}

/// What lasts and must be known.
#[component]
pub(crate) fn Notices() -> Html {
    let store = use_store();
    let pen = use_pen();
    let words = use_words();
    let to_session = |action: session::Action| {
        let send = store.dispatcher();
        Callback::from(move |_: MouseEvent| send.dispatch(Action::Session(action.clone())))
    };
    let line = |class: &'static str, glyph: &'static str, text: String, way: Html| {
        html! { <div class={classes!("banner", class)} role="status">{ icon(glyph) }<span class="grow">{ text }</span>{ way }</div> }
    };
    let again = |what: Again| {
        let (send, pen) = (store.dispatcher(), pen.clone());
        let on_click = Callback::from(move |_: MouseEvent| match what {
            Again::Storage => acts::try_storage(send.clone(), &pen),
            Again::Line => acts::sync_now(send.clone()),
        });
        html! { <button type="button" class="btn btn-xs btn-outline-secondary" onclick={on_click}>{ words.get("desk-try-now") }</button> }
    };
    let fault = store.sync.fault.map(|fault| match fault {
        Fault::DiskFull => line("danger", "warn", words.get("desk-error-disk-full"), again(Again::Storage)),
        Fault::ReplicaDamaged => line("danger", "warn", words.get("desk-error-replica-broken"), Html::default()),
        Fault::Rebuilding => line("warning", "warn", words.get("desk-error-replica-damaged"), Html::default()),
    });
    let ended = store.sync.is_ended().then(|| {
        let again = to_session(session::Action::Again(true));
        let way = html! { <button type="button" class="btn btn-xs btn-outline-secondary" onclick={again}>{ words.get("desk-sign-in") }</button> };
        line("warning", "lock", words.get("error-session_expired"), way)
    });
    let old = store
        .sync
        .status
        .as_ref()
        .is_some_and(|status| status.line == Line::AppTooOld)
        .then(|| line("warning", "up", words.get("desk-too-old"), again(Again::Line)));
    let newer = store.sync.status.as_ref().map_or(0, |status| status.newer);
    let newer =
        (newer > 0).then(|| line("", "up", words.with("desk-needs-newer", &[("n", newer.into())]), Html::default()));
    let who = store.session.who.as_ref().filter(|_| !store.session.notice_seen);
    let missing = who.map(|who| {
        let close = || {
            let seen = to_session(session::Action::NoticeSeen);
            html! { <button type="button" class="btn btn-icon" aria-label={words.get("desk-close")} onclick={seen}>{ icon("x") }</button> }
        };
        html! {
            <>
                if !who.keychain { { line("", "info", words.get("desk-no-keychain"), close()) } }
            </>
        }
    });
    // It lasts as long as the computer shows none: closed it comes again with the next time.
    let none = match store.alerts.told.pop_ups {
        PopUps::Shown | PopUps::Hushed => None,
        PopUps::Denied => Some("desk-alerts-denied"),
        PopUps::Missing => Some("desk-no-alerts"),
    };
    let closed = use_state(|| false);
    {
        let closed = closed.setter();
        use_effect_with(none, move |none| {
            if none.is_none() {
                closed.set(false);
            }
        });
    }
    let no_alerts = none.filter(|_| !*closed).map(|key| {
        let close = {
            let closed = closed.setter();
            Callback::from(move |_: MouseEvent| closed.set(true))
        };
        let way = html! { <button type="button" class="btn btn-icon" aria-label={words.get("desk-close")} onclick={close}>{ icon("x") }</button> };
        line("", "bell", words.get(key), way)
    });
    html! { <>{ fault }{ ended }{ old }{ newer }{ missing }{ no_alerts }</> }
}
