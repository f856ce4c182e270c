//! Doing: how each deed of the table (`store/deeds.rs`) is done, whether it was asked for by a key or in the palette.

use chrono::TimeDelta;
use gemilang_protocol::desk::commands::SetSettings;
use gemilang_protocol::desk::views::{OpState, OutboxItem, Thread};
use gemilang_protocol::{Duty, PersonRef, Status};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::account;
use crate::acts::{self, Many, Pen, Store};
use crate::browser;
use crate::components::bulk;
use crate::components::list_pane::{FILTER, SORT};
use crate::components::menu::Anchor;
use crate::components::message_menu;
use crate::components::rows::ROWS;
use crate::components::thread::FLOW;
use crate::components::ticket_menus::Kind;
use crate::later;
use crate::lookup;
use crate::saved_views;
use crate::store::composer::{self, Mode};
use crate::store::deeds::Deed;
use crate::store::navigation::{Page, VIEWS};
use crate::store::outbox::{self, Choice, Place, choices};
use crate::store::palette::{self, Over};
use crate::store::split::Split;
use crate::store::{Action, list, snack, subject};
use crate::words::Words;

/// A row's height before one is measured, in pixels, and rows that stay in view when a windowful is turned.
const ROW: f64 = 77.0;
const KEPT: i32 = 1;

/// What deeds are done with.
#[derive(Clone)]
pub(crate) struct Hands {
    /// The store.
    pub store: Store,
    /// The composer.
    pub pen: Pen,
    /// The texts.
    pub words: Words,
    /// Opens a menu of the ticket.
    pub on_menu: Callback<(Kind, Anchor)>,
}

impl Hands {
    /// Does it. False where it turned out that there is nothing to do, so that a key goes on to whom it may concern.
    pub(crate) fn perform(&self, deed: Deed) -> bool {
        let Self { store, pen, .. } = self;
        let send = store.dispatcher();
        match deed {
            Deed::Down => self.step(1),
            Deed::Up => self.step(-1),
            Deed::First => return self.turn(i32::MIN),
            Deed::Last => return self.turn(i32::MAX),
            Deed::PageDown => return self.turn(windowful()),
            Deed::PageUp => return self.turn(-windowful()),
            Deed::Back => self.back(),
            Deed::Search => send.dispatch(Action::Seek),
            Deed::Find => self.lay(Over::Palette),
            Deed::Keys => self.lay(Over::Keys),
            Deed::View(n) => {
                let at = usize::from(n).wrapping_sub(1);
                if let Some(inbox) = VIEWS.get(at) {
                    send.dispatch(Action::Go(Page::Inbox(*inbox)));
                } else if let Some(view) = store.saved.rows.get(at.wrapping_sub(VIEWS.len())) {
                    send.dispatch(Action::OpenView(view.id));
                }
            }
            Deed::Go(page) => send.dispatch(Action::Go(page)),
            Deed::Details => send.dispatch(Action::Drawer(!store.place.drawer)),
            Deed::Filter => return press(FILTER),
            Deed::Sort => return press(SORT),
            Deed::SaveView => self.keep(),
            Deed::SaveChanges => saved_views::save_changes(store),
            Deed::RenameView | Deed::DeleteView => {
                if let Some(row) = store.saved.opened() {
                    match deed {
                        Deed::RenameView => saved_views::rename(&send, row),
                        _ => saved_views::delete(send, row),
                    }
                }
            }
            Deed::Pick => send.dispatch(Action::List(list::Action::Pick(None))),
            Deed::PickDown => send.dispatch(Action::List(list::Action::PickBy(1))),
            Deed::PickUp => send.dispatch(Action::List(list::Action::PickBy(-1))),
            Deed::PickAll => send.dispatch(Action::List(list::Action::PickAll)),
            Deed::Assign if self.picks() => return press(bulk::ASSIGN),
            Deed::Status if self.picks() => return press(bulk::STATUS),
            Deed::Priority if self.picks() => return press(bulk::PRIORITY),
            Deed::Take | Deed::LetGo | Deed::SetStatus(_) | Deed::SetPriority(_) if self.picks() => {
                self.change_picked(deed);
            }
            Deed::Take => self.take(),
            Deed::Assign => return self.hang(Kind::Assign),
            Deed::Status => return self.hang(Kind::Status),
            Deed::Priority => return self.hang(Kind::Priority),
            Deed::Category => return self.hang(Kind::Category),
            Deed::Order => return self.hang(Kind::Order),
            Deed::Subject => {
                if let Some(ticket) = store.open.here().map(|thread| &thread.ticket) {
                    send.dispatch(Action::Subject(subject::Action::Open(ticket.id, ticket.subject.clone())));
                }
            }
            Deed::Customer => {
                if let Some(thread) = store.open.here() {
                    send.dispatch(Action::Go(Page::Customer(thread.ticket.customer.id)));
                }
            }
            Deed::Block(_) => {
                if let Some(person) = store.customer() {
                    lookup::ask(send, person);
                }
            }
            Deed::LetGo | Deed::SetStatus(_) | Deed::SetPriority(_) => self.change(deed),
            Deed::Snooze if self.picks() => return press(bulk::SNOOZE),
            Deed::Snooze => return self.hang(Kind::Snooze),
            Deed::Tag => return self.hang(Kind::Tag),
            Deed::Link => return self.hang(Kind::Link),
            Deed::File => self.lay(Over::File),
            Deed::Split => message_menu::split(&send, store.open.here().and_then(|thread| Split::newest(thread))),
            Deed::Merge => self.lay(Over::Merge),
            Deed::Wake => self.wake(),
            Deed::Reply => pen.dispatch(composer::Action::Mode(Mode::Reply)),
            Deed::Note => pen.dispatch(composer::Action::Mode(Mode::Note)),
            Deed::Turn => pen.dispatch(composer::Action::Mode(match pen.mode {
                Mode::Reply => Mode::Note,
                Mode::Note => Mode::Reply,
            })),
            Deed::Edit => return self.edit(),
            Deed::Send => acts::submit(send, pen, None),
            Deed::SendWait => acts::submit(send, pen, Some(Status::WaitingCustomer)),
            Deed::SendResolve => acts::submit(send, pen, Some(Status::Resolved)),
            Deed::SendLater => return self.hang(Kind::Later),
            Deed::Undo => {
                if let Some(undo) = store.snacks.back.clone() {
                    send.dispatch(Action::Snack(snack::Action::Undone));
                    acts::undo(store, pen, undo);
                }
            }
            Deed::Theme(theme) => set(store, None, Some(theme)),
            Deed::Language(language) => set(store, Some(language.tag()), None),
            Deed::Duty(duty) => acts::set_duty(send, duty),
            Deed::Pause => acts::set_duty(send, Duty::Away { until: store.now + TimeDelta::hours(1) }),
            Deed::SyncNow => acts::sync_now(send),
            Deed::SignOut => account::sign_out(send, false),
            Deed::Quit => acts::quit(),
            // The field under the keyboard does these itself.
            Deed::Open | Deed::LeaveField => return false,
        }
        true
    }

    fn lay(&self, over: Over) {
        let open = (self.store.palette.open != Some(over)).then_some(over);
        self.store.dispatch(Action::Palette(palette::Action::Over(open)));
    }

    /// What the list is narrowed by, or what is searched for, gets a name.
    fn keep(&self) {
        let store = &self.store;
        let is_search = store.place.page == Page::Search;
        let query = if is_search { store.search.list() } else { store.list.query.clone() };
        saved_views::name(&store.dispatcher(), &query);
    }

    /// A row further.
    fn step(&self, by: i32) {
        match self.store.place.page {
            Page::Outbox => self.store.dispatch(Action::Outbox(outbox::Action::Move(by))),
            _ => self.store.dispatch(Action::List(list::Action::Move(by))),
        }
    }

    /// Several rows further; in the conversation these keys scroll.
    fn turn(&self, by: i32) -> bool {
        let reads = browser::focused().is_some_and(|it| it.id() == FLOW);
        if !reads {
            self.store.dispatch(Action::List(list::Action::Move(by)));
        }
        !reads
    }

    /// Whether rows are picked, so that a deed is meant for all of them.
    fn picks(&self) -> bool {
        self.store.place.is_inbox() && !self.store.list.picks.is_empty()
    }

    fn change_picked(&self, deed: Deed) {
        let many = match deed {
            Deed::SetStatus(to) => Many::Status(to),
            Deed::SetPriority(to) => Many::Priority(to),
            Deed::Take => Many::Assign(self.me()),
            _ => Many::Assign(None),
        };
        acts::change_picked(&self.store, many, self.words);
    }

    fn me(&self) -> Option<PersonRef> {
        self.store.session.who.as_ref().map(|who| PersonRef { id: who.user.id, name: who.user.name.clone() })
    }

    /// Back: nothing is picked any more, the drawer closes, a hit leads back to the hits, the keyboard returns to the list.
    fn back(&self) {
        let store = &self.store;
        if self.picks() {
            store.dispatch(Action::List(list::Action::PickNone));
        } else if store.place.drawer {
            store.dispatch(Action::Drawer(false));
        } else if store.place.from_search || store.place.page == Page::Search || store.place.page.is_of_one() {
            store.dispatch(Action::Back);
        } else if store.place.is_inbox() && store.list.selected.is_some() {
            store.dispatch(Action::List(list::Action::Move(0)));
        }
    }

    /// What rings comes before what is open.
    fn take(&self) {
        let store = &self.store;
        if let Some((ring, _)) = store.rings() {
            acts::take_ringing(store, ring);
        } else if let Some(thread) = store.open.here() {
            acts::assign(store.dispatcher(), thread.ticket.id, thread.ticket.assigned_to, self.me(), store.me());
        }
    }

    fn change(&self, deed: Deed) {
        let Some(ticket) = self.store.open.here().map(|thread| &thread.ticket) else { return };
        let send = self.store.dispatcher();
        match deed {
            Deed::SetStatus(to) => acts::set_status(send, ticket.id, ticket.status, to, self.words.status(to)),
            Deed::SetPriority(to) => acts::set_priority(send, ticket.id, ticket.priority, to, self.words.priority(to)),
            _ => acts::assign(send, ticket.id, ticket.assigned_to, None, self.store.me()),
        }
    }

    fn wake(&self) {
        let (Some(thread), Some(me)) = (self.store.open.here(), self.store.me()) else { return };
        if thread.ticket.internal.snooze_of(me).is_some() {
            later::wake(self.store.dispatcher(), thread.ticket.id);
        }
    }

    fn hang(&self, kind: Kind) -> bool {
        let button = kind.anchors().into_iter().find_map(browser::visible);
        if let Some(button) = &button {
            self.on_menu.emit((kind, Anchor::of(button)));
        }
        button.is_some()
    }

    /// In the outbox the item the keyboard stands on, else the held reply, else the newest words that can be changed.
    fn edit(&self) -> bool {
        let Some(thread) = self.store.open.here() else { return false };
        let (item, place) = if self.store.place.page == Page::Outbox {
            (self.store.outbox.standing_on().filter(can_edit), Place::Outbox)
        } else {
            (editable(thread), Place::Thread)
        };
        if let Some(item) = item {
            acts::edit(self.store.dispatcher(), item, place);
        }
        item.is_some()
    }
}

fn can_edit(item: &&OutboxItem) -> bool {
    choices(item).iter().any(|choice| matches!(choice, Choice::Edit | Choice::EditOn))
}

fn editable(thread: &Thread) -> Option<&OutboxItem> {
    let held = thread.unsent.iter().find(|item| item.state == OpState::Held);
    held.or_else(|| thread.unsent.iter().rfind(can_edit))
}

/// Rows that a windowful of the list holds, without the one that stays.
fn windowful() -> i32 {
    let pane = browser::by_id(ROWS);
    let tall = pane.as_ref().map_or(0.0, |pane| f64::from(pane.client_height()));
    let row = pane.and_then(|pane| pane.query_selector(".ticket").ok().flatten());
    let row = row.map_or(ROW, |row| row.get_bounding_client_rect().height().max(1.0));
    ((tall / row) as i32 - KEPT).max(1)
}

fn press(id: &str) -> bool {
    let button = browser::visible(id).and_then(|it| it.dyn_into::<HtmlElement>().ok());
    if let Some(button) = &button {
        button.click();
    }
    button.is_some()
}

/// Change a setting; the screen follows the core's answer.
pub(crate) fn set(store: &Store, language: Option<&str>, theme: Option<&str>) {
    acts::set(
        store.dispatcher(),
        SetSettings {
            language: language.map(ToOwned::to_owned),
            theme: theme.map(ToOwned::to_owned),
            ..SetSettings::AS_IT_IS
        },
    );
}
