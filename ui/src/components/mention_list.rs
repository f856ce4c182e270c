//! Colleagues to choose from while a note calls one by name: over the field, led by the field's own keys.

use gemilang_protocol::mention::typed;
use gemilang_protocol::{Person, PersonRef};
use uuid::Uuid;
use yew::prelude::*;

use crate::components::avatar;
use crate::store::fuzzy::{Fit, matched};
use crate::words::use_words;

/// Names offered at once.
const MOST: usize = 6;

/// Where a name is being typed, and who may be meant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Calling {
    /// Where its sign stands, in bytes.
    pub from: usize,
    /// Where the cursor is, in bytes.
    pub to: usize,
    /// Who may be meant.
    pub people: Vec<PersonRef>,
}

/// Who may be meant by what stands before the cursor, oneself left out. Nothing once a whole name stands there.
pub(crate) fn calling(text: &str, cursor: usize, staff: &[Person], me: Option<Uuid>) -> Option<Calling> {
    let (from, name) = typed(text, cursor)?;
    let people: Vec<PersonRef> = staff
        .iter()
        .filter(|person| Some(person.id) != me)
        .filter(|person| matched(&person.name, name.trim_end()).is_some_and(|(fit, _)| fit < Fit::Near))
        .take(MOST)
        .map(|person| PersonRef { id: person.id, name: person.name.clone() })
        .collect();
    let is_whole =
        people.iter().any(|person| name.trim_end().eq_ignore_ascii_case(&person.name) && name.ends_with(' '));
    (!people.is_empty() && !is_whole).then_some(Calling { from, to: cursor, people })
}

/// The text with a name in the place of what was typed of it, and where the cursor goes, in bytes.
pub(crate) fn called(text: &str, calling: &Calling, name: &str) -> (String, usize) {
    let (before, after) = (&text[..calling.from], &text[calling.to..]);
    let space = if after.starts_with(' ') { "" } else { " " };
    let text = format!("{before}@{name}{space}{after}");
    (text, before.len() + name.len() + 2)
}

/// UTF-16 units, as fields count, from bytes.
pub(crate) fn units(text: &str, bytes: usize) -> u32 {
    text.get(..bytes).map_or(0, |before| before.encode_utf16().count() as u32)
}

/// Bytes from UTF-16 units.
pub(crate) fn bytes(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (at, letter) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(letter.len_utf16());
    }
    text.len()
}

#[derive(Properties, PartialEq)]
pub(crate) struct MentionListProps {
    /// Who may be meant.
    pub people: Vec<PersonRef>,
    /// The line the keyboard stands on.
    pub at: usize,
    /// Chosen, by place.
    pub on_choose: Callback<usize>,
}

/// The list over the field.
#[component]
pub(crate) fn MentionList(props: &MentionListProps) -> Html {
    let words = use_words();
    let lines = props.people.iter().enumerate().map(|(n, person)| {
        let on = n == props.at;
        let on_click = props.on_choose.reform(move |_: MouseEvent| n);
        // The field keeps the keyboard.
        let stay = Callback::from(|event: MouseEvent| event.prevent_default());
        html! {
            <div key={person.id.to_string()} class={classes!("opt", on.then_some("is-on"))} id={format!("mention-{n}")} role="option" aria-selected={on.to_string()} onmousedown={stay} onclick={on_click}>
                { avatar::staff_beside(person, "av-sm") }<span class="cut" title={person.name.clone()}>{ &person.name }</span>
            </div>
        }
    });
    html! { <div class="mentions" id="mentions" role="listbox" aria-label={words.get("desk-mention")}>{ for lines }</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staff() -> Vec<Person> {
        ["Bagas Wicaksono", "Rina Larasati", "Ni Luh Ayu"]
            .iter()
            .enumerate()
            .map(|(n, name)| {
                serde_json::from_value(serde_json::json!({
                    "id": Uuid::from_u128(n as u128), "name": name, "email": "a@contoh.id", "phone": null, "role": "agent",
                    "language": "id", "zone": "WIB", "active": true, "created_at": "2026-03-01T00:00:00Z"
                }))
                .unwrap()
            })
            .collect()
    }

    #[test]
    fn a_name_is_offered_while_it_is_typed_and_takes_the_place_of_its_beginning() {
        let staff = staff();
        let all = calling("@", 1, &staff, Some(Uuid::from_u128(0))).unwrap();
        assert_eq!(all.people.len(), 2, "oneself is left out");
        let text = "Tolong 🙏 @la cek";
        let found = calling(text, 15, &staff, None).unwrap();
        assert_eq!(found.people[0].name, "Rina Larasati", "any of the names");
        let (text, cursor) = called(text, &found, "Rina Larasati");
        assert_eq!((text.as_str(), &text[cursor..]), ("Tolong 🙏 @Rina Larasati cek", "cek"));
        assert_eq!(called("@la", &calling("@la", 3, &staff, None).unwrap(), "Rina Larasati").0, "@Rina Larasati ");
        assert_eq!(calling("@Rina Larasati ", 15, &staff, None), None, "it is there");
        assert_eq!(calling("@zzz", 4, &staff, None), None);
    }

    #[test]
    fn fields_count_in_other_units() {
        for (at, byte) in [(0, 0), (1, 1), (3, 5), (4, 6)] {
            assert_eq!((bytes("a🙏b", at), units("a🙏b", byte)), (byte.min(6), at.min(4)));
        }
    }
}
