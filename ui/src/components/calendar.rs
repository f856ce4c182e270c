//! A day from a calendar and a clock, for whom plain words do not come to mind. What is chosen is read back before it is taken.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use gemilang_locales::dates;
use gemilang_protocol::{Time, Zone};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::browser;
use crate::components::dialog;
use crate::components::icon::icon;
use crate::store::calendar::{Step, stepped, weeks};
use crate::words::{Words, use_words};

const GRID: &str = "when-grid";
const CLOCK: &str = "when-clock";

#[derive(Properties, PartialEq)]
pub(crate) struct CalendarProps {
    /// The time.
    pub now: Time,
    /// Chosen.
    pub on_choose: Callback<Time>,
    /// Left without choosing.
    pub on_close: Callback<()>,
}

/// A month, a clock, and the moment they make.
#[component]
pub(crate) fn Calendar(props: &CalendarProps) -> Html {
    let words = use_words();
    let node = use_node_ref();
    let today = words.zone.day(props.now);
    let day = use_state(|| today + Days::new(1));
    let clock = use_state(|| "09:00".to_owned());
    use_effect_with((), |()| browser::focus(GRID));
    let moment = clock_of(&clock).map(|clock| at(*day, clock, words.zone));
    let moment = moment
        .ok_or("desk-when-clock-unclear")
        .and_then(|time| if time > props.now { Ok(time) } else { Err("desk-when-passed") });
    let choose = {
        let on_choose = props.on_choose.clone();
        move || match moment {
            Ok(time) => on_choose.emit(time),
            Err(_) => browser::focus(CLOCK),
        }
    };
    let go = {
        let day = day.clone();
        move |step: Step| day.set(stepped(*day, step, today))
    };
    let grid_keys = {
        let (go, choose) = (go.clone(), choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "ArrowLeft" => go(Step::Days(-1)),
                "ArrowRight" => go(Step::Days(1)),
                "ArrowUp" => go(Step::Days(-7)),
                "ArrowDown" => go(Step::Days(7)),
                "PageUp" => go(Step::Months(-1)),
                "PageDown" => go(Step::Months(1)),
                "Enter" | " " => choose(),
                _ => return,
            }
            event.stop_propagation();
            event.prevent_default();
        })
    };
    let keys = {
        let choose = choose.clone();
        dialog::keys(&node, &props.on_close, move |_| {
            let is_meant = browser::focused().is_some_and(|it| it.id() == CLOCK);
            if is_meant {
                choose();
            }
            is_meant
        })
    };
    let on_clock = {
        let clock = clock.clone();
        Callback::from(move |event: InputEvent| clock.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let turn = |months: i32, key: &'static str, glyph: &'static str| {
        let go = go.clone();
        let on_click = Callback::from(move |_: MouseEvent| go(Step::Months(months)));
        html! { <button type="button" class="btn btn-icon btn-xs" aria-label={words.get(key)} title={words.get(key)} onclick={on_click}>{ icon(glyph) }</button> }
    };
    let month = weeks(*day, today);
    let heads = month[0].map(|it| dates::weekday(it.date, words.language));
    let rows = month.iter().map(|week| {
        let days = week.iter().map(|it| {
            let on = it.date == *day;
            let pick = {
                let (day, date, over) = (day.clone(), it.date, it.over);
                Callback::from(move |_: MouseEvent| {
                    if !over {
                        day.set(date);
                    }
                })
            };
            let class = classes!("day-cell", on.then_some("is-on"), (!it.within).then_some("outside"), it.over.then_some("over"), (it.date == today).then_some("today"));
            html! { <span id={format!("day-{}", it.date)} {class} role="gridcell" aria-selected={on.to_string()} aria-disabled={it.over.to_string()} aria-label={words.date(it.date)} onclick={pick}>{ chrono::Datelike::day(&it.date) }</span> }
        });
        html! { <div role="row" class="week">{ for days }</div> }
    });
    let (said, wrong) = match moment {
        Ok(time) => (words.moment(props.now, time), false),
        Err(key) => (words.get(key), true),
    };
    let on_take = {
        let choose = choose.clone();
        Callback::from(move |_: MouseEvent| choose())
    };
    html! {
        <div class="calendar" ref={node} onkeydown={keys}>
            <div class="month"><b class="grow" aria-live="polite">{ month_of(*day, words) }</b>{ turn(-1, "desk-when-month-before", "cl") }{ turn(1, "desk-when-month-after", "cr") }</div>
            <div id={GRID} role="grid" tabindex="0" aria-label={month_of(*day, words)} aria-activedescendant={format!("day-{}", *day)} onkeydown={grid_keys}>
                <div role="row" class="week">{ for heads.iter().map(|name| html! { <span role="columnheader" class="day-head" aria-label={*name}>{ name.chars().take(3).collect::<String>() }</span> }) }</div>
                { for rows }
            </div>
            <div class="clock">
                <label for={CLOCK}>{ words.get("desk-when-clock") }</label>
                <input id={CLOCK} name="clock" class={classes!("form-control", wrong.then_some("is-invalid"))} autocomplete="off" inputmode="numeric" value={(*clock).clone()} oninput={on_clock} aria-invalid={wrong.to_string()} aria-describedby="when-moment" />
                <button type="button" id="when-take" class="btn btn-sm btn-primary" disabled={wrong} onclick={on_take}>{ words.get("desk-when-take") }</button>
            </div>
            <div id="when-moment" class={classes!("ask-said", wrong.then_some("wrong"))} role="status">{ said }</div>
        </div>
    }
}

/// A clock as people write it: `9`, `09.30`, `9:30`.
fn clock_of(text: &str) -> Option<NaiveTime> {
    let text = text.trim().replace('.', ":");
    let (hour, minute) = text.split_once(':').unwrap_or((text.as_str(), "0"));
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

fn at(day: NaiveDate, clock: NaiveTime, zone: Zone) -> Time {
    (day.and_time(clock) - TimeDelta::hours(i64::from(zone.hours()))).and_utc()
}

/// "Desember 2026".
fn month_of(day: NaiveDate, words: Words) -> String {
    words.date(day).split_whitespace().skip(2).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_read_as_people_write_it() {
        let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
        for (text, clock) in [
            ("9", time(9, 0)),
            ("09.30", time(9, 30)),
            (" 14:05 ", time(14, 5)),
            ("24:00", None),
            ("9:60", None),
            ("pagi", None),
            ("", None),
        ] {
            assert_eq!(clock_of(text), clock, "{text}");
        }
    }
}
