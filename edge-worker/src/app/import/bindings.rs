//! Who brought whom, by everything that the dump says: a person's own row first, then the rows of bindings in their order.
//!
//! A person is brought once and for good. Nobody brings themselves, and nobody is brought by somebody whom they brought,
//! through however many others: in such a circle the oldest account came by itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::former_records::FormerReferral;
use crate::domain::former_user::FormerUser;
use crate::domain::time::Instant;

/// By whom somebody was brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Binding {
    /// The partner, by the predecessor's number.
    pub(super) partner: i64,
    /// Since when.
    pub(super) at: Instant,
    /// Whether only a row of bindings says so.
    pub(super) is_by_referral: bool,
}

/// Who was brought by whom, by the predecessor's numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Bindings {
    of: BTreeMap<i64, Binding>,
    circular: BTreeSet<i64>,
}

impl Bindings {
    /// Finds them. The rows of bindings stand in the order in which they were made.
    pub(super) fn find<'a>(
        people: impl Iterator<Item = &'a FormerUser>,
        referrals: impl Iterator<Item = &'a FormerReferral>,
    ) -> Self {
        let mut made = BTreeMap::new();
        let mut of = BTreeMap::new();
        for person in people {
            made.insert(person.number, person.created_at);
            if let Some(partner) = person.referred_by.filter(|by| *by != person.number) {
                let at = person.created_at;
                let is_by_referral = false;
                of.insert(
                    person.number,
                    Binding {
                        partner,
                        at,
                        is_by_referral,
                    },
                );
            }
        }
        for row in referrals {
            let are_known = [row.came, row.partner]
                .iter()
                .all(|number| made.contains_key(number));
            if row.is_cancelled || row.came == row.partner || !are_known {
                continue;
            }
            of.entry(row.came).or_insert(Binding {
                partner: row.partner,
                at: row.created_at,
                is_by_referral: true,
            });
        }
        let mut bindings = Self {
            of,
            circular: BTreeSet::new(),
        };
        bindings.break_circles(&made);
        bindings
    }

    /// By whom somebody was brought.
    pub(super) fn of(&self, came: i64) -> Option<Binding> {
        self.of.get(&came).copied()
    }

    /// Whether somebody came by themselves only because a circle was broken there.
    pub(super) fn is_circular(&self, came: i64) -> bool {
        self.circular.contains(&came)
    }

    fn break_circles(&mut self, made: &BTreeMap<i64, Instant>) {
        let mut settled: BTreeSet<i64> = BTreeSet::new();
        for start in made.keys().copied() {
            let mut way = Vec::new();
            let mut next = Some(start);
            while let Some(person) = next.filter(|person| !settled.contains(person)) {
                if let Some(from) = way.iter().position(|passed| *passed == person) {
                    let circle = way.iter().skip(from).copied();
                    let oldest = circle.min_by_key(|number| (made.get(number).copied(), *number));
                    if let Some(oldest) = oldest {
                        self.of.remove(&oldest);
                        self.circular.insert(oldest);
                    }
                    break;
                }
                way.push(person);
                next = self.of.get(&person).map(|binding| binding.partner);
            }
            settled.extend(way);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::dump;

    fn people(brought: &[(i64, Option<i64>)]) -> Vec<FormerUser> {
        let rows: Vec<_> = brought
            .iter()
            .map(|(number, by)| {
                serde_json::json!({"model": "users.user", "pk": number, "fields": {
                    "email": format!("{number}@example.com"), "password": "!", "role": "client", "is_active": true,
                    "created_at": format!("2025-01-01T00:00:{:02}Z", number % 60), "referred_by": by,
                }})
            })
            .collect();
        let rows = dump::read(&serde_json::Value::from(rows).to_string()).unwrap();
        rows.iter()
            .map(|row| FormerUser::read(row.record.as_ref().unwrap()).unwrap().0)
            .collect()
    }

    fn referral(came: i64, partner: i64, millis: i64) -> FormerReferral {
        FormerReferral {
            id: uuid::Uuid::from_u128(u128::from(came.unsigned_abs())),
            partner,
            came,
            is_cancelled: millis == 0,
            created_at: Instant::from_millis(millis),
        }
    }

    fn partners(bindings: &Bindings, numbers: &[i64]) -> Vec<Option<i64>> {
        let of = |number: &i64| bindings.of(*number).map(|binding| binding.partner);
        numbers.iter().map(of).collect()
    }

    #[test]
    fn a_persons_own_row_comes_before_rows_of_bindings() {
        let people = people(&[(1, None), (2, Some(1)), (3, None), (4, None), (5, Some(5))]);
        let rows = [
            referral(2, 3, 5),
            referral(3, 3, 5),
            referral(3, 1, 6),
            referral(3, 2, 7),
            referral(4, 1, 0),
            referral(4, 9, 5),
            referral(5, 1, 8),
            referral(9, 1, 9),
        ];
        let bindings = Bindings::find(people.iter(), rows.iter());
        assert_eq!(
            partners(&bindings, &[1, 2, 3, 4, 5, 9]),
            [None, Some(1), Some(1), None, Some(1), None]
        );
        assert!(!bindings.of(2).unwrap().is_by_referral);
        assert_eq!(bindings.of(3).unwrap().at, Instant::from_millis(6));
    }

    #[test]
    fn in_a_circle_the_oldest_account_came_by_itself() {
        let people = people(&[
            (1, None),
            (2, Some(4)),
            (3, Some(2)),
            (4, Some(3)),
            (5, Some(4)),
        ]);
        let bindings = Bindings::find(people.iter(), [].iter());
        assert_eq!(
            partners(&bindings, &[1, 2, 3, 4, 5]),
            [None, None, Some(2), Some(3), Some(4)]
        );
        assert!(bindings.is_circular(2) && !bindings.is_circular(3) && !bindings.is_circular(1));
    }

    proptest! {
        #[test]
        fn nobody_is_ever_above_themselves(by in proptest::collection::vec(proptest::option::of(1_i64..=12), 12)) {
            let brought: Vec<_> = by.iter().enumerate().map(|(index, by)| (i64::try_from(index).unwrap() + 1, *by)).collect();
            let people = people(&brought);
            let bindings = Bindings::find(people.iter(), [].iter());
            for number in 1..=12 {
                let mut above = bindings.of(number);
                for _ in 0..12 {
                    above = above.and_then(|binding| bindings.of(binding.partner));
                }
                prop_assert!(above.is_none(), "{number}");
            }
        }
    }
}
