//! The team's load: who has how many active tickets, and who is there for what is urgent.

use gemilang_protocol::desk::views::Load;
use yew::prelude::*;

use crate::acts::Store;
use crate::components::avatar;
use crate::components::filters::show_tickets_of;
use crate::pages::lookup::leads;
use crate::store::dashboard::{MATES, Mate, team};
use crate::store::navigation::Page;
use crate::words::Words;

/// All of it; nothing before the team is known here.
pub(super) fn block(load: &[Load], words: Words, store: &Store) -> Html {
    if load.is_empty() {
        return Html::default();
    }
    let team = team(load, store.me().map(|me| (me, store.alerts.told.duty)), store.now);
    let to = if store.is_admin() { Page::Team } else { Page::Alerts };
    let more = team.len().saturating_sub(MATES);
    html! {
        <section class="block" data-block="load">
            <h2 class="block-title">{ words.get("desk-load") }<a href="#" onclick={leads(store, to)}>{ words.get("desk-load-duty") }</a></h2>
            <ul class="load">{ for team.iter().take(MATES).map(|it| mate(it, words, store)) }</ul>
            if more > 0 { <p class="meta more">{ words.with("desk-load-more", &[("n", (more as u64).into())]) }</p> }
        </section>
    }
}

fn mate(mate: &Mate, words: Words, store: &Store) -> Html {
    let Load { person, duty, tickets } = &mate.load;
    let show = {
        let (send, name) = (store.dispatcher(), person.name.clone());
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            show_tickets_of(&send, &name, words);
        })
    };
    let on_duty = duty.is_on(store.now);
    let stands = if on_duty {
        html! { <span class="bar" aria-hidden="true"><i style={format!("width:{}%", mate.share)}></i></span> }
    } else {
        let said = match duty.paused_until(store.now) {
            Some(until) => words.with("desk-load-paused", &[("time", words.clock(until).into())]),
            None => words.get("desk-load-off"),
        };
        html! { <span class="meta cut" title={said.clone()}>{ said }</span> }
    };
    html! {
        <li key={person.id.to_string()} class={(!on_duty).then_some("off")}>
            <a href="#" onclick={show}>
                { avatar::staff_beside(person, "av-sm") }
                <span class="cut" title={person.name.clone()}>{ &person.name }</span>
                { stands }
                <span class="num">{ words.number(*tickets) }<span class="sr">{ " " }{ words.get("desk-load-tickets") }</span></span>
            </a>
        </li>
    }
}
