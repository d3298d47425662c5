//! The predecessor's people come over with all that is theirs: first a plan that changes nothing, then everything in it, or
//! nothing.
//!
//! The import only ever adds. An account that is there already is left as it is, however it differs: its person may have
//! changed it since. So the same dump can be imported any number of times.

mod bindings;
mod known;
pub mod records;
pub mod report;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::App;
use super::error::Error;
use super::ports::Store;
use super::ports::former_records::FormerRecords;
use super::ports::import::Newcomer;
use crate::domain::audit::{Actor, Event, OperatorName};
use crate::domain::dump::{Place, Record, Row};
use crate::domain::former_user::{FormerUser, Note, RowRefused};
use crate::domain::identifiers::UserId;
use crate::domain::time::Instant;
use crate::domain::user::ReferralCode;
use bindings::Bindings;
use known::Known;
use records::report::RecordsReport;
use records::{PartnerOf, People, Planner, Rows};
use report::{Difference, ImportReport};

/// What an import would do.
#[derive(Clone, Debug)]
pub struct ImportPlan {
    /// Whom it would add.
    pub newcomers: Vec<Newcomer>,
    /// What it found.
    pub report: ImportReport,
    /// What else it would add.
    pub records: FormerRecords,
    /// What it found beside people.
    pub records_report: RecordsReport,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPlan {
    /// No model in the dump has people, or not the one that was asked for.
    NoPeople,
    /// Several models have rows with an address and a password: which of them are the people?
    SeveralModels(Vec<String>),
    /// The database could not be read.
    Failed(Error),
}

/// A row that is a person.
struct Candidate {
    place: Place,
    person: FormerUser,
    notes: Vec<Note>,
}

impl<S: Store> App<'_, S> {
    /// Compares a dump with the database and changes nothing. The people are the rows of `model`; without it, of the only
    /// model whose rows have an address and a password.
    pub async fn plan_import(
        &self,
        rows: &[Row],
        model: Option<&str>,
    ) -> Result<ImportPlan, NoPlan> {
        let model = find_model(rows, model)?;
        let known = Known::read(&self.store)
            .await
            .map_err(|failure| NoPlan::Failed(failure.into()))?;
        let mut report = ImportReport::of(&model);
        let sorted = Rows::sort(rows, &model);
        let candidates = read_people(rows, &model, &mut report);
        let bindings = Bindings::find(
            candidates.iter().map(|candidate| &candidate.person),
            sorted.referrals().iter(),
        );
        let candidates = without_those_known(candidates, &known, &bindings, &mut report);
        let candidates = without_collisions(candidates, &mut report);
        let mut people = people_known(&known);
        let newcomers = self
            .prepare(candidates, known, &bindings, &mut report)
            .map_err(NoPlan::Failed)?;
        people.here.extend(newcomers.iter().map(|one| {
            let partner = one.person.referred_by;
            (
                one.person.number,
                partner.map_or(PartnerOf::Nobody, PartnerOf::Former),
            )
        }));
        let planned = Planner::plan(&self.store, self.now(), &people, &sorted, &bindings);
        let (records, records_report) = planned
            .await
            .map_err(|failure| NoPlan::Failed(failure.into()))?;
        Ok(ImportPlan {
            newcomers,
            report,
            records,
            records_report,
        })
    }

    /// Adds everything in the plan, or nothing.
    pub async fn carry_out_import(
        &self,
        operator: &OperatorName,
        plan: &ImportPlan,
    ) -> Result<(), Error> {
        let entry = |event| self.audit(event, Actor::Operator(operator.clone()));
        let bookings = [self.new_operation_id()?, self.new_operation_id()?];
        self.store
            .add_former(
                &plan.newcomers,
                &entry(Event::UsersImported),
                &plan.records,
                bookings,
                &entry(Event::RecordsImported),
            )
            .await?;
        Ok(())
    }

    /// Gives everybody who is new a referral code of their own, and whoever brought them a check.
    fn prepare(
        &self,
        candidates: Vec<Candidate>,
        mut known: Known,
        bindings: &Bindings,
        report: &mut ImportReport,
    ) -> Result<Vec<Newcomer>, Error> {
        let numbers: BTreeSet<i64> = candidates
            .iter()
            .map(|candidate| candidate.person.number)
            .chain(known.imported.keys().copied())
            .collect();
        let mut newcomers = Vec::new();
        for mut candidate in candidates {
            let bound_at = check_referrer(&mut candidate, bindings, &numbers);
            let own = candidate.person.referral_code.clone();
            let referral_code = match own {
                Some(code) if known.referral_codes.insert(code.as_str().to_owned()) => code,
                Some(_) => {
                    candidate.notes.push(Note::ReferralCodeReplaced);
                    self.draw_code(&mut known.referral_codes)?
                }
                None => self.draw_code(&mut known.referral_codes)?,
            };
            report.count_password(&candidate.person.password);
            report.note(candidate.place, &candidate.notes);
            newcomers.push(Newcomer {
                person: candidate.person,
                referral_code,
                bound_at,
            });
        }
        Ok(newcomers)
    }

    fn draw_code(&self, taken: &mut HashSet<String>) -> Result<ReferralCode, Error> {
        loop {
            let code = self.new_referral_code()?;
            if taken.insert(code.as_str().to_owned()) {
                return Ok(code);
            }
        }
    }
}

fn find_model(rows: &[Row], asked: Option<&str>) -> Result<String, NoPlan> {
    let records = || rows.iter().filter_map(|row| row.record.as_ref());
    if let Some(asked) = asked {
        return records()
            .find(|record| record.model == asked)
            .map(|record| record.model.clone())
            .ok_or(NoPlan::NoPeople);
    }
    let has_people = |record: &&Record| {
        ["email", "password"]
            .iter()
            .all(|field| record.fields.contains_key(*field))
    };
    let mut models: BTreeSet<String> = records()
        .filter(has_people)
        .map(|record| record.model.clone())
        .collect();
    match (models.pop_first(), models.is_empty()) {
        (None, _) => Err(NoPlan::NoPeople),
        (Some(only), true) => Ok(only),
        (Some(first), false) => Err(NoPlan::SeveralModels(
            std::iter::once(first).chain(models).collect(),
        )),
    }
}

fn read_people(rows: &[Row], model: &str, report: &mut ImportReport) -> Vec<Candidate> {
    let mut numbers = HashSet::new();
    let mut candidates = Vec::new();
    for row in rows {
        let read = match &row.record {
            Some(record) if record.model != model => {
                if !Rows::has(&record.model) {
                    report.pass_over(&record.model);
                }
                continue;
            }
            Some(record) => FormerUser::read(record),
            None => Err(RowRefused::NotAnObject),
        };
        report.rows = report.rows.saturating_add(1);
        match read {
            Ok((person, _)) if !numbers.insert(person.number) => {
                report.unreadable.push((row.place, RowRefused::NumberTaken));
            }
            Ok((person, notes)) => candidates.push(Candidate {
                place: row.place,
                person,
                notes,
            }),
            Err(refused) => report.unreadable.push((row.place, refused)),
        }
    }
    candidates
}

fn without_those_known(
    candidates: Vec<Candidate>,
    known: &Known,
    bindings: &Bindings,
    report: &mut ImportReport,
) -> Vec<Candidate> {
    let mut unknown = Vec::new();
    for candidate in candidates {
        let Candidate { place, person, .. } = &candidate;
        match known.imported.get(&person.number) {
            Some(_) => match known.account_of(person.number) {
                Some(account) => {
                    let fields = known.differences(person, account, bindings.of(person.number));
                    if fields.is_empty() {
                        report.equal = report.equal.saturating_add(1);
                    } else {
                        report.different.push(Difference {
                            place: *place,
                            address: person.email.address().to_owned(),
                            fields,
                        });
                    }
                }
                None => report.gone.push(*place),
            },
            None if known.address_keys.contains(person.email.key()) => {
                let address = person.email.address().to_owned();
                report.registered_here.push((*place, address));
            }
            None => unknown.push(candidate),
        }
    }
    unknown
}

/// The predecessor told `Anna@example.com` from `anna@example.com`; here they are one address, and nobody but the people
/// themselves can say whose it is.
fn without_collisions(candidates: Vec<Candidate>, report: &mut ImportReport) -> Vec<Candidate> {
    let mut by_address: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for candidate in &candidates {
        by_address
            .entry(candidate.person.email.key())
            .or_default()
            .push(candidate.place);
    }
    by_address.retain(|_, places| places.len() > 1);
    let collided: BTreeSet<Place> = by_address.values().flatten().copied().collect();
    report.collisions = by_address
        .into_iter()
        .map(|(address, places)| (address.to_owned(), places))
        .collect();
    candidates
        .into_iter()
        .filter(|candidate| !collided.contains(&candidate.place))
        .collect()
}

/// Leaves whoever brought a newcomer only where somebody can have done so, and answers since when they are bound.
fn check_referrer(
    candidate: &mut Candidate,
    bindings: &Bindings,
    numbers: &BTreeSet<i64>,
) -> Instant {
    let person = &mut candidate.person;
    let (own, binding) = (person.referred_by, bindings.of(person.number));
    person.referred_by = binding
        .map(|binding| binding.partner)
        .filter(|partner| numbers.contains(partner));
    let is_by_referral = binding.is_some_and(|binding| binding.is_by_referral);
    if own == Some(person.number) {
        candidate.notes.push(Note::BroughtByThemselves);
    } else if own.is_some() && bindings.is_circular(person.number) {
        candidate.notes.push(Note::BroughtInACircle);
    } else if binding.is_some() && !is_by_referral && person.referred_by.is_none() {
        candidate.notes.push(Note::ReferrerUnknown);
    }
    binding.map_or(person.created_at, |binding| binding.at)
}

/// Those imported before, with whom they are bound to.
fn people_known(known: &Known) -> People {
    let numbers: BTreeMap<UserId, i64> = known
        .imported
        .iter()
        .filter_map(|(number, user)| Some(((*user)?, *number)))
        .collect();
    let mut people = People::default();
    for number in known.imported.keys().copied() {
        let Some(account) = known.account_of(number) else {
            people.gone.insert(number);
            continue;
        };
        let partner = match account.user.referred_by {
            None => PartnerOf::Nobody,
            Some(partner) => numbers
                .get(&partner)
                .map_or(PartnerOf::Other, |number| PartnerOf::Former(*number)),
        };
        people.imported.insert(number);
        people.here.insert(number, partner);
    }
    people
}
