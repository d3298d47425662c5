//! Who brought whom, what it earned them, and what they were paid.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use uuid::Uuid;

use super::report::{Fate, PartnerChange};
use super::{PartnerOf, Planner, Settled};
use crate::app::ports::former_records::{ComingBinding, ComingCommission, ComingPayout};
use crate::app::ports::{Store, StoreFailure};
use crate::domain::former_records::{
    Contradiction, FormerCommission, FormerOrder, FormerPayout, FormerReferral, FormerTable,
    PayoutStatus, RecordNote, RecordRefused,
};
use crate::domain::identifiers::OrderId;
use crate::domain::money::Kopecks;
use crate::domain::payout::PayoutState;

/// What partners have, on either side.
#[derive(Default)]
struct Sums {
    there: BTreeMap<i64, Kopecks>,
    coming: BTreeMap<i64, Kopecks>,
}

impl Sums {
    fn add(sums: &mut BTreeMap<i64, Kopecks>, partner: i64, amount: Kopecks) {
        let sum = sums.entry(partner).or_default();
        *sum = *sum + amount;
    }
}

impl<S: Store> Planner<'_, S> {
    pub(super) async fn plan_partners(&mut self) -> Result<(), StoreFailure> {
        let partners = self.plan_referrals();
        let mut sums = Sums::default();
        self.plan_commissions(&partners, &mut sums);
        self.plan_payouts(&mut sums);
        let numbers: BTreeSet<i64> = sums
            .there
            .keys()
            .chain(sums.coming.keys())
            .copied()
            .collect();
        let asked: Vec<i64> = numbers.iter().copied().collect();
        let here = self.store.balances_of(&asked).await?;
        for number in numbers {
            let there = sums.there.get(&number).copied().unwrap_or_default();
            let so_far = here.get(&number).copied().unwrap_or_default();
            let so_far = so_far.pending + so_far.available + so_far.reserved - so_far.owed;
            let here = so_far + sums.coming.get(&number).copied().unwrap_or_default();
            if there != here {
                let change = PartnerChange {
                    number,
                    there,
                    here,
                };
                self.report.partners.push(change);
            }
        }
        Ok(())
    }

    /// Answers whose binding each row is, also of rows that stay behind: what was earned by them was earned.
    fn plan_referrals(&mut self) -> HashMap<Uuid, i64> {
        let mut partners = HashMap::new();
        let mut bound_now = HashSet::new();
        let mut referrals = self.read(FormerTable::Referrals, FormerReferral::read);
        referrals.sort_by_key(|found| (found.row.created_at, found.row.id));
        for found in referrals {
            let referral = &found.row;
            partners.insert(referral.id, referral.partner);
            let fate = self.check_referral(referral, &bound_now);
            let is_late = fate == Ok(true);
            if self.settle(
                FormerTable::Referrals,
                &found,
                Kopecks::ZERO,
                fate.map(|_| Vec::new()),
            ) {
                bound_now.insert(found.row.came);
                if is_late {
                    self.records.bindings.push(ComingBinding {
                        came: found.row.came,
                        partner: found.row.partner,
                        at: found.row.created_at,
                    });
                }
            }
        }
        partners
    }

    /// Whether the binding has to be made for somebody who was imported before.
    fn check_referral(
        &self,
        referral: &FormerReferral,
        bound_now: &HashSet<i64>,
    ) -> Result<bool, Fate> {
        if referral.is_cancelled {
            return Err(Fate::Left(RecordNote::BindingCancelled));
        }
        if referral.came == referral.partner {
            return Err(Fate::Left(RecordNote::BroughtByThemselves));
        }
        self.people.check(referral.came, "referred_user")?;
        self.people.check(referral.partner, "referrer")?;
        let is_here = self.people.is_imported(referral.came);
        let is_meant = self
            .bindings
            .of(referral.came)
            .is_some_and(|binding| binding.partner == referral.partner);
        match self.people.here.get(&referral.came) {
            Some(PartnerOf::Former(partner)) if *partner == referral.partner => {
                if is_here || bound_now.contains(&referral.came) {
                    Err(Fate::There)
                } else {
                    Ok(false)
                }
            }
            Some(PartnerOf::Nobody)
                if is_here && is_meant && !bound_now.contains(&referral.came) =>
            {
                Ok(true)
            }
            Some(PartnerOf::Nobody) if self.bindings.is_circular(referral.came) => {
                Err(Fate::Left(RecordNote::BroughtInACircle))
            }
            _ => Err(Fate::Left(RecordNote::BroughtBefore)),
        }
    }

    fn plan_commissions(&mut self, partners: &HashMap<Uuid, i64>, sums: &mut Sums) {
        let mut commissions = self.read(FormerTable::Commissions, FormerCommission::read);
        commissions.sort_by_key(|found| (found.row.created_at, found.row.id));
        let bound: HashSet<i64> = self.bound_people();
        let known = std::mem::take(&mut self.known.commissions);
        let mentioned: HashSet<OrderId> = commissions.iter().map(|found| found.row.order).collect();
        let mut rewarded: HashSet<OrderId> = HashSet::new();
        for found in commissions {
            let commission = &found.row;
            let partner = partners.get(&commission.referral).copied();
            if let Some(partner) = partner.filter(|_| commission.is_due()) {
                Sums::add(&mut sums.there, partner, commission.amount);
            }
            let is_first = !rewarded.contains(&commission.order);
            let checked = self.check_commission(commission, partner, is_first, &bound);
            if checked.is_ok() {
                rewarded.insert(commission.order);
            }
            let money = if commission.is_due() {
                commission.amount
            } else {
                Kopecks::ZERO
            };
            let is_known = |settled: &Settled| known.contains(&settled.payment.to_string());
            let (coming, fate) = match checked {
                Ok((settled, _, _)) if is_known(&settled) => (None, Err(Fate::There)),
                Ok((settled, partner, notes)) => (Some((settled, partner)), Ok(notes)),
                Err(fate) => (None, Err(fate)),
            };
            self.settle(FormerTable::Commissions, &found, money, fate);
            if let Some((settled, partner)) = coming {
                let kept = found.row.rate.share_of(settled.amount - settled.refunded);
                Sums::add(&mut sums.coming, partner, kept);
                self.report.comes_as(FormerTable::Commissions, kept);
                self.records.commissions.push(ComingCommission {
                    payment: settled.payment,
                    partner,
                    rate: found.row.rate,
                    at: found.row.created_at,
                });
            }
        }
        self.note_missing(&mentioned);
    }

    fn check_commission(
        &self,
        commission: &FormerCommission,
        partner: Option<i64>,
        is_first: bool,
        bound: &HashSet<i64>,
    ) -> Result<(Settled, i64, Vec<RecordNote>), Fate> {
        let partner = partner.ok_or(RecordRefused::RefersToNothing("referral"))?;
        if !commission.is_due() {
            return Err(Fate::Left(RecordNote::CommissionNotDue));
        }
        if !is_first {
            return Err(Fate::Left(RecordNote::CommissionAgain));
        }
        self.people.check(partner, "referrer")?;
        let Some(settled) = self.resolved.settled.get(&commission.order).copied() else {
            return Err(
                if self.resolved.orders_left_out.contains(&commission.order) {
                    RecordRefused::RefersToNothing("order").into()
                } else {
                    Contradiction::CommissionOfNothing.into()
                },
            );
        };
        if settled.payer == partner {
            return Err(Contradiction::CommissionToPayer.into());
        }
        if !bound.contains(&settled.payer) {
            return Err(Contradiction::PayerNotBound.into());
        }
        let share = commission.rate.share_of(commission.base);
        let difference = share.number().abs_diff(commission.amount.number());
        if commission.base != settled.amount || difference > 1 || !share.is_positive() {
            return Err(Contradiction::CommissionOffRate.into());
        }
        let mut notes = Vec::new();
        if difference > 0 {
            notes.push(RecordNote::CommissionRounded);
        }
        if settled.refunded.is_positive() {
            notes.push(RecordNote::CommissionTakenBack);
        }
        Ok((settled, partner, notes))
    }

    fn bound_people(&self) -> HashSet<i64> {
        let late = self.records.bindings.iter().map(|binding| binding.came);
        let bound = self
            .people
            .here
            .iter()
            .filter(|(_, partner)| **partner != PartnerOf::Nobody)
            .map(|(number, _)| *number);
        bound.chain(late).collect()
    }

    /// The predecessor lost the first commission of each person brought. Nobody makes one up here, and somebody has to know.
    fn note_missing(&mut self, mentioned: &HashSet<OrderId>) {
        let mut missing = Vec::new();
        for (place, record) in self.rows.of.get(&FormerTable::Orders).into_iter().flatten() {
            let Ok((order, _)) = FormerOrder::read(record) else {
                continue;
            };
            let settled = self.resolved.settled.get(&order.id);
            let is_missing = settled.is_some_and(|settled| {
                order.referred_by.is_some_and(|partner| {
                    partner != settled.payer && self.people.here.contains_key(&partner)
                })
            });
            if is_missing && !mentioned.contains(&order.id) {
                missing.push(*place);
            }
        }
        for place in missing {
            let note = [RecordNote::CommissionMissing];
            self.report.note(FormerTable::Orders, place, &note);
        }
    }

    fn plan_payouts(&mut self, sums: &mut Sums) {
        for found in self.read(FormerTable::Payouts, FormerPayout::read) {
            let payout = &found.row;
            let is_counted = payout.is_open() || payout.status == PayoutStatus::Paid;
            if is_counted {
                let amount = Kopecks::ZERO - payout.amount;
                Sums::add(&mut sums.there, payout.partner, amount);
            }
            let checked = if self.known.payouts.contains(&payout.id.to_string()) {
                Err(Fate::There)
            } else {
                self.check_payout(payout)
            };
            let money = if payout.status == PayoutStatus::Paid {
                payout.amount
            } else {
                Kopecks::ZERO
            };
            let notes = match checked {
                Ok(PayoutState::Rejected) if payout.is_open() => vec![RecordNote::RequestRejected],
                _ => Vec::new(),
            };
            if self.settle(FormerTable::Payouts, &found, money, checked.map(|_| notes))
                && let Ok(state) = checked
            {
                if state == PayoutState::Paid {
                    let amount = Kopecks::ZERO - found.row.amount;
                    Sums::add(&mut sums.coming, found.row.partner, amount);
                    self.report.comes_as(FormerTable::Payouts, found.row.amount);
                }
                let mut payout = found.row;
                if payout.is_open() {
                    payout.settled_at = self.now;
                }
                self.records.payouts.push(ComingPayout { payout, state });
            }
        }
    }

    fn check_payout(&self, payout: &FormerPayout) -> Result<PayoutState, Fate> {
        if !payout.amount.is_positive() {
            return Err(Fate::Left(RecordNote::PayoutOfNothing));
        }
        self.people.check(payout.partner, "referrer")?;
        match payout.status {
            PayoutStatus::Processing => Err(Contradiction::PayoutUnderWay.into()),
            PayoutStatus::Pending | PayoutStatus::Cancelled => Ok(PayoutState::Rejected),
            PayoutStatus::Paid => Ok(PayoutState::Paid),
            PayoutStatus::Failed => Ok(PayoutState::Failed),
        }
    }
}
