//! Saved views on screen: their lines in the navigation, what can be done with the open one, and the form that names one.

/// The form.
mod form;
/// The menu of the open view.
mod menu;

pub(crate) use self::form::SaveForm;
pub(crate) use self::menu::{Keep, ViewButton};

use gemilang_protocol::desk::views::SavedViewRow;
use yew::prelude::*;

use crate::acts::{self, Store, use_store};
use crate::components::icon::{icon, icon12};
use crate::store::Action;
use crate::store::snack::Sentence;
use crate::words::{Words, use_words};

/// The lines of the navigation; where nothing is saved there are none.
#[component]
pub(crate) fn SavedNav() -> Html {
    let store = use_store();
    let words = use_words();
    if store.saved.rows.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <div class="nav-title">{ words.get("desk-saved") }</div>
            { for store.saved.rows.iter().map(|row| line(row, &store, words)) }
        </>
    }
}

fn line(row: &SavedViewRow, store: &Store, words: Words) -> Html {
    let on = store.place.is_inbox() && store.saved.open == Some(row.id);
    let go = {
        let (send, view, can_read) = (store.dispatcher(), row.id, row.query.is_some());
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            if can_read {
                send.dispatch(Action::OpenView(view));
            } else {
                acts::say(&send, Sentence::plain("desk-saved-newer"), None);
            }
        })
    };
    let (state, said) = state(row, words);
    let title = match (&said, row.shared) {
        (Some(said), _) => format!("{}. {said}", row.name),
        (None, true) if !row.owner.name.is_empty() => {
            format!("{}. {}", row.name, words.with("desk-saved-by", &[("name", row.owner.name.as_str().into())]))
        }
        (None, _) => row.name.clone(),
    };
    let count = store.saved.count(row.id).filter(|count| count.total > 0);
    html! {
        <a key={row.id.to_string()} class={classes!("nav-item", "saved", on.then_some("is-on"))} href="#" data-view={row.name.clone()} aria-current={on.then_some("page")} {title} onclick={go}>
            { icon(if row.shared { "users" } else { "mark" }) }<span class="cut">{ &row.name }</span>
            if let Some(said) = said { <span class="saved-state" role="img" aria-label={said}>{ state }</span> }
            if let Some(count) = count { <span class="count">{ words.counted(count.total, count.more) }</span> }
        </a>
    }
}

/// What stands in the way of a view, with its glyph.
fn state(row: &SavedViewRow, words: Words) -> (Html, Option<String>) {
    if let Some(code) = row.refused {
        let said = format!("{}. {}", words.get("desk-saved-refused"), words.refusal(code));
        (icon12("warn"), Some(said))
    } else if row.query.is_none() {
        (icon12("warn"), Some(words.get("desk-saved-newer")))
    } else if row.unsent {
        (icon12("clock"), Some(words.get("desk-saved-unsent")))
    } else {
        (Html::default(), None)
    }
}
