//! Names of people: the short form for lines, initials for avatars, a tint for staff.

use uuid::Uuid;

/// What colleagues call each other: the first word, or the first two where the name is long (`Ni Luh`, `Muhammad Fadhil`).
pub(crate) fn short(name: &str) -> String {
    let words: Vec<_> = name.split_whitespace().collect();
    match words.len() {
        0 => String::new(),
        1 | 2 => words[0].to_owned(),
        _ => words[..2].join(" "),
    }
}

/// A name over a message: at most three words, so that the time stays beside it.
pub(crate) fn over(name: &str) -> String {
    name.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// Two letters: of the first word and of the middle one, since in long names the first two are often shared.
pub(crate) fn initials(name: &str) -> String {
    let words: Vec<_> = name.split_whitespace().collect();
    let letter = |word: &&str| word.chars().next().map(|letter| letter.to_uppercase().to_string());
    let mut initials = words.first().and_then(letter).unwrap_or_default();
    if words.len() > 1
        && let Some(letter) = words.get(words.len() / 2).and_then(letter)
    {
        initials.push_str(&letter);
    }
    initials
}

/// A staff member's tint, 1 to 5, the same on every desk.
pub(crate) fn tint(id: Uuid) -> u32 {
    id.as_bytes().iter().map(|byte| u32::from(*byte)).sum::<u32>() % 5 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_stay_readable() {
        let long = "Raden Roro Kusumawardhani Prameswari Hadiningrat";
        assert_eq!(short(long), "Raden Roro");
        assert_eq!(over(long), "Raden Roro Kusumawardhani");
        assert_eq!(initials(long), "RK");
        assert_eq!(initials("Rina Puspitasari"), "RP");
        assert_eq!(initials("Ni Luh Ayu Pradnyani"), "NA");
        assert_eq!(initials("Bagas"), "B");
        assert_eq!(initials(" "), "");
        assert_eq!(short("Bagas Wicaksono"), "Bagas");
        assert_eq!(short(""), "");
    }

    #[test]
    fn a_tint_is_one_of_five() {
        for n in 0..50 {
            assert!((1..=5).contains(&tint(Uuid::from_u128(n))));
        }
    }
}
