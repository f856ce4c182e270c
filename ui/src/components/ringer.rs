//! The ringer: what is urgent and nobody's, above the list until somebody takes it.

use gemilang_protocol::alert::RingView;
use gloo_timers::callback::Interval;
use yew::prelude::*;

use crate::acts::{self, use_store};
use crate::browser;
use crate::components::icon::icon;
use crate::store::Action;
use crate::store::alerts::rung;
use crate::words::use_words;

/// What rings longest, with the button that takes it.
#[component]
pub(crate) fn Ringer() -> Html {
    let store = use_store();
    let words = use_words();
    let now = use_state_eq(browser::now);
    let first = store.rings().map(|(ring, others)| (ring.clone(), others));
    {
        let now = now.setter();
        use_effect_with(first.is_some(), move |rings| {
            now.set(browser::now());
            let tick = rings.then(|| Interval::new(1_000, move || now.set(browser::now())));
            move || drop(tick)
        });
    }
    let Some((ring, others)) = first else { return Html::default() };
    let (minutes, seconds, round) = rung(&ring, *now);
    let since = format!("{minutes}:{seconds:02}");
    let meta = if round <= i64::from(RingView::ROUNDS) {
        let args = [("time", since.into()), ("round", round.into()), ("of", i64::from(RingView::ROUNDS).into())];
        words.with("desk-ringer-round", &args)
    } else {
        words.with("desk-ringer-all", &[("time", since.into())])
    };
    let more = (others > 0).then(|| words.with("desk-ringer-more", &[("n", (others as u64).into())]));
    let take = {
        let (store, ring) = (store.clone(), ring.clone());
        Callback::from(move |_: MouseEvent| acts::take_ringing(&store, &ring))
    };
    let show = {
        let (send, ticket) = (store.dispatcher(), ring.ticket);
        Callback::from(move |_: MouseEvent| send.dispatch(Action::Show(ticket)))
    };
    let put_off = {
        let (send, ring) = (store.dispatcher(), ring.clone());
        Callback::from(move |_: MouseEvent| acts::snooze_ringing(send.clone(), &ring))
    };
    html! {
        <div class="ringer" role="group" aria-label={words.with("desk-ringer", &[("number", ring.number.to_string().into())])} data-ringing={ring.number.to_string()}>
            <span class="bell" aria-hidden="true">{ icon("ring") }</span>
            <button type="button" class="ringer-what" onclick={show}>
                <span class="who cut" title={ring.customer.clone()}>{ &ring.customer }</span>
                <span class="cut subject" title={ring.subject.clone()}>{ words.said(&ring.subject) }</span>
                <span class="meta">{ meta }{ for more.map(|more| format!(" · {more}")) }</span>
            </button>
            <span class="ringer-acts">
            <button type="button" id="act-snooze-ringing" class="btn btn-sm btn-icon" title={words.get("alert-action-snooze")} aria-label={words.get("alert-action-snooze")} onclick={put_off}>{ icon("clock") }</button>
            <button type="button" id="act-take-ringing" class="btn btn-sm btn-danger" onclick={take}>{ words.get("desk-take") }{ " " }<kbd>{ "T" }</kbd></button>
            </span>
            // Said once when it begins; the seconds would be read out one by one.
            <span class="sr" role="alert">{ words.with("desk-ringer-said", &[("customer", ring.customer.as_str().into()), ("subject", ring.subject.as_str().into())]) }</span>
        </div>
    }
}
