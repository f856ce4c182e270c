//! The self-test: each way by which an alert reaches its person, tried by a button, with what was seen.

use gemilang_protocol::desk::views::PopUps;
use gemilang_protocol::self_test::{Saw, TestPath, Tried};
use yew::prelude::*;

use crate::acts::{self, use_store};
use crate::components::icon::{icon, icon14};
use crate::words::{Words, use_words};

/// The block.
#[component]
pub(crate) fn SelfTest() -> Html {
    let store = use_store();
    let words = use_words();
    let told = &store.alerts.told;
    let all = {
        let (send, paths) = (store.dispatcher(), told.paths.clone());
        // The click shows a pop-up as well, so it tries both.
        let paths: Vec<TestPath> = paths.into_iter().filter(|path| *path != TestPath::PopUp).collect();
        Callback::from(move |_: MouseEvent| {
            for path in &paths {
                acts::try_alert(send.clone(), *path);
            }
        })
    };
    let warning = match told.pop_ups {
        PopUps::Shown => None,
        PopUps::Hushed => Some("desk-test-hushed"),
        PopUps::Denied => Some("desk-test-denied"),
        PopUps::Missing => Some("desk-test-missing"),
    };
    let rows = told.paths.iter().map(|path| {
        let path = *path;
        let tried = told.tried.iter().find(|tried| tried.path == path).copied();
        let go = {
            let send = store.dispatcher();
            Callback::from(move |_: MouseEvent| acts::try_alert(send.clone(), path))
        };
        let name = words.get(&format!("desk-path-{path}"));
        let label = words.with("desk-test-of", &[("path", name.as_str().into())]);
        html! {
            <div class="line test" key={path.as_str()} data-path={path.as_str()} data-saw={tried.map(|tried| tried.saw.is_well().to_string())}>
                { icon(glyph(path)) }<span>{ name }</span>
                { seen(words, &store, tried) }
                <button type="button" class="btn btn-xs btn-outline-secondary" aria-label={label} onclick={go}>{ words.get("desk-test-try") }</button>
            </div>
        }
    });
    html! {
        <section class="block" aria-label={words.get("desk-test")}>
            <div class="block-title">
                <h2>{ words.get("desk-test") }</h2><span class="grow"></span>
                <button type="button" id="act-test-all" class="btn btn-sm btn-outline-secondary" onclick={all}>{ words.get("desk-test-all") }</button>
            </div>
            if let Some(key) = warning {
                <div class="banner warning in-block" role="status">{ icon("warn") }<span>{ words.get(key) }</span></div>
            }
            <div>{ for rows }</div>
        </section>
    }
}

fn glyph(path: TestPath) -> &'static str {
    match path {
        TestPath::PopUp => "screen",
        TestPath::Click => "cursor",
        TestPath::Sound => "sound",
        TestPath::Badge => "badge",
        TestPath::Tray => "tray",
    }
}

/// What was seen when it was tried last.
fn seen(words: Words, store: &acts::Store, tried: Option<Tried>) -> Html {
    let Some(Tried { path, at, saw }) = tried else {
        return html! { <span class="res mute">{ words.get("desk-test-never") }</span> };
    };
    let time = || words.clock(at);
    let text = match saw {
        Saw::Shown { millis } => {
            let seconds = words.tenths(millis);
            words.with("desk-saw-shown", &[("seconds", seconds.into()), ("time", time().into())])
        }
        Saw::Works => words.get(&format!("desk-saw-works-{path}")),
        Saw::Missing if matches!(path, TestPath::PopUp | TestPath::Click) => words.get("desk-saw-missing"),
        Saw::Missing => words.get(&format!("missing-{path}")),
        Saw::Asks { number } => words.with("desk-saw-asks", &[("n", u64::from(number).into())]),
        Saw::Waits => words.get("desk-saw-waits"),
        Saw::Opened => words.get("desk-saw-opened"),
        Saw::NotClicked => words.get("desk-saw-not-clicked"),
        Saw::NotSeen => words.get("desk-saw-not-seen"),
        Saw::Hushed => words.get("desk-saw-hushed"),
        Saw::Denied => words.get("desk-saw-denied"),
    };
    let (tone, mark) = match saw {
        _ if saw.is_well() => ("ok", "check"),
        Saw::Waits | Saw::Asks { .. } => ("wait", "clock"),
        _ => ("bad", "x"),
    };
    let answer = |seen: bool, key: &str| {
        let send = store.dispatcher();
        let say = Callback::from(move |_: MouseEvent| acts::saw_alert(send.clone(), path, seen));
        html! { <button type="button" class="btn-link" onclick={say}>{ words.get(key) }</button> }
    };
    html! {
        <span class={classes!("res", tone)} role="status">
            { icon14(mark) }<span>{ text }</span>
            if let Saw::Asks { .. } = saw { { answer(true, "desk-yes") }{ answer(false, "desk-no") } }
        </span>
    }
}
