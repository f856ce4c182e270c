//! Symbols from look/icons.svg, which the build puts into the page: icons, and the glyphs of status and priority.

use gemilang_protocol::{Category, Priority, Status};
use yew::prelude::*;

/// An icon of 16 px that only accompanies words.
pub(crate) fn icon(name: &'static str) -> Html {
    sized(name, "i")
}

/// An icon of 14 px.
pub(crate) fn icon14(name: &'static str) -> Html {
    sized(name, "i i-14")
}

/// An icon of 12 px.
pub(crate) fn icon12(name: &'static str) -> Html {
    sized(name, "i i-12")
}

fn sized(name: &'static str, class: &'static str) -> Html {
    let href = format!("#i-{name}");
    html! { <svg class={class} aria-hidden="true"><use href={href} /></svg> }
}

/// The glyph of a status beside its word.
pub(crate) fn status_glyph(status: Status) -> Html {
    glyph("st", status.as_str(), None)
}

/// The glyph of a status that stands alone, so that it is read out.
pub(crate) fn status_alone(status: Status, word: String) -> Html {
    glyph("st", status.as_str(), Some(word))
}

/// The glyph of a priority beside its word.
pub(crate) fn priority_glyph(priority: Priority) -> Html {
    glyph("pr", priority.as_str(), None)
}

/// The glyph of a priority that stands alone, so that it is read out.
pub(crate) fn priority_alone(priority: Priority, word: String) -> Html {
    glyph("pr", priority.as_str(), Some(word))
}

fn glyph(kind: &'static str, word: &'static str, label: Option<String>) -> Html {
    let class = format!("{kind} {kind}-{word}");
    let href = format!("#i-{kind}-{word}");
    match label {
        Some(label) => html! {
            <svg class={class} role="img" aria-label={label.clone()}><title>{ label }</title><use href={href} /></svg>
        },
        None => html! { <svg class={class} aria-hidden="true"><use href={href} /></svg> },
    }
}

/// A category's icon.
pub(crate) const fn category_icon(category: Category) -> &'static str {
    match category {
        Category::General => "chat",
        Category::Order => "rings",
        Category::Payment => "card",
        Category::Vendor => "shop",
        Category::Schedule => "cal",
        Category::Technical => "wrench",
        Category::Complaint => "alertchat",
        Category::Other => "more",
    }
}

/// The mark of the house: a ring that is a speech bubble, its gem *gemilang*.
#[component]
pub(crate) fn Brandmark() -> Html {
    html! {
        <svg class="brandmark" viewBox="0 0 64 64" aria-hidden="true">
            <defs><mask id="mk-gap"><rect width="64" height="64" fill="#fff" /><path d="M42.8 3.6L60.4 21.2 42.8 38.8 25.2 21.2z" fill="#000" /></mask></defs>
            <path mask="url(#mk-gap)" fill="currentColor" fill-rule="evenodd" d="M29 11.5A23.5 23.5 0 0 1 29 58.5H8.9A3.4 3.4 0 0 1 5.5 55.1V35A23.5 23.5 0 0 1 29 11.5zM29 19.5A15.5 15.5 0 1 0 29 50.5A15.5 15.5 0 1 0 29 19.5z" />
            <path class="gem" d="M42.8 9.2L54.8 21.2 42.8 33.2 30.8 21.2z" />
        </svg>
    }
}
