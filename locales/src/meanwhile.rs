//! What came in during quiet hours, in one line; for the pop-up and for the ledger alike.

use gemilang_protocol::alert::Meanwhile;

use crate::Texts;

/// In words. What there was none of is left out, but for what is urgent.
pub fn meanwhile_text(texts: &Texts, counts: Meanwhile) -> String {
    let part = |key: &str, n: u32| (n > 0).then(|| texts.with(key, &[("n", i64::from(n).into())]));
    let parts = [
        part("alert-quiet-messages", counts.messages),
        part("alert-quiet-assigned", counts.assigned),
        part("alert-quiet-mentioned", counts.mentioned),
        part("alert-quiet-held", counts.held),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let urgent = part("alert-quiet-urgent", counts.urgent).unwrap_or_else(|| texts.get("alert-quiet-nothing-urgent"));
    format!("{}. {urgent}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    #[test]
    fn what_there_was_none_of_is_not_named() {
        let counts = Meanwhile { messages: 3, assigned: 1, ..Meanwhile::default() };
        assert_eq!(meanwhile_text(Texts::of(Language::Id), counts), "3 pesan, 1 pengalihan. Tidak ada yang mendesak.");
        let counts = Meanwhile { messages: 1, urgent: 2, ..Meanwhile::default() };
        assert_eq!(meanwhile_text(Texts::of(Language::En), counts), "1 message. 2 urgent tickets are unassigned.");
    }
}
