//! Opening hours: a week, and the days that are not as their weekday. Each change is kept when its field is left.

use chrono::{Datelike, Days, NaiveDate};
use gemilang_locales::dates;
use gemilang_protocol::OpeningHours;
use gemilang_protocol::desk::commands::CommandCode;
use gemilang_protocol::hours::Exception;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use crate::acts::use_store;
use crate::browser;
use crate::components::icon::{icon12, icon14};
use crate::hours::{self, Saver};
use crate::store::Action;
use crate::store::hours::{Action as Told, End, Field, NewException};
use crate::store::navigation::Page;
use crate::words::{Words, use_words};

/// A Monday: names of weekdays come from dates.
const MONDAY: NaiveDate = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a date");
const ADD: &str = "act-add-date";

/// The block.
#[component]
pub(super) fn HoursBlock() -> Html {
    let store = use_store();
    let words = use_words();
    let adds = use_state(|| false);
    let saver = use_memo((), |()| Saver::default());
    let at = use_node_ref();
    let connected = store.sync.is_connected();
    {
        let send = store.dispatcher();
        use_effect_with((store.me(), connected), move |(_, connected)| {
            if *connected {
                hours::read(send);
            }
        });
    }
    {
        let at = at.clone();
        use_effect_with((store.place.page, store.team.told.is_some()), move |(page, _)| {
            if let Some(block) = at.cast::<Element>().filter(|_| *page == Page::Hours) {
                block.scroll_into_view();
            }
        });
    }
    let table = store.hours.table();
    let today = table.zone.day(store.now);
    let fault = store.hours.fault.as_ref().map(|error| match error.code {
        CommandCode::ServerSilent => words.get("desk-set-needs-line"),
        _ => words.error(error),
    });
    let fault = fault.or_else(|| (!connected).then(|| words.get("desk-set-needs-line")));
    let can = connected && store.hours.is_read;
    let toggle = {
        let adds = adds.clone();
        Callback::from(move |_: MouseEvent| adds.set(!*adds))
    };
    let close = {
        let adds = adds.setter();
        Callback::from(move |()| {
            adds.set(false);
            browser::focus(ADD);
        })
    };
    let ahead: Vec<_> = table.exceptions.iter().filter(|it| it.date >= today).cloned().collect();
    html! {
        <section class="block" id="hours" ref={at}>
            <div class="block-title"><h2>{ words.get("desk-hours") }</h2><span class="meta">{ table.zone.to_string() }</span></div>
            if let Some(fault) = fault { <p class="banner danger in-block" role="alert">{ icon14("warn") }<span>{ fault }</span></p> }
            <div class="hours-cols">
                <div class="lines-table">
                    { for (0..7).map(|day| html! { <DayLine key={day} {day} today={today.weekday().num_days_from_monday() as usize == day} {can} saver={(*saver).clone()} /> }) }
                </div>
                <div>
                    <div class="block-title lesser"><h3>{ words.get("desk-hours-exceptions") }</h3><span class="grow"></span>
                        <button type="button" id={ADD} class="btn btn-xs btn-quiet" aria-expanded={adds.to_string()} disabled={!can} onclick={toggle}>{ icon12("plus") }{ words.get("desk-hours-add") }</button>
                    </div>
                    if *adds && can { <AddForm {today} saver={(*saver).clone()} on_close={close} /> }
                    if ahead.is_empty() {
                        if !*adds { <p class="meta none">{ words.get("desk-hours-no-exceptions") }</p> }
                    } else {
                        <div class="lines-table" id="exceptions">
                            { for ahead.iter().map(|it| html! { <ExceptionLine key={it.date.to_string()} exception={it.clone()} year={today.year()} {can} saver={(*saver).clone()} /> }) }
                        </div>
                    }
                    <p class="meta foot">{ words.get("desk-hours-foot") }</p>
                </div>
            </div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct DayProps {
    /// Monday is 0.
    day: usize,
    today: bool,
    can: bool,
    saver: Saver,
}

/// One day of the week.
#[component]
fn DayLine(props: &DayProps) -> Html {
    let store = use_store();
    let words = use_words();
    let day = props.day;
    let name = dates::weekday(MONDAY + Days::new(day as u64), words.language);
    let fields = store.hours.fields(day);
    let wrong = store.hours.wrong(day);
    let said = format!("hours-wrong-{day}");
    let switch = {
        let (store, saver) = (store.clone(), props.saver.clone());
        Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            let send = store.dispatcher();
            saver.save(send.clone(), store.hours.open(day, field.checked()));
            send.dispatch(Action::Hours(Told::Settled(day)));
        })
    };
    let clock = |span: usize, end: End, value: String| {
        let typed = {
            let send = store.dispatcher();
            Callback::from(move |event: InputEvent| {
                let field: HtmlInputElement = event.target_unchecked_into();
                send.dispatch(Action::Hours(Told::Typed(day, span, end, field.value())));
            })
        };
        let left = {
            let (store, saver) = (store.clone(), props.saver.clone());
            Callback::from(move |_: Event| {
                if let Some(table) = store.hours.left(day) {
                    let send = store.dispatcher();
                    saver.save(send.clone(), table);
                    send.dispatch(Action::Hours(Told::Settled(day)));
                }
            })
        };
        let is_wrong = wrong.is_some_and(|(at, of, _)| (at, of) == (span, end));
        let key = if end == End::Opens { "desk-hours-opens" } else { "desk-hours-closes" };
        let named = if span == 0 { name.to_owned() } else { format!("{name} {}", span + 1) };
        html! {
            <input name={name_of(day, span, end)} class={classes!("form-control", is_wrong.then_some("is-invalid"))} inputmode="numeric" autocomplete="off" maxlength="5"
                aria-label={words.with(key, &[("day", named.as_str().into())])} aria-invalid={is_wrong.to_string()} aria-describedby={is_wrong.then(|| said.clone())}
                {value} disabled={!props.can} oninput={typed} onchange={left} />
        }
    };
    // A break is put in beside the first span, and taken out with the span behind it.
    let end_of = |span: usize| {
        let save = |table: OpeningHours| {
            let (store, saver) = (store.clone(), props.saver.clone());
            Callback::from(move |_: MouseEvent| {
                let send = store.dispatcher();
                saver.save(send.clone(), table.clone());
                send.dispatch(Action::Hours(Told::Settled(day)));
            })
        };
        if span > 0 {
            let label = words.with("desk-hours-no-break", &[("day", name.into())]);
            return html! { <button type="button" class="btn btn-icon btn-xs" aria-label={label.clone()} title={label} disabled={!props.can} onclick={save(store.hours.without(day, span))}>{ icon12("x") }</button> };
        }
        let label = words.with("desk-hours-break", &[("day", name.into())]);
        match store.hours.with_break(day) {
            Some(table) => {
                html! { <button type="button" class="btn btn-icon btn-xs" data-break={day.to_string()} aria-label={label.clone()} title={label} disabled={!props.can} onclick={save(table)}>{ icon12("plus") }</button> }
            }
            None => Html::default(),
        }
    };
    html! {
        <div class={classes!("line", "hours", props.today.then_some("today"))} data-day={day.to_string()}>
            <span>{ name }</span>
            if fields.is_empty() {
                <span class="mute">{ words.get("desk-hours-closed") }</span>
            } else {
                <span class="spans">
                    { for fields.into_iter().enumerate().map(|(at, [opens, closes])| html! {
                        <span class="span-time" key={at}>{ clock(at, End::Opens, opens) }{ "–" }{ clock(at, End::Closes, closes) }{ end_of(at) }</span>
                    }) }
                </span>
            }
            <span class="error" id={said.clone()} aria-live="polite">if let Some((.., wrong)) = wrong { { words.get(wrong.0) } }</span>
            <input type="checkbox" class="switch" role="switch" aria-label={words.with("desk-hours-is-open", &[("day", name.into())])} checked={!store.hours.fields(day).is_empty()} disabled={!props.can} onchange={switch} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ExceptionProps {
    exception: Exception,
    /// The year it is: another one is said.
    year: i32,
    can: bool,
    saver: Saver,
}

/// The name of a field: `opens-0` of Monday's first span, `closes-0-1` of its second.
fn name_of(day: usize, span: usize, end: End) -> String {
    let end = if end == End::Opens { "opens" } else { "closes" };
    if span == 0 { format!("{end}-{day}") } else { format!("{end}-{day}-{span}") }
}

/// A day that is not as its weekday.
#[component]
fn ExceptionLine(props: &ExceptionProps) -> Html {
    let store = use_store();
    let words = use_words();
    let it = &props.exception;
    let day = named(words, it.date, props.year);
    let remove = {
        let (store, saver, date) = (store.clone(), props.saver.clone(), it.date);
        Callback::from(move |_: MouseEvent| saver.save(store.dispatcher(), store.hours.remove(date)))
    };
    let what = if it.note.is_empty() { day.clone() } else { it.note.clone() };
    html! {
        <div class="line except" data-date={it.date.to_string()}>
            <span class="num">{ day }</span>
            <span class="cut soft" title={it.note.clone()}>{ &it.note }</span>
            if it.hours.is_closed() {
                <span class="num mute">{ words.get("desk-hours-closed") }</span>
            } else {
                <span class="num">{ it.hours.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ") }</span>
            }
            <button type="button" class="btn btn-icon" aria-label={words.with("desk-hours-remove", &[("what", what.into())])} disabled={!props.can} onclick={remove}>{ icon14("x") }</button>
        </div>
    }
}

/// `Jum, 25 Des`, with its year when it is another one.
fn named(words: Words, date: NaiveDate, year: i32) -> String {
    let weekday: String = dates::weekday(date, words.language).chars().take(3).collect();
    let date_short = dates::date_short(date, words.language);
    let day =
        if date.year() == year { date_short.trim_end_matches(&format!(" {year}")).to_owned() } else { date_short };
    format!("{weekday}, {day}")
}

#[derive(Properties, PartialEq)]
struct AddProps {
    today: NaiveDate,
    saver: Saver,
    on_close: Callback<()>,
}

/// One more such day: its date, its name, and its hours if it has any. The date is read back.
#[component]
fn AddForm(props: &AddProps) -> Html {
    let store = use_store();
    let words = use_words();
    let new = use_state(NewException::default);
    let wrong = use_state(|| None::<(Field, &'static str)>);
    use_effect_with((), |()| browser::focus(id(Field::Date)));
    let submit = {
        let (store, saver, new, wrong, close) =
            (store.clone(), props.saver.clone(), new.clone(), wrong.setter(), props.on_close.clone());
        let today = props.today;
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let table = new.read(today).and_then(|it| store.hours.add(it).map_err(|wrong| (Field::Date, wrong)));
            match table {
                Ok(table) => {
                    saver.save(store.dispatcher(), table);
                    close.emit(());
                }
                Err((field, why)) => {
                    browser::focus(id(field));
                    wrong.set(Some((field, why.0)));
                }
            }
        })
    };
    let field = |field: Field,
                 label: String,
                 value: &str,
                 placeholder: &'static str,
                 put: fn(&mut NewException, String)| {
        let typed = {
            let (new, wrong) = (new.clone(), wrong.setter());
            Callback::from(move |event: InputEvent| {
                let input: HtmlInputElement = event.target_unchecked_into();
                let mut changed = (*new).clone();
                put(&mut changed, input.value());
                new.set(changed);
                wrong.set(None);
            })
        };
        let is_wrong = wrong.is_some_and(|(of, _)| of == field);
        html! {
            <input type="text" id={id(field)} class={classes!("form-control", is_wrong.then_some("is-invalid"))} autocomplete="off" aria-label={label} {placeholder} value={value.to_owned()} oninput={typed} aria-invalid={is_wrong.to_string()} aria-describedby="except-said" />
        }
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
    let cancel = props.on_close.reform(|_: MouseEvent| ());
    let read = crate::store::hours::date(&new.date, props.today);
    html! {
        <form class="set-form except-form" onsubmit={submit} onkeydown={keys} novalidate=true>
            <div class="quiet-row">
                { field(Field::Date, words.get("desk-hours-date"), &new.date, "25/12", |new, text| new.date = text) }
                { field(Field::Note, words.get("desk-hours-note"), &new.note, "", |new, text| new.note = text) }
            </div>
            <div class="quiet-row">
                <span class="span-time">
                    { field(Field::Opens, words.get("desk-hours-from"), &new.hours[0], "", |new, text| new.hours[0] = text) }{ "–" }
                    { field(Field::Closes, words.get("desk-hours-to"), &new.hours[1], "", |new, text| new.hours[1] = text) }
                </span>
                <span class="meta">{ words.get("desk-hours-empty-closed") }</span>
            </div>
            <div id="except-said" aria-live="polite">
                if let Some((_, key)) = *wrong { <p class="error">{ icon14("warn") }<span>{ words.get(key) }</span></p> }
                else if let Some(date) = read { <p class="hint">{ words.date(date) }</p> }
            </div>
            <div class="quiet-row">
                <button type="submit" class="btn btn-sm btn-primary">{ words.get("desk-hours-add-it") }</button>
                <button type="button" class="btn btn-sm btn-quiet" onclick={cancel}>{ words.get("desk-cancel") }</button>
            </div>
        </form>
    }
}

const fn id(field: Field) -> &'static str {
    match field {
        Field::Date => "except-date",
        Field::Note => "except-note",
        Field::Opens => "except-opens",
        Field::Closes => "except-closes",
    }
}
