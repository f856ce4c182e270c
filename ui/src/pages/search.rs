//! Search: everything on this desk as one types, newest first, with the words it was found by; below it what only the service has.

use chrono::NaiveDate;
use gemilang_protocol::desk::asked::spelled::{self, Operator};
use gemilang_protocol::desk::asked::{Asked, joined, parted, written};
use gemilang_protocol::desk::views::{Hit, Said};
use gemilang_protocol::{PersonRef, SenderType};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::acts::{self, Store, use_store};
use crate::browser;
use crate::components::asking::{self, FIELD, OFFERS, SAID};
use crate::components::empty::Empty;
use crate::components::icon::{icon, icon12, icon14, status_alone};
use crate::components::keys::kbds;
use crate::components::ringer::Ringer;
use crate::components::ticket_row::marked;
use crate::names;
use crate::saved_views;
use crate::store::Action;
use crate::store::deeds::{self, Deed};
use crate::store::search::{self, Service};
use crate::store::sync::Waits;
use crate::store::{completion, facets};
use crate::words::{Words, use_words};

/// The id of what was found here.
const HERE: &str = "hits-here";

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
    use_effect_with(search.offer, |offer| {
        if let Some(offer) = offer.and_then(|at| browser::by_id(&asking::offer_id(at))) {
            browser::reveal(&offer);
        }
    });
    // What is complete stands before the text, the text is what is left.
    let (operators, rest) = parted(&search.q);
    let operators: Vec<String> = operators.into_iter().map(ToOwned::to_owned).collect();
    let offers = asking::offers(&store, words);
    let on_input = {
        let (send, operators) = (store.dispatcher(), operators.clone());
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            send.dispatch(Action::Search(search::Action::Typed(joined(&operators, &field.value()))));
        })
    };
    let keys = {
        let (store, operators, rest, offers) = (store.clone(), operators.clone(), rest.clone(), offers.clone());
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            let last = offers.all.len().saturating_sub(1);
            let walks = offers.values && !offers.all.is_empty();
            let stands = store.search.offer;
            match event.key().as_str() {
                // What is offered is taken by Tab; by Enter where the keyboard walked to it.
                "Tab" if !event.shift_key() && !offers.all.is_empty() => {
                    let offer = &offers.all[stands.unwrap_or(0).min(last)];
                    asking::retype(&store, completion::taken(&store.search.q, offer));
                }
                "Enter" if walks && stands.is_some() => {
                    let offer = &offers.all[stands.unwrap_or(0).min(last)];
                    asking::retype(&store, completion::taken(&store.search.q, offer));
                }
                "ArrowDown" if walks => {
                    let next = stands.map_or(0, |at| (at + 1).min(last));
                    store.dispatch(Action::Search(search::Action::Offer(Some(next))));
                }
                "ArrowUp" if walks => {
                    let next = stands.and_then(|at| at.checked_sub(1));
                    store.dispatch(Action::Search(search::Action::Offer(next)));
                }
                "Escape" if walks => store.dispatch(Action::Search(search::Action::Hush)),
                // Back over an operator: it is text again, to be changed.
                "Backspace" if at_start(&event) && !operators.is_empty() => {
                    let (before, last) = operators.split_at(operators.len() - 1);
                    let blank = if rest.is_empty() { "" } else { " " };
                    asking::retype(&store, joined(before, &format!("{}{blank}{rest}", last[0])));
                }
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
    let on = match search.offer {
        Some(at) => Some(asking::offer_id(at)),
        None => (!search.hits.is_empty() || !search.elsewhere().is_empty()).then(|| format!("hit-{}", search.at)),
    };
    let said = asking::said(&store, words);
    let controls = if offers.values && !offers.all.is_empty() { OFFERS } else { HERE };
    let is_expanded = on.is_some() || controls == OFFERS;
    html! {
        <main class="pane">
            <Ringer />
            <div class="scroll">
                <div class="page search-page">
                    <h1 class="sr">{ words.get("desk-search-title") }</h1>
                    <div class="ask-round">
                        <div class={classes!("ask-big", (!said.is_empty()).then_some("is-wrong"))} onclick={|_: MouseEvent| browser::focus(FIELD)}>
                            { icon("search") }
                            { for (0..operators.len()).map(|at| asking::chip(&operators, at, &rest, &store, words)) }
                            <input id={FIELD} name="q" type="text" autocomplete="off" spellcheck="false" role="combobox" aria-expanded={is_expanded.to_string()} aria-controls={is_expanded.then_some(controls)} aria-activedescendant={on} aria-describedby={SAID} aria-invalid={(!said.is_empty()).then_some("true")} placeholder={operators.is_empty().then(|| label.clone())} aria-label={label} value={rest.clone()} oninput={on_input} onkeydown={keys} />
                            if !search.asks().is_empty() { { keep(&store, words) } }
                        </div>
                        { asking::list(&offers, &store, words) }
                    </div>
                    <div id={SAID} class="ask-said" role="status">{ for said.iter().map(|text| html! { <p>{ text }</p> }) }</div>
                    { asking::narrower(&offers, &operators, &rest, &store, words) }
                    <div class="cols found-in">
                        <div>if search.asks().is_empty() { { before(&store, words) } } else { { results(&store, words) } }</div>
                        <aside>{ aside(&store, words) }</aside>
                    </div>
                </div>
            </div>
        </main>
    }
}

/// Keeps what is searched for under a name.
fn keep(store: &Store, words: Words) -> Html {
    let store = store.clone();
    let press = Callback::from(move |event: MouseEvent| {
        event.stop_propagation();
        saved_views::name(&store.dispatcher(), &store.search.list());
    });
    html! { <button type="button" class="btn btn-quiet btn-sm keep" onclick={press}>{ words.get("desk-key-save-view") }{ kbds(deeds::keys(Deed::SaveView)) }</button> }
}

/// Whether the keyboard stands before the first letter of a field, and nothing is marked.
fn at_start(event: &KeyboardEvent) -> bool {
    let field = event.target_dyn_into::<HtmlInputElement>();
    field.is_some_and(|field| {
        let (from, to) = (field.selection_start().ok().flatten(), field.selection_end().ok().flatten());
        from == Some(0) && to == Some(0)
    })
}

/// Before anything is typed: what can be found.
fn before(store: &Store, words: Words) -> Html {
    if !store.search.lately.is_empty() {
        return Html::default();
    }
    html! { <Empty icon="search" title={words.get("desk-search-start")} text={words.get("desk-search-start-text")} /> }
}

/// Beside the hits: where the words were found, whose the tickets are, what was looked for lately.
fn aside(store: &Store, words: Words) -> Html {
    let search = &store.search;
    let line = |name: String, count: usize, on: Option<bool>, onclick: Callback<MouseEvent>| {
        html! { <li><button type="button" class={classes!("facet", (on == Some(true)).then_some("is-on"))} aria-pressed={on.map(|on| on.to_string())} {onclick}><span class="cut" title={name.clone()}>{ name }</span><span class="count">{ count }</span></button></li> }
    };
    let places = facets::places(&search.all, &search.q).into_iter().map(|(place, count)| {
        let on = search.only == Some(place);
        let send = store.dispatcher();
        let only = search::Action::Only((!on).then_some(place));
        let press = Callback::from(move |_: MouseEvent| send.dispatch(Action::Search(only.clone())));
        line(words.get(place.key()), count, Some(on), press)
    });
    let places: Vec<Html> = places.collect();
    let asked = Asked::read(&search.q, words.zone.day(store.now));
    let owners = facets::owners(&search.all).into_iter().filter(|_| asked.assignees.is_empty()).map(|(who, count)| {
        let assignee = |value: &str| written(Operator::Assignee.spelled().word(words.is_english()), value);
        let (name, value) = match &who {
            Some(person) if Some(person.id) == store.me() => (words.get("desk-search-me"), words.get("desk-op-mine")),
            Some(person) => (person.name.clone(), assignee(&person.name)),
            None => (words.get("desk-view-unassigned"), assignee(spelled::nobody().word(words.is_english()))),
        };
        let (operators, rest) = parted(&search.q);
        let typed = joined(&[&operators[..], &[value.as_str()]].concat(), &rest);
        let store = store.clone();
        line(name, count, None, Callback::from(move |_: MouseEvent| asking::retype(&store, typed.clone())))
    });
    let owners: Vec<Html> = owners.collect();
    let lately = search.lately.iter().map(|q| {
        let (store, again) = (store.clone(), format!("{q} "));
        let onclick = Callback::from(move |_: MouseEvent| asking::retype(&store, again.clone()));
        html! { <li><button type="button" class="facet" {onclick}>{ icon14("clock") }<span class="cut" title={q.clone()}>{ q }</span></button></li> }
    });
    let lately: Vec<Html> = lately.collect();
    let part = |key: &str, lines: Vec<Html>| {
        (!lines.is_empty()).then(|| html! { <section class="block"><h2 class="block-title">{ words.get(key) }</h2><ul class="facets">{ for lines }</ul></section> })
    };
    html! { <>{ part("desk-search-found-in", places) }{ part("desk-assignee", owners) }{ part("desk-search-lately", lately) }</> }
}

fn results(store: &Store, words: Words) -> Html {
    let search = &store.search;
    if Asked::read(&search.q, words.zone.day(store.now)).is_all() {
        // An operator that is not typed to its end asks for nothing yet.
        return html! { <div id="hits"></div> };
    }
    let elsewhere = search.elsewhere();
    let nothing = search.took.is_some() && search.hits.is_empty();
    let here = if nothing && elsewhere.is_empty() {
        let title = words.with("desk-empty-search", &[("q", search.asks().into())]);
        html! { <Empty icon="search" {title} text={words.get("desk-empty-search-text")} /> }
    } else {
        let (shown, total) = (search.hits.len() as u64, search.shown());
        let meta = match search.took {
            Some(took) if total > shown => words.with(
                "desk-search-here-some",
                &[("n", shown.into()), ("of", total.into()), ("time", seconds(took, words).into())],
            ),
            Some(took) => {
                words.with("desk-search-here-count", &[("n", total.into()), ("time", seconds(took, words).into())])
            }
            None => String::new(),
        };
        html! {
            <section class="block">
                <h2 class="block-title"><span>{ words.get("desk-search-here") }{ " " }<span class="meta num" role="status">{ meta }</span></span></h2>
                if nothing { <p class="soft">{ words.get("desk-search-here-none") }</p> }
                <div id={HERE} role={(!search.hits.is_empty()).then_some("listbox")} aria-label={(!search.hits.is_empty()).then(|| words.get("desk-search-here"))}>{ for search.hits.iter().enumerate().map(|(at, it)| hit(it, at, true, store, words)) }</div>
            </section>
        }
    };
    let first = search.hits.len();
    html! {
        <div id="hits">
            { here }
            // Without words nothing is older: the heads of all tickets are here.
            if !facets::marks(&search.q).is_empty() {
                <section class="block" aria-busy={(search.service == Service::Asked).to_string()}>
                    <h2 class="block-title"><span>{ words.get("desk-search-old") }{ " " }<span class="meta num" role="status">{ told(store, words, elsewhere.len()) }</span></span></h2>
                    <div role={(!elsewhere.is_empty()).then_some("listbox")} aria-label={(!elsewhere.is_empty()).then(|| words.get("desk-search-old"))}>{ for elsewhere.into_iter().enumerate().map(|(at, it)| hit(it, first + at, false, store, words)) }</div>
                </section>
            }
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
        _ if search.is_of_this_desk() => words.get("desk-search-old-only-here"),
        (Service::Found(_), _) if found == 0 => words.get("desk-search-old-none"),
        // The service finds words, wherever they stand.
        (Service::Found(_), _) if is_loose(&search.q) => words.with("desk-search-old-loosely", &[("n", found.into())]),
        (Service::Found(_), _) => words.with("desk-search-old-count", &[("n", found.into())]),
        (_, waits) if waits != Waits::Nothing => words.get("desk-search-old-offline"),
        (Service::Silent, _) => words.get("desk-search-old-silent"),
        (Service::Unasked, _) if !search.is_for_service() => words.get("desk-search-old-short"),
        (Service::Unasked | Service::Asked, _) => words.get("desk-search-old-asking"),
    }
}

/// Whether something is asked for that only the conversation itself can tell.
fn is_loose(q: &str) -> bool {
    let asked = Asked::read(q, NaiveDate::default());
    !asked.exact.is_empty() || !asked.without.is_empty()
}

fn seconds(took: u32, words: Words) -> String {
    let hundredths = took.div_ceil(10).max(1);
    let comma = if words.language == gemilang_locales::Language::Id { ',' } else { '.' };
    format!("{}{comma}{:02}", hundredths / 100, hundredths % 100)
}

fn hit(hit: &Hit, at: usize, here: bool, store: &Store, words: Words) -> Html {
    let row = &hit.row;
    let q = facets::marks(&store.search.q);
    let q = q.as_str();
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
