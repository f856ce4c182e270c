//! A popover that asks for one thing by its name: a field, and lines that follow what is typed.

use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::browser;
use crate::components::menu::{Anchor, place};

/// The id of its field: one is open at a time.
const FIELD: &str = "ask";
/// Its width, in pixels.
const WIDTH: f64 = 340.0;

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// What tells it from the others.
    pub key: String,
    /// Its glyph.
    pub glyph: Html,
    /// Its words.
    pub text: String,
    /// What stands at its end.
    pub side: String,
}

#[derive(Properties, PartialEq)]
pub(crate) struct AskProps {
    /// Where it hangs.
    pub anchor: Anchor,
    /// What it asks for.
    pub label: String,
    /// An example in the empty field.
    pub placeholder: String,
    /// As typed.
    pub text: String,
    /// Typed.
    pub on_input: Callback<String>,
    /// What can be chosen.
    pub lines: Vec<Line>,
    /// What is said where there is nothing to choose, or what is wrong with what is typed.
    pub said: Option<String>,
    /// Whether that is a fault.
    #[prop_or_default]
    pub wrong: bool,
    /// Chosen, by place.
    pub on_choose: Callback<usize>,
    /// Left without choosing.
    pub on_close: Callback<()>,
}

/// A popover that asks.
#[component]
pub(crate) fn AskMenu(props: &AskProps) -> Html {
    let node = use_node_ref();
    let spot = use_state(|| None::<(f64, f64)>);
    let at = use_state(|| 0_usize);
    {
        let (node, spot, anchor) = (node.clone(), spot.clone(), props.anchor);
        use_effect_with(props.lines.len(), move |_| {
            if let Some(menu) = node.cast::<HtmlElement>() {
                spot.set(Some(place(&menu, anchor)));
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
    let count = props.lines.len();
    let on = (count > 0).then(|| (*at).min(count - 1));
    let keys = {
        let (at, choose, close) = (at.clone(), props.on_choose.clone(), props.on_close.clone());
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            if event.is_composing() {
                return;
            }
            match event.key().as_str() {
                "ArrowDown" => at.set(on.map_or(0, |on| (on + 1) % count)),
                "ArrowUp" => at.set(on.map_or(0, |on| (on + count - 1) % count)),
                "Enter" => {
                    if let Some(on) = on {
                        choose.emit(on);
                    }
                }
                "Escape" | "Tab" => close.emit(()),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let on_input = {
        let (at, on_input) = (at.clone(), props.on_input.clone());
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            at.set(0);
            on_input.emit(field.value());
        })
    };
    let style = match *spot {
        Some((left, top)) => format!("left:{left}px;top:{top}px;width:{WIDTH}px"),
        None => format!("left:0;top:0;opacity:0;width:{WIDTH}px"),
    };
    let close = props.on_close.reform(|_: MouseEvent| ());
    let lines = props.lines.iter().enumerate().map(|(n, line)| {
        let on_click = props.on_choose.reform(move |_: MouseEvent| n);
        let hover = {
            let at = at.clone();
            Callback::from(move |event: MouseEvent| {
                if browser::is_moved(&event) {
                    at.set(n);
                }
            })
        };
        html! {
            <div key={line.key.clone()} class={classes!("opt", (on == Some(n)).then_some("is-on"))} id={format!("ask-{n}")} role="option" aria-selected={(on == Some(n)).to_string()} onclick={on_click} onmousemove={hover}>
                { line.glyph.clone() }<span class="cut" title={line.text.clone()}>{ &line.text }</span><span class="side">{ &line.side }</span>
            </div>
        }
    });
    html! {
        <>
            <div class="menu-back" onmousedown={close} aria-hidden="true"></div>
            <div class="menu ask-menu" role="dialog" aria-label={props.label.clone()} ref={node} {style}>
                <div class="group"><label for={FIELD}>{ &props.label }</label></div>
                <div class="ask">
                    <input id={FIELD} name={FIELD} class={classes!("form-control", props.wrong.then_some("is-invalid"))} autocomplete="off" spellcheck="false" placeholder={props.placeholder.clone()}
                        role="combobox" aria-expanded="true" aria-controls="ask-lines" aria-activedescendant={on.map(|on| format!("ask-{on}"))}
                        aria-invalid={props.wrong.to_string()} aria-describedby="ask-said" value={props.text.clone()} oninput={on_input} onkeydown={keys} />
                    <div id="ask-said" class={classes!("ask-said", props.wrong.then_some("wrong"))} role="status">{ props.said.clone() }</div>
                </div>
                <div id="ask-lines" role="listbox" aria-label={props.label.clone()}>{ for lines }</div>
            </div>
        </>
    }
}
