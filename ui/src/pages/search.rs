//! Search: everything on this desk as one types, newest first, with the words it was found by; below it what only the service has.

use gemilang_protocol::desk::views::{Hit, Said};
use gemilang_protocol::{PersonRef, SenderType};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::acts::{self, Store, use_store};
use crate::browser;
use crate::components::empty::Empty;
use crate::components::icon::{icon, icon12, icon14, status_alone};
use crate::components::ringer::Ringer;
use crate::components::ticket_row::marked;
use crate::names;
use crate::store::Action;
use crate::store::search::{self, Service};
use crate::store::sync::Waits;
use crate::words::{Words, use_words};

/// The id of the field.
pub(crate) const FIELD: &str = "search-field";

/// The search page.
#[component]
pub(crate) fn Search() -> Html {
    let store = use_store();
    let words = use_words();
    let search = &store.search;
    use_effect_with(search.focus, |_| {
        browser::focus(FIELD);
        browser::select(FIELD);
    });
    use_effect_with(search.at, |at| {
        if let Some(hit) = browser::by_id(&format!("hit-{at}")) {
            browser::reveal(&hit);
        }
    });
    {
        let send = store.dispatcher();
        let wanted = search.wanted().map(|(hit, here)| (hit.clone(), here));
        use_effect_with(wanted, move |wanted| {
            if let Some((hit, here)) = wanted {
                acts::open_hit(&send, hit, *here);
            }
        });
    }
    let on_input = {
        let send = store.dispatcher();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            send.dispatch(Action::Search(search::Action::Typed(field.value())));
        })
    };
    let keys = {
        let store = store.clone();
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "ArrowDown" => store.dispatch(Action::Search(search::Action::Move(1))),
                "ArrowUp" => store.dispatch(Action::Search(search::Action::Move(-1))),
                "Enter" => {
                    let service = store.sync.is_connected();
                    store.dispatch(Action::Search(search::Action::Enter { service }));
                }
                "Escape" if !store.search.q.is_empty() => {
                    store.dispatch(Action::Search(search::Action::Typed(String::new())));
                }
                "Escape" => store.dispatch(Action::Back),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let label = words.get("desk-search-label");
    let on = (!search.hits.is_empty() || !search.elsewhere().is_empty()).then(|| format!("hit-{}", search.at));
    html! {
        <main class="pane">
            <Ringer />
            <div class="scroll">
                <div class="page search-page">
                    <h1 class="sr">{ words.get("desk-search-title") }</h1>
                    <label class="ask-big" for={FIELD}>
                        { icon("search") }
                        <input id={FIELD} name="q" type="text" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="true" aria-controls="hits" aria-activedescendant={on} placeholder={label.clone()} aria-label={label} value={search.q.clone()} oninput={on_input} onkeydown={keys} />
                    </label>
                    if search.asks().is_empty() { { before(&store, words) } } else { { results(&store, words) } }
                </div>
            </div>
        </main>
    }
}

/// Before anything is typed: what can be found, and what was looked for lately.
fn before(store: &Store, words: Words) -> Html {
    let lately = store.search.lately.iter().map(|q| {
        let (send, again) = (store.dispatcher(), q.clone());
        let on_click = Callback::from(move |_: MouseEvent| {
            send.dispatch(Action::Search(search::Action::Typed(again.clone())));
            send.dispatch(Action::Search(search::Action::Focus));
        });
        html! { <li><button type="button" class="lately" onclick={on_click}>{ icon14("clock") }<span class="cut">{ q }</span></button></li> }
    });
    if store.search.lately.is_empty() {
        return html! { <Empty icon="search" title={words.get("desk-search-start")} text={words.get("desk-search-start-text")} /> };
    }
    html! {
        <section class="block"><h2 class="block-title">{ words.get("desk-search-lately") }</h2><ul class="lately-list">{ for lately }</ul></section>
    }
}

fn results(store: &Store, words: Words) -> Html {
    let search = &store.search;
    let elsewhere = search.elsewhere();
    let nothing = search.took.is_some() && search.hits.is_empty();
    let here = if nothing && elsewhere.is_empty() {
        let title = words.with("desk-empty-search", &[("q", search.asks().into())]);
        html! { <Empty icon="search" {title} text={words.get("desk-empty-search-text")} /> }
    } else {
        let shown = search.hits.len() as u64;
        let meta = match search.took {
            Some(took) if search.total > shown => words.with(
                "desk-search-here-some",
                &[("n", shown.into()), ("of", search.total.into()), ("time", seconds(took, words).into())],
            ),
            Some(took) => words
                .with("desk-search-here-count", &[("n", search.total.into()), ("time", seconds(took, words).into())]),
            None => String::new(),
        };
        html! {
            <section class="block">
                <h2 class="block-title"><span>{ words.get("desk-search-here") }{ " " }<span class="meta num" role="status">{ meta }</span></span></h2>
                if nothing { <p class="soft">{ words.get("desk-search-here-none") }</p> }
                <div>{ for search.hits.iter().enumerate().map(|(at, it)| hit(it, at, true, store, words)) }</div>
            </section>
        }
    };
    let first = search.hits.len();
    html! {
        <div id="hits" role="listbox" aria-label={words.get("desk-search-title")}>
            { here }
            <section class="block" aria-busy={(search.service == Service::Asked).to_string()}>
                <h2 class="block-title"><span>{ words.get("desk-search-old") }{ " " }<span class="meta num" role="status">{ told(store, words, elsewhere.len()) }</span></span></h2>
                <div>{ for elsewhere.into_iter().enumerate().map(|(at, it)| hit(it, first + at, false, store, words)) }</div>
            </section>
            <p class="meta hints">
                <span><span class="keys"><kbd>{ "↑" }</kbd><kbd>{ "↓" }</kbd></span>{ " " }{ words.get("desk-search-hint-choose") }</span>
                <span><kbd>{ "↵" }</kbd>{ " " }{ words.get("desk-search-hint-open") }</span>
                <span><kbd>{ "Esc" }</kbd>{ " " }{ words.get("desk-menu-back") }</span>
            </p>
        </div>
    }
}

/// What is known of older conversations, which are not on this desk.
fn told(store: &Store, words: Words, found: usize) -> String {
    let search = &store.search;
    match (&search.service, store.sync.waits()) {
        (Service::Found(_), _) if found == 0 => words.get("desk-search-old-none"),
        (Service::Found(_), _) => words.with("desk-search-old-count", &[("n", found.into())]),
        (_, waits) if waits != Waits::Nothing => words.get("desk-search-old-offline"),
        (Service::Silent, _) => words.get("desk-search-old-silent"),
        (Service::Unasked, _) if !search.is_for_service() => words.get("desk-search-old-short"),
        (Service::Unasked | Service::Asked, _) => words.get("desk-search-old-asking"),
    }
}

fn seconds(took: u32, words: Words) -> String {
    let hundredths = took.div_ceil(10).max(1);
    let comma = if words.language == gemilang_locales::Language::Id { ',' } else { '.' };
    format!("{}{comma}{:02}", hundredths / 100, hundredths % 100)
}

fn hit(hit: &Hit, at: usize, here: bool, store: &Store, words: Words) -> Html {
    let row = &hit.row;
    let q = store.search.asks();
    let on = store.search.at == at;
    let open = {
        let (send, hit) = (store.dispatcher(), hit.clone());
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            acts::open_hit(&send, &hit, here);
        })
    };
    let (by, text) = quote(hit, store, words);
    let days = row.event_date.map(|day| words.days_to(store.now, day, row.event_zone.unwrap_or(words.zone)));
    html! {
        <a class={classes!("hit", on.then_some("is-on"))} id={format!("hit-{at}")} href="#" role="option" aria-selected={on.to_string()} tabindex="-1" data-hit={row.number.to_string()} onclick={open}>
            { status_alone(row.status, words.status(row.status)) }
            <span class="hit-body">
                <span class="cut block-line" title={row.subject.clone()}><span class="num mute">{ marked(&row.number.to_string(), q) }</span>{ " " }<b>{ marked(&row.subject, q) }</b></span>
                <span class="quote cut" title={text.clone()}><span class="mute">{ marked(&by, q) }{ ":" }</span>{ " " }{ marked(&text, q) }</span>
            </span>
            <span class="end">
                <time class="meta num" title={words.full(row.last_message_at)}>{ words.age(store.now, row.last_message_at) }</time>
                if here {
                    if let Some(days) = days { <span class="hday" title={words.get("desk-days-to-event")}>{ days }</span> }
                } else {
                    <span class="meta from-service">{ icon12("globe") }{ words.get("desk-search-from-service") }</span>
                }
            </span>
        </a>
    }
}

/// Whose words are quoted, and the words: those that hold what is looked for, else the last ones said.
fn quote(hit: &Hit, store: &Store, words: Words) -> (String, String) {
    let me = store.me();
    let name = |person: &PersonRef| {
        if Some(person.id) == me {
            words.get("desk-you")
        } else if person.id == hit.row.customer.id && hit.said.is_none() {
            // Nobody said the words: perhaps they are this very name, so it is told whole.
            person.name.clone()
        } else {
            names::short(&person.name)
        }
    };
    match &hit.said {
        Some(Said { by, note, text, .. }) => {
            let who = by.as_ref().map_or_else(|| words.get("sender-system"), name);
            let who = if *note { words.with("desk-search-note-by", &[("name", who.into())]) } else { who };
            (who, text.clone())
        }
        None => {
            let last = &hit.row.last_message;
            let who = match (&last.sender, last.sender_type) {
                (Some(person), _) => name(person),
                (None, SenderType::Customer) => hit.row.customer.name.clone(),
                (None, _) => words.get("sender-system"),
            };
            (who, last.text.split_whitespace().collect::<Vec<_>>().join(" "))
        }
    }
}
