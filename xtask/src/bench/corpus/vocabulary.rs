//! Russian words in their forms: stems with the endings of their paradigm, frequent and rare ones as Zipf's law has it.
//!
//! An index over the text of a real help centre meets a few thousand stems in many forms and, again and again, a name that
//! it has never seen. All three are here, because stemming, front coding and postings each live on one of them.

use crate::bench::corpus::sequence::Sequence;

const MASCULINE: &[&str] = &["", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах"];
const FEMININE: &[&str] = &["а", "ы", "е", "у", "ой", "", "ам", "ами", "ах"];
const FEMININE_IN_KA: &[&str] = &["ка", "ки", "ке", "ку", "кой", "ок", "кам", "ками", "ках"];
const NEUTER: &[&str] = &["е", "я", "ю", "ем", "и", "й", "ям", "ями", "ях"];
const ADJECTIVE: &[&str] = &[
    "ый", "ая", "ое", "ые", "ого", "ой", "ому", "ую", "ым", "ых", "ыми", "ом",
];
const VERB: &[&str] = &[
    "ть", "ет", "ют", "ем", "ете", "л", "ла", "ли", "йте", "вший", "вшие",
];

/// Stems with the endings that they take.
type Paradigm = (&'static str, &'static [&'static str]);

const PARADIGMS: [Paradigm; 6] = [
    (
        "кабинет договор отчёт продукт партнёр клиент заказ возврат счёт документ раздел адрес \
         баланс запрос канал контакт лимит магазин менеджер номер ответ перевод период проект \
         процент сайт сервис статус тариф телефон токен файл формат шаблон экран этап",
        MASCULINE,
    ),
    (
        "оплат цен программ выплат систем карт почт команд групп дат сумм валют анкет форм минут",
        FEMININE,
    ),
    (
        "ссыл кноп ошиб заяв провер покуп достав подпис отправ загруз выгруз вклад",
        FEMININE_IN_KA,
    ),
    (
        "приложени подтверждени уведомлени вознаграждени подключени изменени обновлени удалени \
         сообщени описани названи услови требовани решени действи состояни разрешени ограничени \
         начислени списани обращени расписани значени соглашени",
        NEUTER,
    ),
    (
        "нов партнёрск личн электронн мобильн платёжн договорн срочн обычн полн частичн ежемесячн \
         первичн готов открыт закрыт основн дополнительн обязательн временн постоянн указанн \
         подтверждённ налогов денежн банковск",
        ADJECTIVE,
    ),
    (
        "отправля проверя изменя получа указыва открыва закрыва подтвержда оплачива возвраща \
         начисля подключа загружа выбира заполня сохраня удаля обновля показыва списыва ожида \
         добавля назнача рассчитыва приглаша уведомля",
        VERB,
    ),
];

/// What makes rarer words of frequent ones.
const FIRST_PARTS: [&str; 14] = [
    "",
    "мини",
    "видео",
    "авто",
    "веб",
    "мульти",
    "медиа",
    "микро",
    "теле",
    "фото",
    "само",
    "взаимо",
    "спец",
    "интернет",
];

const CONNECTIVES: &str =
    "и в на с для по не что как или от к за при если после из до а но также уже чтобы через";

const SYLLABLES: &str =
    "ка ро ми лен та вер со ди на гор бе лу за ки мор ша те ван по ри сер ню дол жа";

/// A word of the dictionary without its ending.
#[derive(Clone, Copy, Debug, Default)]
struct Lexeme {
    first_part: &'static str,
    stem: &'static str,
    endings: &'static [&'static str],
}

/// The dictionary.
#[derive(Debug)]
pub(super) struct Vocabulary {
    connectives: Vec<&'static str>,
    syllables: Vec<&'static str>,
    /// The most frequent first.
    lexemes: Vec<Lexeme>,
    /// The weights of all lexemes up to each.
    weights: Vec<u64>,
}

impl Vocabulary {
    /// Orders all lexemes and weighs them.
    pub(super) fn new() -> Self {
        let mut lexemes = Vec::new();
        let paradigms = PARADIGMS.map(|(stems, endings)| (words(stems), endings));
        let longest = paradigms.iter().map(|(stems, _)| stems.len()).max();
        for first_part in FIRST_PARTS {
            // Kinds of words alternate, or all frequent ones would be of one kind.
            for place in 0..longest.unwrap_or(0) {
                for (stems, endings) in &paradigms {
                    lexemes.extend(stems.get(place).map(|stem| Lexeme {
                        first_part,
                        stem,
                        endings,
                    }));
                }
            }
        }
        let weights = (3_u64..)
            .zip(&lexemes)
            .scan(0, |sum, (rank, _)| {
                *sum += 1_000_000 / rank;
                Some(*sum)
            })
            .collect();
        Self {
            connectives: words(CONNECTIVES),
            syllables: words(SYLLABLES),
            lexemes,
            weights,
        }
    }

    /// The next word of a text.
    pub(super) fn word(&self, sequence: &mut Sequence) -> String {
        if sequence.once_in(4) {
            return sequence.one_of(&self.connectives).to_owned();
        }
        if sequence.once_in(60) {
            return self.name(sequence);
        }
        self.content_word(sequence)
    }

    /// A noun, adjective or verb.
    pub(super) fn content_word(&self, sequence: &mut Sequence) -> String {
        let total = self.weights.last().copied().unwrap_or(1);
        let point = sequence.next() % total;
        let place = self.weights.partition_point(|weight| *weight <= point);
        let lexeme = self.lexemes.get(place).copied().unwrap_or_default();
        let ending = sequence.one_of(lexeme.endings);
        format!("{}{}{ending}", lexeme.first_part, lexeme.stem)
    }

    /// A name that hardly any other text has.
    fn name(&self, sequence: &mut Sequence) -> String {
        let count = sequence.between(2, 4);
        let parts = (0..count).map(|_| sequence.one_of(&self.syllables));
        capitalise(&parts.collect::<String>())
    }
}

fn words(text: &'static str) -> Vec<&'static str> {
    text.split_whitespace().collect()
}

/// The text with a capital letter at its beginning.
pub(super) fn capitalise(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{Vocabulary, capitalise};
    use crate::bench::corpus::sequence::Sequence;
    use std::collections::BTreeMap;

    #[test]
    fn few_words_are_frequent_and_many_are_rare() {
        let vocabulary = Vocabulary::new();
        let mut sequence = Sequence::new(1);
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for _ in 0..20_000 {
            *counts.entry(vocabulary.word(&mut sequence)).or_default() += 1;
        }
        let mut frequencies: Vec<_> = counts.values().copied().collect();
        frequencies.sort_unstable_by(|one, other| other.cmp(one));
        assert!(frequencies.len() > 3_000, "{}", frequencies.len());
        let frequent: u32 = frequencies.iter().take(100).sum();
        assert!(frequent > 8_000, "{frequent}");
        let once = frequencies.iter().filter(|count| **count == 1).count();
        assert!(once > frequencies.len() / 3, "{once}");
    }

    #[test]
    fn a_sentence_begins_with_a_capital_letter() {
        assert_eq!(capitalise("ёлка"), "Ёлка");
        assert_eq!(capitalise(""), "");
    }
}
