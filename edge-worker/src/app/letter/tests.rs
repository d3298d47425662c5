use super::*;
use crate::domain::mail::MailId;
use crate::domain::mail::facts::MailFacts;
use crate::domain::money::Kopecks;
use crate::domain::one_time_token::OneTimeToken;
use crate::domain::time::Instant;

fn settings() -> MailSettings {
    MailSettings::read(|_| None).unwrap()
}

fn mail(name: MailName, language: Language) -> Mail {
    let created_at = Instant::from_seconds(1_772_746_200);
    Mail {
        id: MailId::new(1),
        name,
        language,
        to: "anna@example.com".to_owned(),
        token: name.link().map(|_| OneTimeToken::from_random([0xff; 32])),
        person: Some("Анна".to_owned()),
        device: Some("Chrome, Windows".to_owned()),
        country: Some("KZ".to_owned()),
        about: Some("new@example.com".to_owned()),
        facts: MailFacts {
            product: Some("CRM".to_owned()),
            amount: Some(Kopecks::new(150_050)),
            ends_at: Some(created_at),
            reason: Some("нет <чека>".to_owned()),
        },
        created_at,
        deadline: name.deadline(created_at),
        attempts: 1,
    }
}

fn texts(subject: &str, html: &str, text: &str) -> Texts {
    let text = serde_json::json!({"subject": subject, "html": html, "text": text});
    let languages = serde_json::json!({"ru": text, "en": text});
    serde_json::from_value(
        serde_json::json!({"new-device": languages, "password-reset": languages}),
    )
    .unwrap()
}

#[test]
fn every_mail_can_be_written_in_every_language() {
    let texts = Texts::embedded().unwrap();
    assert_eq!(texts.0.len(), MailName::ALL.len());
    for name in MailName::ALL {
        for language in Language::ALL {
            let letter = texts.write(&mail(name, language), &settings()).unwrap();
            assert!(!letter.subject.is_empty(), "{name:?}");
            assert!(!letter.text.contains("{{"), "{name:?}");
            assert!(!letter.html.contains("{{"), "{name:?}");
            let link = letter.link.unwrap_or_default();
            assert_eq!(!link.is_empty(), name.link().is_some(), "{name:?}");
            assert!(letter.text.contains(&link), "{name:?}");
            assert!(letter.html.contains(&link), "{name:?}");
        }
    }
}

/// A mail without its values must still be a mail: the outbox forgets them, and old rows may lack some.
#[test]
fn every_notice_can_be_written_without_knowing_from_where() {
    let texts = Texts::embedded().unwrap();
    for name in MailName::ALL {
        for language in Language::ALL {
            let bare = Mail {
                person: None,
                device: None,
                country: None,
                about: None,
                facts: MailFacts::default(),
                ..mail(name, language)
            };
            assert!(texts.write(&bare, &settings()).is_ok(), "{name:?}");
        }
    }
}

#[test]
fn links_carry_the_token_in_the_fragment_of_the_page_in_the_readers_language() {
    let token = format!("{}8", "_".repeat(42));
    for (name, language, expected) in [
        (
            MailName::PasswordReset,
            Language::Russian,
            "https://miniapp.expert/reset-password.html#token=",
        ),
        (
            MailName::ResetNeeded,
            Language::English,
            "https://miniapp.expert/en/reset-password.html#token=",
        ),
        (
            MailName::VerifyEmail,
            Language::Russian,
            "https://miniapp.expert/verify-email.html#token=",
        ),
        (
            MailName::ChangeEmail,
            Language::English,
            "https://miniapp.expert/en/change-email.html#token=",
        ),
    ] {
        let link = link(&mail(name, language), &settings());
        assert_eq!(link, Some(format!("{expected}{token}")));
    }
    assert_eq!(
        link(&mail(MailName::NewDevice, Language::Russian), &settings()),
        None
    );
}

#[test]
fn placeholders_are_filled_with_what_happened() {
    let all = "{{name}}|{{device}}|{{ country }}|{{at}}|{{email}}";
    let written = texts(all, all, all)
        .write(&mail(MailName::NewDevice, Language::English), &settings())
        .unwrap();
    let expected = "Анна|Chrome, Windows|Kazakhstan|5 March 2026, 21:30 UTC|new@example.com";
    assert_eq!(written.text, expected);
    assert_eq!(written.html, expected);
    assert_eq!(written.subject, expected);
}

#[test]
fn products_and_money_are_told_in_the_readers_language() {
    let all = "{{product}}|{{amount}}|{{until}}|{{reason}}";
    for (language, expected) in [
        (
            Language::Russian,
            "CRM|1\u{a0}500,50\u{a0}₽|до 6 марта 2026, 00:30 по\u{a0}Москве|нет &lt;чека&gt;",
        ),
        (
            Language::English,
            "CRM|1,500.50\u{a0}₽|until 5 March 2026, 21:30 UTC|нет &lt;чека&gt;",
        ),
    ] {
        let mut mail = mail(MailName::NewDevice, language);
        let letter = texts("", all, "").write(&mail, &settings()).unwrap();
        assert_eq!(letter.html, expected);
        mail.facts.ends_at = None;
        let letter = texts("", "", "{{until}}")
            .write(&mail, &settings())
            .unwrap();
        assert!(["без ограничения срока", "without an end"].contains(&letter.text.as_str()));
    }
}

#[test]
fn what_people_typed_cannot_become_markup_or_headers_or_placeholders() {
    let mut mail = mail(MailName::NewDevice, Language::Russian);
    mail.person = Some("<b>\"О'Нил\"</b> & {{device}}".to_owned());
    mail.device = Some("x\r\nBcc: all@example.com".to_owned());
    let letter = texts("{{name}} {{device}}", "{{name}}", "{{name}}")
        .write(&mail, &settings())
        .unwrap();
    // The slash of the tag makes the name look like an address, so the part before the @ stands for it.
    assert_eq!(letter.html, "anna");
    mail.person = Some("<b> \"О'Нил\" & {{device}}".to_owned());
    let letter = texts("{{name}} {{device}}", "{{name}}", "{{name}}")
        .write(&mail, &settings())
        .unwrap();
    assert_eq!(
        letter.html,
        "&lt;b&gt; &quot;О&#39;Нил&quot; &amp; {{device}}"
    );
    assert_eq!(letter.text, "<b> \"О'Нил\" & {{device}}");
    assert!(!letter.subject.contains(['\r', '\n']), "{}", letter.subject);
}

#[test]
fn a_name_that_advertises_something_is_left_out() {
    for (name, is_used) in [
        ("Анна Каренина", true),
        ("И. И. Иванов", true),
        ("И.И. Иванов", true),
        ("О'Нил-Петров, мл.", true),
        ("Выиграли! evil.example", false),
        ("кликни сюда.рф", false),
        ("http://x", false),
        ("evil@example.com", false),
        ("a\\b", false),
    ] {
        let mut mail = mail(MailName::NewDevice, Language::Russian);
        mail.person = Some(name.to_owned());
        let letter = texts("", "", "{{name}}").write(&mail, &settings()).unwrap();
        assert_eq!(letter.text == name, is_used, "{name}");
        assert!(is_used || letter.text == "anna", "{name}");
    }
}

#[test]
fn a_text_that_asks_for_what_there_is_not_is_an_error() {
    for text in ["{{password}}", "{{link}}", "{{name"] {
        let written =
            texts("", "", text).write(&mail(MailName::NewDevice, Language::Russian), &settings());
        assert!(written.is_err(), "{text}");
    }
}

#[test]
fn every_placeholder_that_is_named_stands_for_something() {
    let mail = mail(MailName::PasswordReset, Language::Russian);
    let link = link(&mail, &settings());
    let values = Values::of(&mail, link.as_deref());
    for placeholder in PLACEHOLDERS {
        assert!(values.get(placeholder).is_some(), "{placeholder}");
    }
}
