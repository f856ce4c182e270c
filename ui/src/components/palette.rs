//! The palette over the page: a field, and lines that follow what is typed. What can be chosen is in `store/palette.rs`.

use std::ops::Range;

use gloo_timers::callback::Timeout;
use uuid::Uuid;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::acts::use_store;
use crate::browser;
use crate::components::icon::{icon, priority_glyph, status_glyph};
use crate::components::keys::kbds;
use crate::store::Action;
use crate::store::deeds::{Deed, Glyph};
use crate::store::palette::{self, Leads, Offer, offers};
use crate::store::search;
use crate::words::use_words;

/// The id of its field.
const FIELD: &str = "palette-field";

#[derive(Properties, PartialEq)]
pub(crate) struct PaletteProps {
    /// Does a deed once the palette is gone and the keyboard is back where it was.
    pub on_deed: Callback<Deed>,
}

/// The palette.
#[component]
pub(crate) fn Palette(props: &PaletteProps) -> Html {
    let store = use_store();
    let words = use_words();
    let groups = offers(&store, words.language);
    let lines: Vec<Leads> = groups.iter().flat_map(|group| &group.lines).map(|line| line.leads).collect();
    let at = store.palette.at.min(lines.len().saturating_sub(1));
    use_keyboard(FIELD);
    use_effect_with((at, store.palette.q.clone()), |(at, _)| {
        // With the first line its heading comes into view.
        let line = if *at == 0 { "palette-lines".to_owned() } else { format!("find-{at}") };
        if let Some(line) = browser::by_id(&line) {
            if *at == 0 { line.set_scroll_top(0) } else { browser::reveal(&line) }
        }
    });
    let choose = {
        let (store, lines, on_deed) = (store.clone(), lines.clone(), props.on_deed.clone());
        Callback::from(move |at: usize| {
            let Some(leads) = lines.get(at).copied() else { return };
            let q = store.palette.asks().to_owned();
            store.dispatch(Action::Palette(palette::Action::Over(None)));
            let (send, on_deed) = (store.dispatcher(), on_deed.clone());
            // After the palette has gone and given the keyboard back: a deed may want it elsewhere.
            Timeout::new(0, move || match leads {
                Leads::Deed(deed) => on_deed.emit(deed),
                Leads::Ticket(ticket) => send.dispatch(Action::Show(ticket)),
                Leads::View(view) => send.dispatch(Action::OpenView(view)),
                Leads::Search => {
                    send.dispatch(Action::Seek);
                    send.dispatch(Action::Search(search::Action::Typed(q)));
                }
            })
            .forget();
        })
    };
    let close = {
        let send = store.dispatcher();
        Callback::from(move |()| send.dispatch(Action::Palette(palette::Action::Over(None))))
    };
    let on_input = {
        let send = store.dispatcher();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            send.dispatch(Action::Palette(palette::Action::Typed(field.value())));
        })
    };
    let on_keys = {
        let (send, close, choose, count) = (store.dispatcher(), close.clone(), choose.clone(), lines.len());
        let search = lines.iter().position(|leads| *leads == Leads::Search);
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            if event.is_composing() {
                return;
            }
            let go = |to: usize| send.dispatch(Action::Palette(palette::Action::At(to)));
            match event.key().as_str() {
                "ArrowDown" if count > 0 => go((at + 1) % count),
                "ArrowUp" if count > 0 => go((at + count - 1) % count),
                "PageDown" => go((at + 8).min(count.saturating_sub(1))),
                "PageUp" => go(at.saturating_sub(8)),
                "Enter" => choose.emit(at),
                // The keyboard does not leave what lies over the page.
                "Tab" => {
                    if let Some(search) = search {
                        choose.emit(search);
                    }
                }
                "Escape" => close.emit(()),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let mut n = 0;
    let body = groups.iter().map(|group| {
        let lines = group.lines.iter().map(|offer| {
            let here = n;
            n += 1;
            line(offer, here, at == here, &choose, &store)
        });
        html! {
            <div role="group" aria-label={group.title.clone()}>
                <div class="group" aria-hidden="true">{ &group.title }</div>
                { for lines.collect::<Vec<_>>() }
            </div>
        }
    });
    let body: Vec<Html> = body.collect();
    let label = words.get("desk-find");
    html! {
        <>
            <div class="palette-scrim" onmousedown={let close = close.clone(); move |_| close.emit(())}></div>
            <div class="palette" role="dialog" aria-modal="true" aria-label={words.get("desk-find")}>
                <div class="ask">
                    { icon("search") }
                    <input id={FIELD} class="grow" type="text" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="true" aria-controls="palette-lines" aria-activedescendant={(!lines.is_empty()).then(|| format!("find-{at}"))} aria-label={label.clone()} placeholder={label} value={store.palette.q.clone()} oninput={on_input} onkeydown={on_keys} />
                    <kbd aria-hidden="true">{ "Esc" }</kbd>
                </div>
                <div id="palette-lines" class="lines-in" role="listbox" aria-label={words.get("desk-find-results")}>
                    if lines.is_empty() { <p class="none soft" role="status">{ words.get("desk-find-nothing") }</p> } else { { for body } }
                </div>
                <div class="foot" aria-hidden="true">
                    <span><span class="keys"><kbd>{ "↑" }</kbd><kbd>{ "↓" }</kbd></span>{ words.get("desk-search-hint-choose") }</span>
                    <span><span class="keys"><kbd>{ "↵" }</kbd></span>{ words.get("desk-find-run") }</span>
                    <span class="grow"></span>
                    <span>{ words.get("desk-find-begin") }{ " " }<kbd>{ ">" }</kbd>{ " " }{ words.get("desk-find-only-deeds") }{ " " }<kbd>{ "#" }</kbd>{ " " }{ words.get("desk-find-only-tickets") }</span>
                </div>
            </div>
        </>
    }
}

fn line(offer: &Offer, at: usize, on: bool, choose: &Callback<usize>, store: &crate::acts::Store) -> Html {
    let on_click = choose.reform(move |_: MouseEvent| at);
    let hover = {
        let send = store.dispatcher();
        let is_new = !on;
        Callback::from(move |event: MouseEvent| {
            if is_new && browser::is_moved(&event) {
                send.dispatch(Action::Palette(palette::Action::At(at)));
            }
        })
    };
    // The field keeps the keyboard.
    let stay = Callback::from(|event: MouseEvent| event.prevent_default());
    let ticket: Option<Uuid> = match offer.leads {
        Leads::Ticket(ticket) => Some(ticket),
        _ => None,
    };
    html! {
        <div key={ticket.map_or_else(|| format!("{:?}", offer.leads), |ticket| ticket.to_string())} class={classes!("opt", on.then_some("is-on"))} id={format!("find-{at}")} role="option" aria-selected={on.to_string()} onmousedown={stay} onclick={on_click} onmousemove={hover}>
            { glyph(offer.glyph) }
            <span class="cut" title={ticket.is_some().then(|| offer.text.clone())}>
                if let Some(number) = &offer.number { <span class="mute num">{ number }</span>{ "\u{2002}" } }
                { marked(&offer.text, &offer.marks) }
            </span>
            if !offer.side.is_empty() || !offer.keys.is_empty() {
                <span class={classes!("side", ticket.is_none().then_some("num"))} title={ticket.is_some().then(|| offer.side.clone())}>{ &offer.side }{ kbds(offer.keys) }</span>
            }
        </div>
    }
}

fn glyph(glyph: Glyph) -> Html {
    match glyph {
        Glyph::Icon(name) => icon(name),
        Glyph::Status(status) => status_glyph(status),
        Glyph::Priority(priority) => priority_glyph(priority),
    }
}

fn marked(text: &str, marks: &[Range<usize>]) -> Html {
    let mut parts = Vec::new();
    let mut from = 0;
    for mark in marks {
        if let (Some(before), Some(hit)) = (text.get(from..mark.start), text.get(mark.clone())) {
            parts.push(html! { <>{ before }<mark>{ hit }</mark></> });
            from = mark.end;
        }
    }
    html! { <>{ for parts }{ text.get(from..).unwrap_or_default() }</> }
}

/// Gives the keyboard to a field of what has come over the page, and back to where it was.
#[hook]
pub(crate) fn use_keyboard(field: &'static str) {
    use_effect_with((), move |()| {
        let before: Option<HtmlElement> = browser::focused();
        browser::focus(field);
        move || {
            if let Some(before) = before.filter(|it| it.is_connected()) {
                browser::focus_still(&before);
            }
        }
    });
}
