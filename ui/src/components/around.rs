//! What is put around a ticket: the menus that put a tag on it, link it to another one, or lead to what is done more seldom; and how it stands in the side pane.

use std::rc::Rc;

use gemilang_protocol::desk::commands::{FindTickets, ListTags};
use gemilang_protocol::desk::views::{Property, PropertyChange, Thread, TicketRow};
use gemilang_protocol::validate;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::acts::{self, Send, use_store};
use crate::bridge::call;
use crate::components::ask_menu::{AskMenu, Line};
use crate::components::icon::{icon, icon12, status_glyph};
use crate::components::menu::{Anchor, Menu, Opt};
use crate::components::ticket_menus::{Kind, opens};
use crate::store::deeds::{self, Deed};
use crate::store::palette::{self, Over};
use crate::store::snack::Sentence;
use crate::store::{Action, filing, subject};
use crate::words::use_words;

/// Lines of a menu.
const MOST: usize = 8;

#[derive(Properties, PartialEq)]
pub(crate) struct AroundProps {
    /// Where it hangs.
    pub anchor: Anchor,
    /// The ticket.
    pub thread: Rc<Thread>,
    /// Done.
    pub on_close: Callback<()>,
}

fn put(send: Send, ticket: Uuid, to: Property, sentence: Sentence) {
    acts::change(send, vec![PropertyChange { ticket, to }], move |_| sentence);
}

/// Files a ticket under a tag: one that is there already, or a new one.
#[component]
pub(crate) fn TagMenu(props: &AroundProps) -> Html {
    let store = use_store();
    let words = use_words();
    let known = use_state(Vec::<String>::new);
    let q = use_state(String::new);
    {
        let known = known.setter();
        use_effect_with((), move |()| {
            spawn_local(async move {
                if let Ok(tags) = call(ListTags {}).await {
                    known.set(tags);
                }
            });
        });
    }
    let ticket = &props.thread.ticket;
    let (meant, error) = match validate::tag(&q) {
        Ok(tag) => (Some(tag), None),
        Err(_) if q.trim().trim_start_matches('#').is_empty() => (None, None),
        Err(error) => (None, Some(words.field("tag", &error))),
    };
    let mut tags: Vec<String> = known
        .iter()
        .filter(|tag| !ticket.internal.has_tag(tag))
        .filter(|tag| meant.as_ref().is_none_or(|meant| tag.contains(meant.as_str())))
        .take(MOST)
        .cloned()
        .collect();
    let is_new = |tag: &String| !known.contains(tag) && !ticket.internal.has_tag(tag);
    let fresh = meant.clone().filter(is_new);
    let mut lines: Vec<Line> = Vec::new();
    if let Some(tag) = fresh {
        let text = words.with("desk-tag-new", &[("tag", tag.as_str().into())]);
        lines.push(Line { key: format!("+{tag}"), glyph: icon("plus"), text, side: String::new() });
        tags.insert(0, tag);
    }
    lines.extend(tags.iter().skip(lines.len()).map(|tag| Line {
        key: tag.clone(),
        glyph: icon("tag"),
        text: tag.clone(),
        side: String::new(),
    }));
    let there = meant.filter(|tag| ticket.internal.has_tag(tag)).map(|_| words.get("desk-tag-there"));
    let said = error.clone().or(there).or_else(|| lines.is_empty().then(|| words.get("desk-tag-none")));
    let on_choose = {
        let (send, close, id) = (store.dispatcher(), props.on_close.clone(), ticket.id);
        Callback::from(move |at: usize| {
            let Some(tag) = tags.get(at).cloned() else { return };
            close.emit(());
            let sentence = Sentence::with("desk-said-tagged", &[("tag", &tag)]);
            put(send.clone(), id, Property::Tagged(tag), sentence);
        })
    };
    let on_input = {
        let q = q.clone();
        Callback::from(move |text| q.set(text))
    };
    html! { <AskMenu anchor={props.anchor} label={words.get("desk-tag-add")} placeholder={words.get("desk-tag-placeholder")} text={(*q).clone()} {on_input} {lines} {said} wrong={error.is_some()} {on_choose} on_close={props.on_close.clone()} /> }
}

/// Links a ticket to another one.
#[component]
pub(crate) fn LinkMenu(props: &AroundProps) -> Html {
    let store = use_store();
    let words = use_words();
    let q = use_state(String::new);
    let found = use_state(|| (String::new(), Vec::<TicketRow>::new()));
    {
        let found = found.setter();
        let recent = store.palette.recent.clone();
        use_effect_with((*q).clone(), move |q| {
            let q = q.clone();
            spawn_local(async move {
                if let Ok(list) = call(FindTickets { q: q.clone(), recent }).await {
                    found.set((q, list.rows));
                }
            });
        });
    }
    let ticket = &props.thread.ticket;
    let rows: Vec<TicketRow> =
        found.1.iter().filter(|row| row.id != ticket.id && !ticket.internal.is_linked(row.id)).cloned().collect();
    let lines: Vec<Line> = rows
        .iter()
        .map(|row| Line {
            key: row.id.to_string(),
            glyph: status_glyph(row.status),
            text: format!("{} {}", row.number, words.said(&row.subject)),
            side: crate::names::short(&row.customer.name),
        })
        .collect();
    let said = (lines.is_empty() && found.0 == *q).then(|| words.get("desk-link-none"));
    let on_choose = {
        let (send, close, id) = (store.dispatcher(), props.on_close.clone(), ticket.id);
        Callback::from(move |at: usize| {
            let Some(row) = rows.get(at) else { return };
            close.emit(());
            let sentence = Sentence::with("desk-said-linked", &[("number", &row.number.to_string())]);
            put(send.clone(), id, Property::Linked(row.id), sentence);
        })
    };
    let on_input = {
        let q = q.clone();
        Callback::from(move |text| q.set(text))
    };
    html! { <AskMenu anchor={props.anchor} label={words.get("desk-link-add")} placeholder={words.get("desk-link-placeholder")} text={(*q).clone()} {on_input} {lines} {said} {on_choose} on_close={props.on_close.clone()} /> }
}

#[derive(Properties, PartialEq)]
pub(crate) struct MoreProps {
    /// Where it hangs.
    pub anchor: Anchor,
    /// The ticket.
    pub thread: Rc<Thread>,
    /// Opens another menu in its place.
    pub on_menu: Callback<(Kind, Anchor)>,
    /// Done.
    pub on_close: Callback<()>,
}

/// What is done more seldom.
#[component]
pub(crate) fn MoreMenu(props: &MoreProps) -> Html {
    let store = use_store();
    let words = use_words();
    let line = |glyph: &'static str, key: &str, deed: Deed| Opt {
        glyph: icon(glyph),
        text: words.get(key),
        keys: deeds::keys(deed),
        ..Opt::default()
    };
    let options = vec![
        line("swap", "desk-assign", Deed::Assign),
        line("edit", "desk-do-subject", Deed::Subject),
        line("rings", "desk-do-order", Deed::Order),
        line("tag", "desk-tag-more", Deed::Tag),
        line("link", "desk-link-more", Deed::Link),
        line("merge", "desk-merge-more", Deed::Merge),
        Opt { glyph: icon("phone"), text: words.get("desk-file-for"), ..Opt::default() },
    ];
    let on_choose = {
        let (send, anchor, on_menu, close) =
            (store.dispatcher(), props.anchor, props.on_menu.clone(), props.on_close.clone());
        let (customer, ticket) = (props.thread.ticket.customer.clone(), props.thread.ticket.id);
        let subject_is = props.thread.ticket.subject.clone();
        Callback::from(move |at: usize| match at {
            0 => on_menu.emit((Kind::Assign, anchor)),
            1 => {
                close.emit(());
                send.dispatch(Action::Subject(subject::Action::Open(ticket, subject_is.clone())));
            }
            2 => on_menu.emit((Kind::Order, anchor)),
            3 => on_menu.emit((Kind::Tag, anchor)),
            4 => on_menu.emit((Kind::Link, anchor)),
            5 => {
                close.emit(());
                send.dispatch(Action::Palette(palette::Action::Over(Some(Over::Merge))));
            }
            _ => {
                close.emit(());
                send.dispatch(Action::Filing(filing::Action::For(customer.clone(), ticket)));
                send.dispatch(Action::Palette(palette::Action::Over(Some(Over::File))));
            }
        })
    };
    html! { <Menu anchor={props.anchor} label={words.get("desk-more")} {options} {on_choose} on_close={props.on_close.clone()} width={236} /> }
}

#[derive(Properties, PartialEq)]
pub(crate) struct FiledProps {
    /// The ticket.
    pub thread: Rc<Thread>,
    /// Opens a menu.
    pub on_menu: Callback<(Kind, Anchor)>,
}

/// Tags and links among the properties of a ticket.
#[component]
pub(crate) fn Filed(props: &FiledProps) -> Html {
    let store = use_store();
    let words = use_words();
    let thread = &props.thread;
    let ticket = thread.ticket.id;
    let tags = thread.ticket.internal.tags.iter().map(|tag| {
        let off = {
            let (send, tag) = (store.dispatcher(), tag.clone());
            Callback::from(move |_: MouseEvent| {
                let sentence = Sentence::with("desk-said-untagged", &[("tag", &tag)]);
                put(send.clone(), ticket, Property::Untagged(tag.clone()), sentence);
            })
        };
        let label = words.with("desk-tag-off", &[("tag", tag.as_str().into())]);
        html! { <button key={tag.clone()} type="button" class="chip" data-tag={tag.clone()} aria-label={label.clone()} title={label} onclick={off}><span class="cut">{ tag }</span>{ icon12("x") }</button> }
    });
    let links = thread.ticket.internal.links.iter().map(|link| {
        let row = thread.linked.iter().find(|row| row.id == link.id);
        let off = {
            let (send, id, number) = (store.dispatcher(), link.id, link.number.to_string());
            Callback::from(move |_: MouseEvent| {
                let sentence = Sentence::with("desk-said-unlinked", &[("number", &number)]);
                put(send.clone(), ticket, Property::Unlinked(id), sentence);
            })
        };
        let open = {
            let (send, id) = (store.dispatcher(), link.id);
            Callback::from(move |event: MouseEvent| {
                event.prevent_default();
                send.dispatch(Action::Show(id));
            })
        };
        let subject = row.map(|row| words.said(&row.subject)).unwrap_or_default();
        let label = words.with("desk-link-off", &[("number", link.number.to_string().into())]);
        html! {
            <div key={link.id.to_string()} class="linked" data-link={link.number.to_string()}>
                { row.map(|row| status_glyph(row.status)) }
                <a href="#" class="cut" title={format!("{} {subject}", link.number)} onclick={open}>{ link.number.to_string() }{ " " }{ subject.clone() }</a>
                <button type="button" class="btn btn-icon btn-xs" aria-label={label.clone()} title={label} onclick={off}>{ icon12("x") }</button>
            </div>
        }
    });
    let (tags, links): (Vec<_>, Vec<_>) = (tags.collect(), links.collect());
    let is_linked = !links.is_empty();
    html! {
        <>
            <dt>{ words.get("desk-tags") }</dt>
            <dd class="filed">
                { for tags }
                <button type="button" id="prop-tags" class="chip chip-add" aria-haspopup="dialog" aria-label={words.get("desk-tag-add")} title={format!("{} (L)", words.get("desk-tag-add"))} onclick={opens(Kind::Tag, &props.on_menu)}>{ icon12("plus") }</button>
            </dd>
            if is_linked {
                <dt>{ words.get("desk-links") }</dt>
                <dd></dd>
                <dd class="filed wide">{ for links }</dd>
            }
        </>
    }
}
