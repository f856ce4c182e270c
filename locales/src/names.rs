//! Names of people, as they are spoken to.

/// First words, in small letters, that are no name by themselves: what a Balinese or Javanese name begins with, and titles.
pub const BEGINNINGS: [&str; 12] =
    ["ni", "i", "ida", "raden", "r.", "hj.", "h.", "dr.", "ir.", "drg.", "muhammad", "muh."];

/// What somebody is called: the first word of their name, or the first two where the first one alone is nobody's name
/// (`Ni Luh`, `Raden Roro`, `Muhammad Fadhil`).
pub fn called(name: &str) -> &str {
    let name = name.trim();
    let end = |from: usize| name[from..].find(char::is_whitespace).map_or(name.len(), |at| from + at);
    let first = end(0);
    if !BEGINNINGS.contains(&name[..first].to_lowercase().as_str()) {
        return &name[..first];
    }
    let second = name[first..].find(|letter: char| !letter.is_whitespace()).map_or(first, |at| first + at);
    &name[..end(second)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_called_by_half_a_name() {
        for (name, wanted) in [
            ("Rina Puspitasari", "Rina"),
            ("Ni Luh Ayu Pradnyani", "Ni Luh"),
            ("I  Made Wirawan", "I  Made"),
            ("Raden Roro Kusumawardhani", "Raden Roro"),
            ("Muhammad Fadhil", "Muhammad Fadhil"),
            ("Niken Ayu", "Niken"),
            (" Bagas ", "Bagas"),
            ("Ida", "Ida"),
            ("", ""),
        ] {
            assert_eq!(called(name), wanted);
        }
    }
}
