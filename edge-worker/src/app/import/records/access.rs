//! Saved cards, and what clients have.

use std::collections::{HashMap, HashSet};

use super::report::Fate;
use super::{Found, Planner};
use crate::app::ports::Store;
use crate::app::ports::former_records::{ComingHolding, ComingSubscription};
use crate::domain::catalogue::PaidFor;
use crate::domain::former_records::{
    Contradiction, FormerHolding, FormerMethod, FormerTable, RecordNote, RecordRefused,
};
use crate::domain::money::Kopecks;

impl<S: Store> Planner<'_, S> {
    pub(super) fn plan_access(&mut self) {
        self.plan_methods();
        self.plan_holdings();
    }

    fn plan_methods(&mut self) {
        let mut methods = self.read(FormerTable::PaymentMethods, FormerMethod::read);
        let mut charges_taken = std::mem::take(&mut self.known.charges);
        leave_one_default_each(&mut methods);
        for found in methods {
            let method = &found.row;
            let fate = if self.known.methods.contains(&method.id.to_string()) {
                Err(Fate::There)
            } else {
                match self.people.check(method.user, "user") {
                    Ok(()) if !charges_taken.insert(method.charge_id.clone()) => {
                        Err(Contradiction::CardTaken.into())
                    }
                    Ok(()) => Ok(Vec::new()),
                    Err(fate) => Err(fate),
                }
            };
            let may_be_charged = matches!(fate, Ok(_) | Err(Fate::There));
            if may_be_charged && method.revoked_at.is_none() {
                self.resolved.methods.insert(method.id, method.user);
            }
            if self.settle(FormerTable::PaymentMethods, &found, Kopecks::ZERO, fate) {
                self.records.methods.push(found.row);
            }
        }
    }

    fn plan_holdings(&mut self) {
        for found in self.read(FormerTable::UserProducts, FormerHolding::read) {
            let holding = &found.row;
            let planned = if self.known.holdings.contains(&holding.id.to_string()) {
                Err(Fate::There)
            } else {
                self.plan_holding(holding)
            };
            let is_here = matches!(planned, Ok(_) | Err(Fate::There));
            if let Some(product) = self.resolved.products.get(&holding.product)
                && is_here
                && product.paid_for == PaidFor::Once
            {
                let owner = (holding.user, product.id);
                let bought = self.resolved.bought_once.entry(owner).or_default();
                bought.push(holding.id);
            }
            let (coming, fate) = match planned {
                Ok((coming, notes)) => (Some(coming), Ok(notes)),
                Err(fate) => (None, Err(fate)),
            };
            self.settle(FormerTable::UserProducts, &found, Kopecks::ZERO, fate);
            self.records.holdings.extend(coming);
        }
    }

    fn plan_holding(
        &self,
        holding: &FormerHolding,
    ) -> Result<(ComingHolding, Vec<RecordNote>), Fate> {
        self.people.check(holding.user, "user")?;
        let product = self
            .resolved
            .products
            .get(&holding.product)
            .ok_or(RecordRefused::RefersToNothing("product"))?;
        let (dates, mut notes) = holding.dates(product.paid_for, self.now)?;
        let mut holding = holding.clone();
        let owner = holding.method.map(|id| self.resolved.methods.get(&id));
        if owner.is_some_and(|owner| owner != Some(&holding.user)) {
            notes.push(RecordNote::MethodLeftOut);
            holding.method = None;
        }
        let subscription = match (product.paid_for, dates.starts_at, dates.ends_at) {
            (PaidFor::Every(period), Some(start), Some(end)) => {
                let (period_start, anchor) = FormerHolding::last_period(period, start, end);
                Some(ComingSubscription {
                    period,
                    anchor,
                    period_start,
                    renewal_price: holding.renewal_price.unwrap_or(product.price),
                })
            }
            _ => None,
        };
        let coming = ComingHolding {
            product: product.id,
            dates,
            subscription,
            holding,
        };
        Ok((coming, notes))
    }
}

/// The newest default card of each client stays one.
fn leave_one_default_each(methods: &mut [Found<FormerMethod>]) {
    let mut newest = HashMap::new();
    for (index, found) in methods.iter().enumerate() {
        let method = &found.row;
        let age = (method.created_at, index);
        if method.is_default {
            let kept = newest.entry(method.user).or_insert(age);
            *kept = age.max(*kept);
        }
    }
    let kept: HashSet<usize> = newest.into_values().map(|(_, index)| index).collect();
    for (index, found) in methods.iter_mut().enumerate() {
        if found.row.is_default && !kept.contains(&index) {
            found.row.is_default = false;
            found.notes.push(RecordNote::DefaultCardLeftOut);
        }
    }
}
