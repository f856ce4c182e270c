//! The ledger: every alert of 30 days with what became of it and why, by result and by words.

use gemilang_protocol::Time;
use gemilang_protocol::alert::{AlertEntry, AlertResult, AlertStep, Why};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::acts::{self, use_store};
use crate::browser;
use crate::components::empty::Empty;
use crate::components::icon::{icon, icon12};
use crate::components::menu::{Anchor, Menu, Opt};
use crate::store::Action;
use crate::store::alerts::{self, burst, clicked_after};
use crate::words::{Words, use_words};

/// The id of the field.
const FIELD: &str = "ledger-q";

/// The ledger.
#[component]
pub(crate) fn LedgerList() -> Html {
    let store = use_store();
    let words = use_words();
    let menu = use_state(|| None::<Anchor>);
    let alerts = &store.alerts;
    let send = store.dispatcher();
    use_effect_with(alerts.seeks, |seeks| {
        if *seeks {
            browser::focus(FIELD);
        }
    });
    let open = {
        let menu = menu.clone();
        Callback::from(move |event: MouseEvent| menu.set(browser::button(&event).map(|it| Anchor::of(&it))))
    };
    let field = {
        let (send, seeks) = (send.clone(), alerts.seeks);
        Callback::from(move |_: MouseEvent| send.dispatch(Action::Alerts(alerts::Action::Field(!seeks))))
    };
    let typed = {
        let send = send.clone();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            send.dispatch(Action::Alerts(alerts::Action::Seek(field.value())));
        })
    };
    let key = {
        let send = send.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                send.dispatch(Action::Alerts(alerts::Action::Field(false)));
            }
        })
    };
    let older = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| acts::older_alerts(&store))
    };
    let filter = alerts.result.map_or_else(|| words.get("desk-ledger-all"), |result| word(words, result));
    let narrowed = alerts.asks() != alerts::Asks::default();
    let rows = alerts.entries.iter().map(|entry| {
        let show = {
            let (send, ticket) = (send.clone(), entry.ticket());
            Callback::from(move |event: MouseEvent| {
                event.prevent_default();
                if let Some(ticket) = ticket {
                    send.dispatch(Action::Show(ticket));
                }
            })
        };
        let about = entry.about.as_ref();
        let line = html! {
            <>
                <time title={words.full(entry.raised_at())}>{ time(words, store.now, entry.raised_at()) }</time>
                <span class="what"><span class="cut" title={about.map(|about| about.subject.clone())}>{ for about.map(|about| html! { <><b>{ about.number.to_string() }</b>{ " " }</> }) }{ title(words, entry) }</span><span class="why">{ sentence(words, entry) }</span></span>
                <span class={classes!("tagword", tone(entry.result))}>{ tag(words, entry) }</span>
            </>
        };
        let (key, result) = (entry.id.to_string(), entry.result.as_str());
        // What is about no ticket leads nowhere.
        if about.is_some() {
            html! { <a class="line ledger" href="#" {key} data-result={result} data-reason={entry.reason.as_str()} onclick={show}>{ line }</a> }
        } else {
            html! { <div class="line ledger" {key} data-result={result} data-reason={entry.reason.as_str()}>{ line }</div> }
        }
    });
    html! {
        <section class="block" aria-label={words.get("desk-ledger")}>
            <div class="block-title">
                <h2>{ words.get("desk-ledger") }</h2><span class="meta">{ words.get("desk-ledger-days") }</span>
                <span class="grow"></span>
                <button type="button" class={classes!("chip", alerts.result.is_some().then_some("is-on"))} aria-haspopup="menu" aria-expanded={menu.is_some().to_string()} onclick={open}>{ filter }{ icon12("cd") }</button>
                <button type="button" class={classes!("btn", "btn-icon", alerts.seeks.then_some("is-set"))} aria-label={words.get("desk-ledger-seek")} aria-expanded={alerts.seeks.to_string()} onclick={field}>{ icon("search") }</button>
            </div>
            if alerts.seeks {
                <input id={FIELD} class="form-control ledger-q" type="search" autocomplete="off" spellcheck="false" placeholder={words.get("desk-ledger-seek-hint")} aria-label={words.get("desk-ledger-seek")} value={alerts.q.clone()} oninput={typed} onkeydown={key} />
            }
            <div class="lines-table">
                { for rows }
                if alerts.answered && alerts.entries.is_empty() {
                    if narrowed {
                        <Empty icon="filter" title={words.get("desk-empty-filter")} text={words.get("desk-empty-ledger-filter")} />
                    } else {
                        <Empty icon="bell" title={words.get("desk-empty-ledger")} />
                    }
                }
            </div>
            if alerts.more {
                <button type="button" class="btn btn-sm btn-outline-secondary" onclick={older}>{ words.get("desk-ledger-older") }</button>
            }
            if let Some(anchor) = *menu {
                <Menu {anchor} label={words.get("desk-ledger-filter")} options={results(words, alerts.result)} on_choose={{
                    let (menu, send) = (menu.clone(), send.clone());
                    move |at: usize| {
                        menu.set(None);
                        let result = at.checked_sub(1).map(|at| AlertResult::ALL[at]);
                        send.dispatch(Action::Alerts(alerts::Action::Only(result)));
                    }
                }} on_close={let menu = menu.clone(); move |()| menu.set(None)} width={180} />
            }
        </section>
    }
}

fn results(words: Words, on: Option<AlertResult>) -> Vec<Opt> {
    let all = Opt { text: words.get("desk-ledger-all"), is_on: on.is_none(), ..Opt::default() };
    let each = AlertResult::ALL.iter().map(|result| Opt {
        text: word(words, *result),
        is_on: on == Some(*result),
        ..Opt::default()
    });
    std::iter::once(all).chain(each).collect()
}

fn word(words: Words, result: AlertResult) -> String {
    words.get(&format!("desk-result-{result}"))
}

fn time(words: Words, now: Time, at: Time) -> String {
    if words.zone.day(now) == words.zone.day(at) { words.clock_seconds(at) } else { words.when(now, at) }
}

fn tone(result: AlertResult) -> Option<&'static str> {
    match result {
        AlertResult::Shown => Some("info"),
        AlertResult::Ringing => Some("urgent"),
        AlertResult::Clicked => Some("success"),
        AlertResult::NotShown => Some("warning"),
        AlertResult::HeldBack | AlertResult::Grouped | AlertResult::Withdrawn => None,
    }
}

fn tag(words: Words, entry: &AlertEntry) -> String {
    match clicked_after(entry).filter(|_| entry.result == AlertResult::Clicked) {
        Some(seconds) if seconds < 100 => words.with("desk-result-clicked-seconds", &[("n", seconds.into())]),
        Some(seconds) => words.with("desk-result-clicked-minutes", &[("n", (seconds / 60).into())]),
        None => word(words, entry.result),
    }
}

fn title(words: Words, entry: &AlertEntry) -> String {
    match burst(entry) {
        Some(count) => words.with("desk-ledger-burst", &[("n", u64::from(count).into())]),
        None => words.get(&format!("desk-reason-{}", entry.reason)),
    }
}

/// Why it was raised, and what became of it last.
fn sentence(words: Words, entry: &AlertEntry) -> String {
    let Some(first) = entry.steps.first() else { return String::new() };
    let mut parts = vec![why(words, entry, first)];
    if entry.inputs.quiet && entry.reason.is_urgent() && first.result == AlertResult::Ringing {
        parts.insert(0, words.get("desk-why-through-quiet"));
    }
    if let [_, .., last] = entry.steps.as_slice() {
        parts.push(then(words, entry, last));
    } else if let Some(round) = first.round.filter(|round| *round > 1) {
        parts.push(words.with("desk-ledger-round", &[("n", u64::from(round).into())]));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

fn then(words: Words, entry: &AlertEntry, step: &AlertStep) -> String {
    let at = words.clock_seconds(step.at);
    match step.result {
        AlertResult::Ringing if step.why == Some(Why::DaemonBack) => why(words, entry, step),
        AlertResult::Ringing => {
            let round = u64::from(step.round.unwrap_or(1));
            let again = words.with("desk-ledger-again", &[("time", at.into()), ("n", round.into())]);
            // What was held back at first rings for another reason than it was held back for.
            match entry.steps.first().map(|first| first.result) {
                Some(AlertResult::Ringing) => again,
                _ if round > 1 => format!("{} {again}", why(words, entry, step)),
                _ => why(words, entry, step),
            }
        }
        AlertResult::Withdrawn => {
            words.with("desk-ledger-withdrawn", &[("why", why(words, entry, step).into()), ("time", at.into())])
        }
        AlertResult::Clicked => String::new(),
        _ => why(words, entry, step),
    }
}

/// A reason in words.
fn why(words: Words, entry: &AlertEntry, step: &AlertStep) -> String {
    let urgent = entry.reason.is_urgent();
    match &step.why {
        None => String::new(),
        Some(Why::OnDuty) if urgent => words.get("desk-why-on-duty-urgent"),
        Some(Why::OnDuty) => words.get("desk-why-on-duty"),
        Some(Why::NobodyOnDuty) => words.get("desk-why-nobody"),
        Some(Why::AdminsToo) => words.get("desk-why-admins"),
        Some(Why::Yours) => words.get("desk-why-yours"),
        Some(Why::HolderOff { name }) => words.with("desk-why-holder-off", &[("name", name.as_str().into())]),
        Some(Why::Reading { idle }) => words.with("desk-why-reading", &[("n", u64::from(*idle).into())]),
        Some(Why::Paused { until }) => words.with("desk-why-paused", &[("time", words.clock(*until).into())]),
        Some(Why::OffDuty) => words.get("desk-why-off-duty"),
        Some(Why::SwitchedOff) => words.get("desk-why-switched-off"),
        Some(Why::Late { minutes }) => words.with("desk-why-late", &[("n", u64::from(*minutes).into())]),
        Some(Why::Burst { .. }) => {
            let seconds = (step.at - entry.raised_at()).num_seconds().max(1);
            words.with("desk-why-burst", &[("n", seconds.into())])
        }
        Some(Why::Taken { name }) => words.with("desk-why-taken", &[("name", name.as_str().into())]),
        Some(Why::Rings) => words.get("desk-why-rings"),
        Some(Why::Ended) => words.get("desk-why-ended"),
        Some(Why::Calmed) => words.get("desk-why-calmed"),
        Some(Why::Read { name }) => words.with("desk-why-read", &[("name", name.as_str().into())]),
        Some(Why::Answered { name }) => words.with("desk-why-answered", &[("name", name.as_str().into())]),
        Some(Why::Called) => words.get("desk-why-called"),
        Some(Why::ThreadMoved) => words.get("desk-why-moved"),
        Some(Why::Meanwhile { counts }) => words.meanwhile(*counts),
        Some(Why::PutOff) => words.get("desk-why-put-off"),
        Some(Why::DaemonBack) => words.get("desk-why-daemon-back"),
        Some(Why::Asked) => words.get("desk-why-asked"),
        Some(Why::Quiet { from, to, summary }) => {
            let key = if *summary { "desk-why-quiet-summary" } else { "desk-why-quiet" };
            words.with(key, &[("from", from.to_string().into()), ("to", to.to_string().into())])
        }
        Some(Why::Snoozed { until }) => words.with("desk-why-snoozed", &[("time", words.clock(*until).into())]),
        Some(Why::Decided) => words.get("desk-why-decided"),
        Some(Why::FocusMode) => words.get("desk-why-focus-mode"),
        Some(Why::Denied) => words.get("desk-why-denied"),
        Some(Why::NoDaemon) => words.get("desk-why-no-daemon"),
    }
}
