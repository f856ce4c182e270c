//! Opening hours: the screen changes at once, the service is told one table after the other, and what it refuses is undone and said.

use std::cell::RefCell;
use std::rc::Rc;

use gemilang_protocol::OpeningHours;
use gemilang_protocol::desk::commands::{GetHours, SetHours};
use wasm_bindgen_futures::spawn_local;

use crate::acts::Send;
use crate::bridge::call;
use crate::store::Action;
use crate::store::hours::Action as Told;

/// What is to be told next, while something is on its way: only the last table counts.
#[derive(Clone, Default)]
pub(crate) struct Saver(Rc<RefCell<Queue>>);

#[derive(Default)]
struct Queue {
    next: Option<OpeningHours>,
    busy: bool,
}

impl PartialEq for Saver {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Saver {
    /// Keep a table.
    pub(crate) fn save(&self, send: Send, table: OpeningHours) {
        send.dispatch(Action::Hours(Told::Kept(table.clone())));
        self.0.borrow_mut().next = Some(table);
        if std::mem::replace(&mut self.0.borrow_mut().busy, true) {
            return;
        }
        let queue = self.0.clone();
        spawn_local(async move {
            loop {
                let Some(hours) = queue.borrow_mut().next.take() else { break };
                if let Err(error) = call(SetHours { hours }).await {
                    queue.borrow_mut().next = None;
                    send.dispatch(Action::Hours(Told::Refused(error)));
                    // What the service has stands again, if it can be asked.
                    if let Ok(kept) = call(GetHours {}).await {
                        send.dispatch(Action::Hours(Told::Arrived(kept)));
                    }
                }
            }
            queue.borrow_mut().busy = false;
        });
    }
}

/// Read how it is.
pub(crate) fn read(send: Send) {
    spawn_local(async move {
        send.dispatch(Action::Hours(match call(GetHours {}).await {
            Ok(kept) => Told::Arrived(kept),
            Err(error) => Told::Refused(error),
        }));
    });
}
