//! Appearance: theme, contrast, size and motion. What is not chosen follows the system.

use gemilang_protocol::desk::commands::SetSettings;
use gemilang_protocol::desk::views::TEXT_SIZES;
use yew::prelude::*;

use super::Switch;
use crate::acts::{self, use_store};
use crate::components::icon::icon14;
use crate::components::nav::THEMES;
use crate::doing::set;
use crate::store::navigation::Part;
use crate::words::use_words;

/// The section.
#[component]
pub(super) fn Appearance() -> Html {
    let store = use_store();
    let words = use_words();
    let settings = &store.session.settings;
    let themes = THEMES.iter().map(|(name, glyph, key)| {
        let on = settings.theme == *name || settings.theme.is_empty() && *name == "system";
        let choose = {
            let store = store.clone();
            Callback::from(move |_: Event| set(&store, None, Some(name)))
        };
        html! { <label><input type="radio" name="theme" value={*name} checked={on} onchange={choose} />{ icon14(glyph) }{ words.get(key) }</label> }
    });
    let sizes = TEXT_SIZES.iter().map(|size| {
        let choose = {
            let (send, size) = (store.dispatcher(), *size);
            Callback::from(move |_: Event| {
                acts::set(send.clone(), SetSettings { text_size: Some(size), ..SetSettings::AS_IT_IS });
            })
        };
        html! { <label><input type="radio" name="text-size" value={size.to_string()} checked={settings.text_size == *size} onchange={choose} />{ format!("{size} %") }</label> }
    });
    let keys = html! {
        <>{ words.get("desk-set-size-text") }{ " " }<kbd>{ "Ctrl" }</kbd>{ " " }<kbd>{ "+" }</kbd>{ " " }{ words.get("desk-set-size-and") }{ " " }<kbd>{ "Ctrl" }</kbd>{ " " }<kbd>{ "−" }</kbd>{ " " }{ words.get("desk-set-size-too") }</>
    };
    html! {
        <section class="block" id={Part::Appearance.id()}>
            <h2 class="block-title">{ words.get("desk-set-appearance") }</h2>
            <div class="lines-table">
                <div class="set-row"><div class="grow"><span>{ words.get("desk-theme") }</span></div><span class="seg" role="radiogroup" aria-label={words.get("desk-theme")}>{ for themes }</span></div>
                <div class="set-row"><div class="grow"><span>{ words.get("desk-set-size") }</span><span class="meta">{ keys }</span></div><span class="seg" role="radiogroup" aria-label={words.get("desk-set-size")}>{ for sizes }</span></div>
                <Switch name="contrast" text={words.get("desk-set-contrast")} meta={words.get("desk-set-contrast-text")} on={settings.contrast} set={|on: bool| SetSettings { contrast: Some(on), ..SetSettings::AS_IT_IS }} />
                <Switch name="reduce-motion" text={words.get("desk-set-motion")} meta={words.get("desk-set-motion-text")} on={settings.reduce_motion} set={|on: bool| SetSettings { reduce_motion: Some(on), ..SetSettings::AS_IT_IS }} />
            </div>
        </section>
    }
}
