//! Everything beside the predecessor's people: what of it is new here, and what stands in the way.
//!
//! Each row is read by itself, and then held against the rows to which it refers and against what is here. Nothing is
//! mended in silence: what contradicts itself is refused with its reason, and what comes over in another shape is noted.

mod access;
mod catalogue;
mod known;
mod partners;
mod purchases;
pub mod report;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::bindings::Bindings;
use crate::app::ports::former_records::FormerRecords;
use crate::app::ports::{Store, StoreFailure};
use crate::domain::dump::{Place, Record, Row};
use crate::domain::former_records::{
    FormerReferral, FormerTable, ReadRecord, RecordNote, RecordRefused,
};
use crate::domain::identifiers::{OrderId, PaymentId, PaymentMethodId, ProductId, UserProductId};
use crate::domain::money::Kopecks;
use crate::domain::time::Instant;
use known::KnownRecords;
use report::{Fate, RecordsReport};

/// A row that could be read.
pub(super) struct Found<T> {
    pub(super) place: Place,
    pub(super) row: T,
    notes: Vec<RecordNote>,
}

/// Those who will have an account when the people are here.
#[derive(Default)]
pub(super) struct People {
    /// By the predecessor's numbers: the partner of each, as it is here or will be.
    pub(super) here: BTreeMap<i64, PartnerOf>,
    /// Those of them who were imported before.
    pub(super) imported: BTreeSet<i64>,
    /// Those whose account is gone.
    pub(super) gone: BTreeSet<i64>,
}

/// By whom somebody is brought, as far as that is known here.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PartnerOf {
    /// By nobody.
    Nobody,
    /// By somebody with this former number.
    Former(i64),
    /// By somebody whom the predecessor did not know.
    Other,
}

impl People {
    fn is_imported(&self, number: i64) -> bool {
        self.imported.contains(&number)
    }

    /// Whether somebody can be referred to.
    fn check(&self, number: i64, field: &'static str) -> Result<(), Fate> {
        if self.here.contains_key(&number) {
            Ok(())
        } else if self.gone.contains(&number) {
            Err(Fate::Left(RecordNote::PersonGone))
        } else {
            Err(RecordRefused::NobodyHere(field).into())
        }
    }
}

/// What the rows of later tables refer to.
#[derive(Default)]
struct Resolved {
    documents: HashMap<i64, catalogue::DocumentHere>,
    products: HashMap<ProductId, catalogue::ProductHere>,
    /// Cards that may be charged, with their owners.
    methods: HashMap<PaymentMethodId, i64>,
    /// What was bought once, by owner and product.
    bought_once: HashMap<(i64, ProductId), Vec<UserProductId>>,
    settled: HashMap<OrderId, Settled>,
    orders_left_out: HashSet<OrderId>,
}

/// A payment that settled an order.
#[derive(Clone, Copy)]
struct Settled {
    payment: PaymentId,
    payer: i64,
    amount: Kopecks,
    refunded: Kopecks,
}

/// Everything beside people, as it is planned.
pub(super) struct Planner<'a, S> {
    store: &'a S,
    now: Instant,
    people: &'a People,
    rows: &'a Rows<'a>,
    bindings: &'a Bindings,
    known: KnownRecords,
    resolved: Resolved,
    records: FormerRecords,
    report: RecordsReport,
}

/// The rows of the dump by table.
#[derive(Default)]
pub(super) struct Rows<'a> {
    of: BTreeMap<FormerTable, Vec<(Place, &'a Record)>>,
    models: BTreeMap<FormerTable, BTreeSet<&'a str>>,
}

impl<'a> Rows<'a> {
    /// Sorts them. The model of the people is none of these, whatever it is called.
    pub(super) fn sort(rows: &'a [Row], people: &str) -> Self {
        let mut sorted = Self::default();
        for row in rows {
            let Some(record) = row.record.as_ref().filter(|record| record.model != people) else {
                continue;
            };
            if let Some(table) = FormerTable::of_model(&record.model) {
                sorted
                    .of
                    .entry(table)
                    .or_default()
                    .push((row.place, record));
                sorted
                    .models
                    .entry(table)
                    .or_default()
                    .insert(&record.model);
            }
        }
        sorted
    }

    /// Whether a model's rows are among them.
    pub(super) fn has(model: &str) -> bool {
        FormerTable::of_model(model).is_some()
    }

    /// The bindings that can be read, in the order in which they were made.
    pub(super) fn referrals(&self) -> Vec<FormerReferral> {
        let mut referrals = self.read(FormerTable::Referrals, FormerReferral::read);
        referrals.sort_by_key(|referral| (referral.created_at, referral.id));
        referrals
    }

    /// The rows of a table that can be read.
    fn read<T>(&self, table: FormerTable, read: impl Fn(&Record) -> ReadRecord<T>) -> Vec<T> {
        let rows = self.of.get(&table).into_iter().flatten();
        rows.filter_map(|(_, record)| read(record).ok())
            .map(|(row, _)| row)
            .collect()
    }

    /// The keys of a table whose keys are UUIDs, as the database has them.
    fn keys(&self, table: FormerTable) -> Vec<String> {
        let rows = self.of.get(&table).into_iter().flatten();
        rows.filter_map(|(_, record)| Some(record.key.as_str()?.to_lowercase()))
            .collect()
    }

    fn ambiguous(&self) -> Vec<(FormerTable, Vec<String>)> {
        self.models
            .iter()
            .filter(|(_, models)| models.len() > 1)
            .map(|(table, models)| {
                (
                    *table,
                    models.iter().map(|model| (*model).to_owned()).collect(),
                )
            })
            .collect()
    }
}

impl<'a, S: Store> Planner<'a, S> {
    /// Plans everything.
    pub(super) async fn plan(
        store: &'a S,
        now: Instant,
        people: &'a People,
        rows: &'a Rows<'a>,
        bindings: &'a Bindings,
    ) -> Result<(FormerRecords, RecordsReport), StoreFailure> {
        let mut planner = Self {
            store,
            now,
            people,
            rows,
            bindings,
            known: KnownRecords::ask(store, rows).await?,
            resolved: Resolved::default(),
            records: FormerRecords::default(),
            report: RecordsReport {
                ambiguous: rows.ambiguous(),
                ..RecordsReport::default()
            },
        };
        if planner.report.ambiguous.is_empty() {
            planner.plan_catalogue().await?;
            planner.plan_access();
            planner.plan_purchases();
            planner.plan_partners().await?;
        }
        planner.report.refused.sort();
        Ok((planner.records, planner.report))
    }

    /// Reads the rows of a table; those that cannot be read are refused.
    fn read<T>(
        &mut self,
        table: FormerTable,
        read: impl Fn(&Record) -> ReadRecord<T>,
    ) -> Vec<Found<T>> {
        let mut keys = HashSet::new();
        let mut found = Vec::new();
        for (place, record) in self.rows.of.get(&table).into_iter().flatten() {
            let place = *place;
            let read = match read(record) {
                Ok(_) if !keys.insert(record.key.to_string()) => Err(RecordRefused::KeyTaken),
                read => read,
            };
            match read {
                Ok((row, notes)) => found.push(Found { place, row, notes }),
                Err(refused) => self
                    .report
                    .count(table, place, Kopecks::ZERO, refused.into()),
            }
        }
        found
    }

    /// Counts a row and, when it comes over, what was noticed about it. Answers whether it does.
    fn settle<T>(
        &mut self,
        table: FormerTable,
        found: &Found<T>,
        money: Kopecks,
        fate: Result<Vec<RecordNote>, Fate>,
    ) -> bool {
        match fate {
            Ok(notes) => {
                self.report.count(table, found.place, money, Fate::New);
                self.report.note(table, found.place, &found.notes);
                self.report.note(table, found.place, &notes);
                true
            }
            Err(fate) => {
                self.report.count(table, found.place, money, fate);
                false
            }
        }
    }
}
