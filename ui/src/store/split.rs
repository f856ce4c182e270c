//! A message that is to be split off: whose it is, what its ticket gives along, and how it reads in the form. Its words are not the form's: the service takes them from where they stand.

use std::rc::Rc;

use gemilang_protocol::desk::views::Thread;
use gemilang_protocol::{
    Category, Event, EventBody, Message, PersonRef, Priority, SenderType, Ticket, TicketNumber, Time,
};
use uuid::Uuid;

/// Characters of a subject that is suggested.
const SUGGESTED: usize = 60;

/// What the form opens with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The ticket it stands in.
    pub from: Uuid,
    /// The message.
    pub message: Uuid,
    /// Who wrote it.
    pub customer: PersonRef,
    /// What it may be called: its first words.
    pub subject: String,
    /// What the old ticket is about.
    pub category: Category,
    /// How soon that one is.
    pub priority: Priority,
    /// Its order.
    pub order: Option<String>,
    /// How the message reads.
    pub quote: Rc<Quote>,
}

/// How a message reads in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The ticket it stands in.
    pub number: TicketNumber,
    /// Its words.
    pub words: String,
    /// When it was written.
    pub said_at: Time,
    /// Who sees the old ticket beside its author, and will not see the new one.
    pub others: Vec<String>,
}

/// Whether a message can be split off: a customer's, and not erased.
pub fn can_split(message: &Message) -> bool {
    message.sender_type == SenderType::Customer && message.sender.is_some() && !message.message.is_empty()
}

impl Split {
    /// A message of this conversation, if it can be split off.
    pub fn of(thread: &Thread, message: Uuid) -> Option<Self> {
        let written = Written::find(thread, message)?;
        let Written { ticket, said, .. } = written;
        let customer = said.sender.clone().filter(|_| can_split(said))?;
        Some(Self {
            from: ticket.id,
            message,
            subject: first_words(&said.message),
            category: ticket.category,
            priority: ticket.priority,
            // Of somebody else's wedding it is not for them.
            order: ticket.order.clone().filter(|_| customer.id == ticket.customer.id),
            quote: Rc::new(Quote::of(&written)),
            customer,
        })
    }

    /// The newest message of this conversation that can be split off.
    pub fn newest(thread: &Thread) -> Option<Self> {
        Self::of(thread, thread.messages.iter().rfind(|it| can_split(it))?.id)
    }
}

/// A message with the ticket it was written in: the one on screen, or one that went into it.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    ticket: &'a Ticket,
    events: &'a [Event],
    said: &'a Message,
}

impl<'a> Written<'a> {
    /// Where a message of this conversation was written.
    pub fn find(thread: &'a Thread, message: Uuid) -> Option<Self> {
        let own = (&thread.ticket, &thread.events, &thread.messages);
        let parts = thread.parts.iter().map(|it| (&it.ticket, &it.events, &it.messages));
        [own].into_iter().chain(parts).find_map(|(ticket, events, messages)| {
            let said = messages.iter().find(|it| it.id == message)?;
            Some(Self { ticket, events, said })
        })
    }
}

impl Quote {
    /// How it reads.
    pub fn of(written: &Written<'_>) -> Self {
        let Written { ticket, events, said: message } = *written;
        let author = message.sender.as_ref().map(|it| it.id);
        let mut people = vec![ticket.customer.clone()];
        for event in events {
            match &event.body {
                EventBody::Shared { with } => people.push(with.clone()),
                EventBody::Unshared { with } => people.retain(|it| it.id != with.id),
                _ => {}
            }
        }
        let others = people.into_iter().filter(|it| Some(it.id) != author && !it.name.is_empty());
        Self {
            number: ticket.number,
            words: message.message.clone(),
            said_at: message.created_at,
            others: others.map(|it| it.name).collect(),
        }
    }
}

/// The first words of a text, cut between two of them.
fn first_words(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let mut words = String::new();
    for word in line.split_whitespace() {
        if !words.is_empty() && words.chars().count() + 1 + word.chars().count() > SUGGESTED {
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    let words: String = words.chars().take(SUGGESTED).collect();
    words.trim_end_matches([',', ';', ':', '.', '-', '!']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{customer_says, event, person, staff_says, thread};
    use super::*;

    #[test]
    fn its_first_words_may_be_its_subject() {
        assert_eq!(first_words("\n Kursi tambah 20.\nTerima kasih"), "Kursi tambah 20");
        let long = "Selamat siang Kak, kami ingin menanyakan kursi tambahan untuk keluarga dari Surabaya";
        assert_eq!(first_words(long), "Selamat siang Kak, kami ingin menanyakan kursi tambahan");
        assert_eq!(first_words(&"a".repeat(100)).chars().count(), SUGGESTED);
    }

    #[test]
    fn who_saw_the_old_one_beside_its_author_is_named() {
        let mut it = thread(1);
        it.messages = vec![customer_says(1, "Kursi?"), staff_says(2, "Baik")];
        let author = it.messages[0].sender.clone().unwrap();
        it.ticket.customer = author.clone();
        let (dewi, made) = (person(40, "Dewi"), person(41, "Made"));
        it.events = vec![
            event(3, EventBody::Shared { with: dewi.clone() }),
            event(4, EventBody::Shared { with: made.clone() }),
            event(5, EventBody::Unshared { with: made }),
        ];
        let split = Split::newest(&it).unwrap();
        assert_eq!((split.message, &split.customer), (it.messages[0].id, &author));
        assert_eq!(split.quote.others, ["Dewi"]);
        assert!(Split::of(&it, it.messages[1].id).is_none(), "the team's own words stay");
        it.messages[0].message.clear();
        assert!(Split::newest(&it).is_none(), "erased words are no words");
        // A partner's own words are theirs, and the order is the other's.
        it.messages = vec![customer_says(1, "Kursi?")];
        it.messages[0].sender = Some(dewi);
        it.ticket.order = Some("GO-2291".into());
        let split = Split::newest(&it).unwrap();
        assert_eq!(
            (split.customer.name.as_str(), split.order, split.quote.others.as_slice()),
            ("Dewi", None, &[author.name][..])
        );
    }
}
