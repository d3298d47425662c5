//! The list of a client's payments: how it is asked for, and what it came to by the month.

use serde::Deserialize;

use super::Part;
use crate::app::ports::cabinet::{MonthSpent, PaymentFilter, PaymentsWanted, Wanted};
use crate::domain::calendar::start_of_month;
use crate::domain::identifiers::UserId;
use crate::domain::money::Kopecks;
use crate::domain::payment::PaymentStatus;
use crate::domain::time::Instant;
use crate::store::sql::cabinet::payment_list as sql;
use crate::store::statement::{SqlValue, Statement};

/// Far beyond any payment, and within what JavaScript counts exactly.
const ALWAYS: (i64, i64) = (-(1 << 52), 1 << 52);

/// The statements that read what is wanted of the list.
pub(super) fn readings(user: UserId, wanted: &Wanted, now: Instant) -> Vec<(Part, Statement)> {
    let user = user.number();
    let filter = wanted.payments.map(|payments| payments.filter);
    let PaymentFilter {
        status,
        since,
        before,
        order,
    } = filter.unwrap_or(PaymentFilter::ALL);
    let status = status.map(PaymentStatus::as_str);
    let since = within(since, ALWAYS.0);
    let before = within(before, ALWAYS.1);
    let mut readings = Vec::new();
    if let Some(PaymentsWanted { slice, .. }) = wanted.payments {
        let mut values: Vec<SqlValue> = vec![
            user.into(),
            slice.limit.into(),
            slice.offset.into(),
            since.into(),
            before.into(),
        ];
        let text = match status {
            None => sql::payments(order),
            Some(status) => {
                values.push(status.into());
                sql::payments_with_status(order)
            }
        };
        readings.push((Part::Payments, Statement::new(text, values)));
    }
    if wanted.payment_totals {
        let values: [SqlValue; 4] = [user.into(), status.into(), since.into(), before.into()];
        readings.push((Part::PaymentTotals, Statement::new(sql::TOTALS, values)));
    }
    if let Some(months) = wanted.months {
        let since = start_of_month(now, months.saturating_sub(1));
        let values: [SqlValue; 2] = [user.into(), since.millis().into()];
        readings.push((Part::Months, Statement::new(sql::MONTHS, values)));
    }
    readings
}

fn within(limit: Option<Instant>, otherwise: i64) -> i64 {
    let (first, last) = ALWAYS;
    limit.map_or(otherwise, Instant::millis).clamp(first, last)
}

#[derive(Deserialize)]
pub(super) struct MonthRow {
    month: String,
    spent: i64,
}

impl MonthRow {
    pub(super) fn into_month(self) -> MonthSpent {
        MonthSpent {
            month: self.month,
            spent: Kopecks::new(self.spent),
        }
    }
}
