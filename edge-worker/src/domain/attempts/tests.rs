//! The rule of pauses, in a table and as properties; what the keys of counters give away.

use proptest::prelude::*;

use super::*;
use crate::domain::origin::ClientAddress;

fn seconds(pause: Duration) -> u64 {
    pause.as_secs()
}

#[test]
fn five_passwords_are_free_then_pauses_double_up_to_fifteen_minutes() {
    let rule = AttemptKind::SignIn.back_off();
    for (count, pause) in [
        (0, 0),
        (1, 0),
        (4, 0),
        (5, 30),
        (6, 60),
        (7, 120),
        (8, 240),
        (9, 480),
        (10, 900),
        (11, 900),
        (36, 900),
        (37, 900),
        (u32::MAX, 900),
    ] {
        assert_eq!(seconds(rule.pause_after(count)), pause, "after {count}");
    }
    let pauses: Vec<u64> = rule.pauses().map(seconds).collect();
    assert_eq!(pauses, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900]);
}

#[test]
fn every_kind_lets_some_through_opens_within_an_hour_and_has_a_word_of_its_own() {
    let mut words = Vec::new();
    for kind in AttemptKind::ALL {
        let rule = kind.back_off();
        assert!(rule.free >= 3, "{kind:?}");
        assert!(rule.first_pause >= Duration::from_secs(30), "{kind:?}");
        assert!(rule.first_pause <= rule.longest_pause, "{kind:?}");
        let is_of_letters = matches!(
            kind,
            AttemptKind::ResetOf | AttemptKind::LettersBy | AttemptKind::PasswordChangesBy
        );
        let longest = if is_of_letters { 60 } else { 15 };
        assert!(
            rule.longest_pause <= Duration::from_mins(longest),
            "{kind:?}"
        );
        assert!(rule.longest_pause <= rule.forgotten_after, "{kind:?}");
        words.push(kind.as_str());
    }
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), AttemptKind::ALL.len());
}

fn rules() -> impl Strategy<Value = BackOff> {
    (1_u32..50, 1_u64..1_000, 0_u64..10_000, 0_u64..10_000).prop_map(|(free, first, more, rest)| {
        BackOff {
            free,
            first_pause: Duration::from_secs(first),
            longest_pause: Duration::from_secs(first + more),
            forgotten_after: Duration::from_secs(first + more + rest),
        }
    })
}

proptest! {
    #[test]
    fn pauses_never_shrink_and_are_never_longer_than_the_longest(rule in rules(), count: u32) {
        let pause = rule.pause_after(count);
        prop_assert!(pause <= rule.pause_after(count.saturating_add(1)));
        prop_assert!(pause <= rule.longest_pause);
        prop_assert_eq!(pause == Duration::ZERO, count < rule.free);
    }

    #[test]
    fn the_listed_pauses_are_the_rule(rule in rules()) {
        let pauses: Vec<Duration> = rule.pauses().collect();
        for (index, pause) in pauses.iter().enumerate() {
            prop_assert_eq!(*pause, rule.pause_after(u32::try_from(index + 1).unwrap()));
        }
        prop_assert_eq!(pauses.iter().filter(|pause| **pause >= rule.longest_pause).count(), 1);
        prop_assert_eq!(pauses.last(), Some(&rule.longest_pause));
    }
}

fn network(address: &str) -> Network {
    address.parse::<ClientAddress>().unwrap().network()
}

#[test]
fn a_counter_names_nobody_and_is_nobody_elses() {
    let key = CounterKey::derive(b"the secret of one installation");
    let anna = Email::parse("Anna@Example.com").unwrap();
    let boris = Email::parse("boris@example.com").unwrap();
    let (here, there) = (Some(network("203.0.113.7")), Some(network("203.0.113.8")));
    let counters = [
        key.of_address(AttemptKind::SignIn, &anna),
        key.of_address(AttemptKind::SignIn, &boris),
        key.of_address(AttemptKind::ResetOf, &anna),
        key.of_address_in(AttemptKind::SignInAtHome, &anna, here),
        key.of_address_in(AttemptKind::SignInAtHome, &anna, there),
        key.of_address_in(AttemptKind::SignInAtHome, &anna, None),
        key.of_network(AttemptKind::SignInFrom, here),
        key.of_network(AttemptKind::SignInFrom, None),
        key.of_user(AttemptKind::PasswordOf, UserId::new(7)),
        CounterKey::derive(b"the secret of another").of_address(AttemptKind::SignIn, &anna),
    ];
    for (index, counter) in counters.iter().enumerate() {
        assert_eq!(counter.key.len(), 32);
        assert!(counter.key.chars().all(|digit| digit.is_ascii_hexdigit()));
        assert!(
            counters
                .iter()
                .skip(index + 1)
                .all(|other| other.key != counter.key)
        );
    }
    assert_eq!(format!("{key:?}"), "CounterKey(…)");
}

#[test]
fn letter_case_and_the_lower_half_of_an_ipv6_address_make_no_new_counter() {
    let key = CounterKey::derive(b"the secret of one installation");
    let of = |text: &str| key.of_address(AttemptKind::SignIn, &Email::parse(text).unwrap());
    assert_eq!(of("Anna@Example.com"), of(" anna@EXAMPLE.COM"));

    let from = |address| key.of_network(AttemptKind::SignInFrom, Some(network(address)));
    assert_eq!(from("2001:db8:1:2::1"), from("2001:db8:1:2:ffff::9"));
    assert_ne!(from("2001:db8:1:2::1"), from("2001:db8:1:3::1"));
    assert_ne!(from("203.0.113.7"), from("203.0.113.8"));
}
