//! Company: which colleagues are at a ticket, and which of them are writing.

use gemilang_protocol::{Company, Person, PersonRef, SenderType};
use uuid::Uuid;

/// A colleague at a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Who.
    pub person: PersonRef,
    /// Whether they are writing.
    pub types: bool,
}

/// The colleagues at a ticket, who writes first. Who is not known here is passed over: their record is on its way.
pub fn beside(company: &Company, staff: &[Person], ticket: Uuid) -> Vec<Beside> {
    let of = |list: &[gemilang_protocol::Present]| -> Vec<Uuid> {
        list.iter().filter(|it| it.ticket == ticket && it.side == SenderType::Admin).map(|it| it.person).collect()
    };
    let (here, typing) = (of(&company.here), of(&company.typing));
    let mut beside: Vec<Beside> = staff
        .iter()
        .filter(|person| here.contains(&person.id) || typing.contains(&person.id))
        .map(|person| Beside {
            person: PersonRef { id: person.id, name: person.name.clone() },
            types: typing.contains(&person.id),
        })
        .collect();
    beside.sort_by_key(|it| !it.types);
    beside
}

/// Whether the customer writes in this ticket.
pub fn customer_types(company: &Company, ticket: Uuid) -> bool {
    company.typing.iter().any(|it| it.ticket == ticket && it.side == SenderType::Customer)
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::Present;

    use super::super::samples::{id, staff};
    use super::*;

    #[test]
    fn who_writes_stands_first_and_only_colleagues_stand_at_all() {
        let staff = staff();
        let at = |ticket, person, side| Present { ticket: id(ticket), person, side };
        let (first, second) = (staff[0].id, staff[1].id);
        let company = Company {
            here: vec![
                at(1, first, SenderType::Admin),
                at(1, id(50), SenderType::Customer),
                at(2, second, SenderType::Admin),
            ],
            typing: vec![at(1, second, SenderType::Admin), at(1, id(77), SenderType::Admin)],
        };
        let names = |ticket| {
            beside(&company, &staff, id(ticket)).into_iter().map(|it| (it.person.id, it.types)).collect::<Vec<_>>()
        };
        assert_eq!(names(1), [(second, true), (first, false)]);
        assert_eq!(names(2), [(second, false)]);
        assert_eq!(names(3), []);
        assert!(!customer_types(&company, id(1)));
    }
}
