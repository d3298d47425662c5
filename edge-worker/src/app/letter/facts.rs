//! What a mail about products and money tells, in its reader's language.

use super::moment;
use crate::domain::language::Language;
use crate::domain::mail::facts::MailFacts;
use crate::domain::money::Kopecks;

const NO_BREAK_SPACE: char = '\u{a0}';

/// What stands for each placeholder.
pub(super) struct Facts {
    product: String,
    amount: String,
    until: String,
    reason: String,
}

impl Facts {
    pub(super) fn of(facts: &MailFacts, language: Language) -> Self {
        let [no_product, no_end, until, no_reason] = match language {
            Language::Russian => ["продукт", "без ограничения срока", "до", "не указана"],
            Language::English => ["the product", "without an end", "until", "not given"],
        };
        let or = |text: &Option<String>, other: &str| text.as_deref().unwrap_or(other).to_owned();
        Self {
            product: or(&facts.product, no_product),
            amount: facts
                .amount
                .map_or_else(String::new, |amount| money(amount, language)),
            until: facts.ends_at.map_or_else(
                || no_end.to_owned(),
                |at| format!("{until} {}", moment::in_words(at, language)),
            ),
            reason: or(&facts.reason, no_reason),
        }
    }

    pub(super) fn get(&self, placeholder: &str) -> Option<&str> {
        match placeholder {
            "product" => Some(&self.product),
            "amount" => Some(&self.amount),
            "until" => Some(&self.until),
            "reason" => Some(&self.reason),
            _ => None,
        }
    }
}

/// As the site writes money: «1 500,50 ₽», `1,500.50 ₽`; without kopecks where there are none.
fn money(amount: Kopecks, language: Language) -> String {
    let (group, point) = match language {
        Language::Russian => (NO_BREAK_SPACE, ','),
        Language::English => (',', '.'),
    };
    let text = amount.to_string();
    let (roubles, kopecks) = text.split_once('.').unwrap_or((&text, "00"));
    let mut written = String::new();
    for (index, digit) in roubles.chars().enumerate() {
        let is_group_end = roubles.len().saturating_sub(index).is_multiple_of(3);
        if index > 0 && is_group_end {
            written.push(group);
        }
        written.push(digit);
    }
    if kopecks != "00" {
        written.push(point);
        written.push_str(kopecks);
    }
    written.push(NO_BREAK_SPACE);
    written.push('₽');
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_as_on_the_site() {
        for (kopecks, russian, english) in [
            (100, "1\u{a0}₽", "1\u{a0}₽"),
            (150_050, "1\u{a0}500,50\u{a0}₽", "1,500.50\u{a0}₽"),
            (100_000, "1\u{a0}000\u{a0}₽", "1,000\u{a0}₽"),
            (
                12_345_678_905,
                "123\u{a0}456\u{a0}789,05\u{a0}₽",
                "123,456,789.05\u{a0}₽",
            ),
        ] {
            let amount = Kopecks::new(kopecks);
            assert_eq!(money(amount, Language::Russian), russian);
            assert_eq!(money(amount, Language::English), english);
        }
    }
}
