//! Menus: a popover beside its button that chooses at once. It takes the keyboard while open and gives it back.

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::browser;
use crate::components::icon::{icon, icon14};

/// Where a menu hangs: the box of its button, in pixels of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Anchor {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Anchor {
    /// The box of an element.
    pub(crate) fn of(element: &Element) -> Self {
        let area = element.get_bounding_client_rect();
        Self { left: area.left(), top: area.top(), right: area.right(), bottom: area.bottom() }
    }
}

/// One line of a menu.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Opt {
    /// Its glyph.
    pub glyph: Html,
    /// Its words.
    pub text: String,
    /// A second line.
    pub meta: Option<String>,
    /// Keys that do the same.
    pub keys: &'static [&'static str],
    /// Whether it is the present choice.
    pub is_on: bool,
    /// A heading over it.
    pub group: Option<String>,
    /// Whether it leads to another menu.
    pub leads_on: bool,
    /// Whether it shuts somebody or something out: apart from the others, and red.
    pub danger: bool,
}

#[derive(Properties, PartialEq)]
pub(crate) struct MenuProps {
    /// Where it hangs.
    pub anchor: Anchor,
    /// What it is about.
    pub label: String,
    /// Its lines.
    pub options: Vec<Opt>,
    /// Chosen, by place.
    pub on_choose: Callback<usize>,
    /// Left without choosing.
    pub on_close: Callback<()>,
    /// Whether the figures 1 to 9 choose.
    #[prop_or_default]
    pub numbered: bool,
    /// Its least width in pixels.
    #[prop_or(244)]
    pub width: u32,
    /// A line at its foot.
    #[prop_or_default]
    pub foot: Option<Html>,
}

const GAP: f64 = 4.0;
const EDGE: f64 = 8.0;

/// A popover beside its button.
#[component]
pub(crate) fn Menu(props: &MenuProps) -> Html {
    let node = use_node_ref();
    let spot = use_state(|| None::<(f64, f64)>);
    let chosen = props.options.iter().position(|option| option.is_on);
    let at = use_state(|| chosen.unwrap_or(0));

    {
        // Measured once drawn: under the button where there is room, else over it, always inside the window.
        let (node, spot, anchor) = (node.clone(), spot.clone(), props.anchor);
        use_effect_with((anchor, props.options.len()), move |_| {
            if let Some(menu) = node.cast::<HtmlElement>() {
                spot.set(Some(place(&menu, anchor)));
            }
        });
    }
    {
        // The keyboard comes in, and goes back to where it was.
        let node = node.clone();
        use_effect_with((), move |()| {
            let before = browser::focused();
            if let Some(menu) = node.cast::<HtmlElement>() {
                drop(menu.focus());
            }
            move || {
                if let Some(before) = before.filter(|it| it.is_connected()) {
                    drop(before.focus());
                }
            }
        });
    }
    {
        // Another menu in the same place (the filter's second step) starts at its own choice.
        let at = at.clone();
        use_effect_with(props.label.clone(), move |_| at.set(chosen.unwrap_or(0)));
    }

    let choose = props.on_choose.clone();
    let keys = {
        let (at, choose, close) = (at.clone(), choose.clone(), props.on_close.clone());
        let (count, numbered) = (props.options.len(), props.numbered);
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "ArrowDown" | "j" => at.set((*at + 1) % count.max(1)),
                "ArrowUp" | "k" => at.set((*at + count.max(1) - 1) % count.max(1)),
                "Home" => at.set(0),
                "End" => at.set(count.saturating_sub(1)),
                "Enter" | " " => choose.emit(*at),
                "Escape" | "Tab" => close.emit(()),
                key => match key.parse::<usize>() {
                    Ok(n) if numbered && (1..=count).contains(&n) => choose.emit(n - 1),
                    _ => return,
                },
            }
            event.prevent_default();
        })
    };
    let style = match *spot {
        Some((left, top)) => format!("left:{left}px;top:{top}px;min-width:{}px", props.width),
        None => format!("left:0;top:0;opacity:0;min-width:{}px", props.width),
    };
    let close = props.on_close.reform(|_: MouseEvent| ());
    let options = props.options.iter().enumerate().map(|(n, option)| {
        let on_click = choose.reform(move |_: MouseEvent| n);
        let hover = {
            let at = at.clone();
            Callback::from(move |event: MouseEvent| {
                if browser::is_moved(&event) {
                    at.set(n);
                }
            })
        };
        let class = classes!("opt", option.meta.is_some().then_some("tall"), option.danger.then_some("danger"), (*at == n).then_some("is-on"));
        let number = props.numbered.then(|| html! { <span class="keys"><kbd>{ n + 1 }</kbd></span> });
        let keys = (!option.keys.is_empty())
            .then(|| html! { <span class="keys">{ for option.keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</span> });
        html! {
            <>
                if let Some(group) = &option.group {
                    <div class="group" role="presentation">{ group }</div>
                }
                if option.danger && n > 0 { <hr /> }
                <div {class} id={format!("opt-{n}")} role="menuitemradio" aria-checked={option.is_on.to_string()} onclick={on_click} onmousemove={hover}>
                    { option.glyph.clone() }
                    <span>{ &option.text }if let Some(meta) = &option.meta { <span class="meta">{ meta }</span> }</span>
                    if option.is_on || option.leads_on || number.is_some() || keys.is_some() {
                        <span class="side">
                            if option.is_on { { icon14("check") } }
                            if option.leads_on { { icon("cr") } }
                            { number }{ keys }
                        </span>
                    }
                </div>
            </>
        }
    });
    html! {
        <>
            <div class="menu-back" onmousedown={close} aria-hidden="true"></div>
            <section aria-label={props.label.clone()}><div class="menu" ref={node} role="menu" tabindex="-1" aria-label={props.label.clone()} aria-activedescendant={format!("opt-{}", *at)} {style} onkeydown={keys}>
                { for options }
                if let Some(foot) = &props.foot {
                    <hr /><div class="group foot" role="presentation">{ foot.clone() }</div>
                }
            </div></section>
        </>
    }
}

/// Where a popover of this size stands: under its button where there is room, else over it, always inside the window.
pub(crate) fn place(menu: &HtmlElement, anchor: Anchor) -> (f64, f64) {
    let (width, height) = (f64::from(menu.offset_width()), f64::from(menu.offset_height()));
    let (wide, tall) = window_size();
    let under = anchor.bottom + GAP;
    let top = if under + height + EDGE <= tall { under } else { anchor.top - GAP - height };
    let left = if anchor.left + width + EDGE <= wide { anchor.left } else { anchor.right - width };
    (left.clamp(EDGE, (wide - width - EDGE).max(EDGE)), top.clamp(EDGE, (tall - height - EDGE).max(EDGE)))
}

fn window_size() -> (f64, f64) {
    let Some(window) = web_sys::window() else {
        return (0.0, 0.0);
    };
    let size = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|it| it.as_f64()).unwrap_or(0.0);
    (size(window.inner_width()), size(window.inner_height()))
}
