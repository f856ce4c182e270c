//! Words as they are typed to find somebody or something: each may go on.

/// The words of what is typed, in small letters.
pub(crate) fn words(q: &str) -> Vec<String> {
    q.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Whether each word begins one of these texts' words.
pub(crate) fn begin(words: &[String], texts: &[&str]) -> bool {
    let texts: Vec<_> = texts.iter().map(|text| text.to_lowercase()).collect();
    words.iter().all(|word| {
        texts.iter().any(|text| {
            text.split(|letter: char| !letter.is_alphanumeric()).any(|part| part.starts_with(word.as_str()))
        })
    })
}
