//! When: a moment in plain words, read back as it is typed, with those that are chosen often below. It serves snooze and send later.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use gemilang_locales::dates;
use gemilang_protocol::when::{Unclear, read};
use gemilang_protocol::{Time, Zone};
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::browser;
use crate::components::calendar::Calendar;
use crate::components::icon::icon;
use crate::components::menu::{Anchor, place};
use crate::words::{Words, use_words};

/// The id of its field.
const FIELD: &str = "when";
/// Its width, in pixels.
const WIDTH: f64 = 308.0;

#[derive(Properties, PartialEq)]
pub(crate) struct WhenProps {
    /// Where it hangs.
    pub anchor: Anchor,
    /// What the moment is for.
    pub label: String,
    /// The time.
    pub now: Time,
    /// The wedding day, for `H-1`: whichever zone its venue is in, the clock is one's own.
    #[prop_or_default]
    pub event: Option<NaiveDate>,
    /// Whether it may last until the customer writes: chosen as no moment at all.
    #[prop_or_default]
    pub endless: bool,
    /// Chosen.
    pub on_choose: Callback<Option<Time>>,
    /// Left without choosing.
    pub on_close: Callback<()>,
}

/// One of the moments that are chosen often.
#[derive(Debug, Clone, PartialEq)]
struct Often {
    glyph: &'static str,
    key: &'static str,
    at: Option<Time>,
}

/// A popover that asks for a moment.
#[component]
pub(crate) fn WhenMenu(props: &WhenProps) -> Html {
    let words = use_words();
    let node = use_node_ref();
    let at = use_state(|| None::<(f64, f64)>);
    let text = use_state(String::new);
    // The line the keyboard went to: the moment that was read comes before the others.
    let line = use_state(|| None::<usize>);
    let by_calendar = use_state(|| false);
    {
        let (node, at, anchor) = (node.clone(), at.clone(), props.anchor);
        use_effect_with((text.is_empty(), *by_calendar), move |_| {
            if let Some(menu) = node.cast::<HtmlElement>() {
                at.set(Some(place(&menu, anchor)));
            }
        });
    }
    use_effect_with((), |()| {
        let before = browser::focused();
        browser::focus(FIELD);
        move || {
            if let Some(before) = before.filter(|it| it.is_connected()) {
                drop(before.focus());
            }
        }
    });
    let told = (!text.trim().is_empty()).then(|| read(&text, props.now, words.zone, props.event));
    let often = often(props, words.zone);
    let first = usize::from(matches!(told, Some(Ok(_))));
    // The last line leads to the calendar.
    let count = first + often.len() + 1;
    // What was typed and not understood chooses nothing by accident.
    let on = line.or((!matches!(told, Some(Err(_)))).then_some(0));
    let choose = {
        let (on_choose, told, often) = (props.on_choose.clone(), told, often.clone());
        let by_calendar = by_calendar.clone();
        move |line: usize| match told {
            _ if line + 1 == count => by_calendar.set(true),
            Some(Ok(time)) if line == 0 => on_choose.emit(Some(time)),
            _ => {
                if let Some(often) = often.get(line - first) {
                    on_choose.emit(often.at);
                }
            }
        }
    };
    let keys = {
        let (line, choose, close) = (line.clone(), choose.clone(), props.on_close.clone());
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "ArrowDown" => line.set(Some(on.map_or(0, |on| (on + 1) % count.max(1)))),
                "ArrowUp" => line.set(Some((on.unwrap_or(0) + count.max(1) - 1) % count.max(1))),
                "Enter" => {
                    if let Some(on) = on {
                        choose(on);
                    }
                }
                "Escape" | "Tab" => close.emit(()),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let on_input = {
        let (text, line) = (text.clone(), line.clone());
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            text.set(field.value());
            line.set(None);
        })
    };
    let close = props.on_close.reform(|_: MouseEvent| ());
    let opt = |n: usize, glyph: &'static str, text: String, side: Html| {
        let choose = choose.clone();
        let on_click = Callback::from(move |_: MouseEvent| choose(n));
        html! {
            <div class={classes!("opt", (on == Some(n)).then_some("is-on"))} id={format!("when-{n}")} role="option" aria-selected={(on == Some(n)).to_string()} onclick={on_click}>
                { icon(glyph) }<span>{ text }</span><span class="side">{ side }</span>
            </div>
        }
    };
    let error = match told {
        Some(Err(Unclear::NotClear)) => Some("desk-when-unclear"),
        Some(Err(Unclear::Passed)) => Some("desk-when-passed"),
        Some(Err(Unclear::TooFar)) => Some("desk-when-too-far"),
        _ => None,
    };
    let style = match *at {
        Some((left, top)) => format!("left:{left}px;top:{top}px;width:{WIDTH}px"),
        None => format!("left:0;top:0;opacity:0;width:{WIDTH}px"),
    };
    if *by_calendar {
        let on_choose = props.on_choose.reform(Some);
        return html! {
            <>
                <div class="menu-back" onmousedown={close} aria-hidden="true"></div>
                <div class="menu" role="dialog" aria-label={props.label.clone()} ref={node} {style}>
                    <div class="group">{ &props.label }</div>
                    <Calendar now={props.now} {on_choose} on_close={props.on_close.clone()} />
                </div>
            </>
        };
    }
    html! {
        <>
            <div class="menu-back" onmousedown={close} aria-hidden="true"></div>
            <div class="menu" role="dialog" aria-label={props.label.clone()} ref={node} {style}>
                <div class="group"><label for={FIELD}>{ &props.label }</label></div>
                <div class="ask">
                    <input id={FIELD} name="when" class={classes!("form-control", error.is_some().then_some("is-invalid"))} autocomplete="off" placeholder={words.get("desk-when-placeholder")}
                        role="combobox" aria-expanded="true" aria-controls="when-lines" aria-activedescendant={on.map(|on| format!("when-{on}"))}
                        aria-invalid={error.is_some().to_string()} aria-describedby="when-said" value={(*text).clone()} oninput={on_input} onkeydown={keys} />
                    <div id="when-said" class="when-said" role="status">if let Some(key) = error { { words.get(key) } }</div>
                </div>
                <div id="when-lines" role="listbox" aria-label={words.get("desk-when")}>
                    if let Some(Ok(time)) = told {
                        { opt(0, "clock", words.moment(props.now, time), html! { <span class="keys"><kbd>{ "↵" }</kbd></span> }) }
                        <div class="rule" aria-hidden="true"></div>
                    }
                    <div class="group" role="presentation">{ words.get("desk-when-often") }</div>
                    { for often.iter().enumerate().map(|(n, it)| {
                        let side = it.at.map_or_else(|| words.get("desk-when-endless"), |at| words.when(props.now, at));
                        opt(first + n, it.glyph, words.get(it.key), html! { side })
                    }) }
                    <div class="rule" aria-hidden="true"></div>
                    { opt(count - 1, "cal", words.get("desk-when-calendar"), Html::default()) }
                </div>
            </div>
        </>
    }
}

/// What is chosen often; what has passed is not offered.
fn often(props: &WhenProps, zone: Zone) -> Vec<Often> {
    let today = zone.day(props.now);
    let morning = |day: NaiveDate| {
        let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
        (day.and_time(nine) - TimeDelta::hours(i64::from(zone.hours()))).and_utc()
    };
    let to_monday = 7 - u64::from(chrono::Datelike::weekday(&today).num_days_from_monday());
    let mut often = vec![
        Often { glyph: "clock", key: "desk-when-hour", at: Some(props.now + TimeDelta::hours(1)) },
        Often { glyph: "sun", key: "desk-when-tomorrow", at: Some(morning(today + Days::new(1))) },
    ];
    // On a Sunday tomorrow is Monday.
    if to_monday > 1 {
        often.push(Often { glyph: "cal", key: "desk-when-monday", at: Some(morning(today + Days::new(to_monday))) });
    }
    if let Some(day) = props.event {
        often.push(Often { glyph: "rings", key: "desk-when-before-event", at: Some(morning(day - Days::new(1))) });
    }
    often.retain(|it| it.at.is_none_or(|at| at > props.now));
    if props.endless {
        often.push(Often { glyph: "chat", key: "desk-when-until-reply", at: None });
    }
    often
}

impl Words {
    /// A moment with its day, clock and zone: "Selasa, 1 Des 09:00 WIB".
    pub(crate) fn moment(self, now: Time, time: Time) -> String {
        let day = self.zone.day(time);
        let weekday = dates::weekday(day, self.language);
        let date = dates::date_near(self.zone.day(now), day, self.language);
        format!("{weekday}, {date} {}", dates::clock_zone(time, self.zone))
    }

    /// A moment to come, short: "15:30", "besok 09:00", "7 Des 09:00".
    pub(crate) fn ahead(self, now: Time, time: Time) -> String {
        let (today, day) = (self.zone.day(now), self.zone.day(time));
        let clock = self.clock(time);
        match (day - today).num_days() {
            0 => clock,
            1 => self.with("desk-when-next-day", &[("time", clock.into())]),
            _ => format!("{} {clock}", dates::date_near(today, day, self.language)),
        }
    }
}
