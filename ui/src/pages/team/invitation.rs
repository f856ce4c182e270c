//! Somebody who was asked to join and has not answered: sent again, or taken back.

use gemilang_protocol::team::Invitation;
use yew::prelude::*;

use crate::acts::use_store;
use crate::components::icon::{icon, icon14};
use crate::store::team::days_left;
use crate::words::use_words;
use crate::{names, team};

#[derive(Properties, PartialEq)]
pub(super) struct InvitationProps {
    /// Whom.
    pub invitation: Invitation,
}

/// The line.
#[component]
pub(super) fn InvitationLine(props: &InvitationProps) -> Html {
    let store = use_store();
    let words = use_words();
    let it = &props.invitation;
    let left = days_left(it.expires_at, store.now);
    let by = names::short(&it.by.name);
    let said = match left {
        Some(days) => words.with("desk-team-invited", &[("name", by.as_str().into()), ("n", days.into())]),
        None => words.with("desk-team-invited-over", &[("name", by.as_str().into())]),
    };
    let resend = {
        let (send, id, email) = (store.dispatcher(), it.id, it.email.clone());
        Callback::from(move |_: MouseEvent| team::resend(send.clone(), id, &email))
    };
    let withdraw = {
        let (send, id) = (store.dispatcher(), it.id);
        Callback::from(move |_: MouseEvent| team::withdraw(send.clone(), id))
    };
    let drop_label = words.with("desk-team-withdraw-of", &[("email", it.email.as_str().into())]);
    let (tag, key) = if left.is_some() { ("info", "desk-team-waiting") } else { ("", "desk-team-over") };
    html! {
        <div class="line mate" role="row" data-invitation={it.email.clone()}>
            <span role="cell"><span class="av av-none" aria-hidden="true">{ icon14("mail") }</span></span>
            <span class="who" role="cell"><span class="cut soft block-line" title={it.email.clone()}>{ &it.email }</span><span class="meta cut" title={said.clone()}>{ &said }</span></span>
            <span role="cell"><span class="pick still">{ words.get(&format!("role-{}", it.role)) }</span></span>
            <span role="cell"><span class={classes!("tagword", tag)}>{ words.get(key) }</span></span>
            <span role="cell"></span>
            <span role="cell"><button type="button" class="btn btn-xs btn-outline-secondary" disabled={store.team.busy} onclick={resend}>{ words.get("desk-team-resend") }</button></span>
            <span role="cell"><button type="button" class="btn btn-icon" aria-label={drop_label} title={words.get("desk-team-withdraw")} disabled={store.team.busy} onclick={withdraw}>{ icon("x") }</button></span>
        </div>
    }
}
