//! Empty states: an icon, one bold line, one sentence, one way on.

use yew::prelude::*;

use crate::components::icon::icon;

#[derive(Properties, PartialEq)]
pub(crate) struct EmptyProps {
    /// Its icon.
    pub icon: &'static str,
    /// The bold line.
    pub title: String,
    /// The sentence.
    #[prop_or_default]
    pub text: Option<String>,
    /// The way on.
    #[prop_or_default]
    pub children: Html,
}

/// Nothing here.
#[component]
pub(crate) fn Empty(props: &EmptyProps) -> Html {
    html! {
        <div class="empty">
            { icon(props.icon) }
            <b>{ &props.title }</b>
            if let Some(text) = &props.text { <span>{ text }</span> }
            { props.children.clone() }
        </div>
    }
}
