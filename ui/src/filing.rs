//! The form of a ticket for a customer, kept as it is filled in: at every pause, when it is left, and until it is filed or thrown away.

use std::cell::RefCell;
use std::rc::Rc;

use gemilang_protocol::desk::commands::{GetFiling, KeepFiling};
use gemilang_protocol::desk::views::FilingDraft;
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::acts::{self, Send, use_store};
use crate::bridge::call;
use crate::browser;
use crate::store::Action;
use crate::store::filing::Action as Do;

/// After so long a pause in typing it is kept, in milliseconds.
const PAUSE_MS: u32 = 400;

/// Brings back what was in the form when the app ended.
#[hook]
pub(crate) fn use_restored() {
    let store = use_store();
    let send = store.dispatcher();
    use_effect_with(store.me(), move |me| {
        if me.is_some() {
            spawn_local(async move {
                if let Ok(Some(draft)) = call(GetFiling {}).await {
                    send.dispatch(Action::Filing(Do::Restored(draft)));
                }
            });
        }
    });
}

/// What is typed and not kept yet, with the pause it waits for.
pub(crate) type Keeping = Rc<RefCell<Option<(Option<FilingDraft>, Timeout, Send)>>>;

/// Keeps what is in the form at every pause, and what waits for one when the form is left.
#[hook]
pub(crate) fn use_kept() -> Keeping {
    let store = use_store();
    let keeping: Keeping = use_mut_ref(|| None);
    let draft = store.filing.draft();
    let before = use_mut_ref(|| draft.clone());
    {
        let (keeping, send) = (keeping.clone(), store.dispatcher());
        use_effect_with(draft, move |draft| {
            // As it was when the form was opened it is kept already.
            if before.replace(draft.clone()) == *draft {
                return;
            }
            let pause = {
                let keeping = keeping.clone();
                Timeout::new(PAUSE_MS, move || keep_now(&keeping))
            };
            *keeping.borrow_mut() = Some((draft.clone(), pause, send));
        });
    }
    {
        let keeping = keeping.clone();
        use_effect_with((), move |()| move || keep_now(&keeping));
    }
    keeping
}

/// Keeps at once what waits for a pause.
pub(crate) fn keep_now(keeping: &Keeping) {
    let waiting = keeping.borrow_mut().take();
    if let Some((draft, pause, send)) = waiting {
        // The pause that runs now must not be called off by being dropped.
        pause.forget();
        spawn_local(async move {
            match call(KeepFiling { draft }).await {
                Ok(()) => send.dispatch(Action::Filing(Do::Saved(browser::now()))),
                Err(error) => acts::failed(&send, &error),
            }
        });
    }
}
