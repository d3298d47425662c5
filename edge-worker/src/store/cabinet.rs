//! A client's own data in the database: whatever is wanted of it, from one batch.

mod catalogue;
mod documents;
mod partner;
mod payment_list;
mod payments;

use serde::Deserialize;

use self::catalogue::{ClientProductRow, ProductRow};
use self::documents::{AcceptanceRow, AcceptedRow, DocumentColumns};
use self::partner::{CommissionRow, EarnedRow, EarningsRow, InvitedRow, PayoutRow};
use self::payment_list::MonthRow;
use self::payments::{MethodRow, OrderColumns, PaymentRow, RemovedRow, TotalsRow, TransactionRow};
use super::accounts::SqlStore;
use super::audit::record_if_changed;
use super::outbox::{Owner, queue_if_changed};
use super::sql::cabinet as sql;
use super::statement::{Database, Row, SqlValue, Statement};
use crate::app::ports::StoreFailure;
use crate::app::ports::cabinet::{
    Acceptance, CabinetStore, ClientData, ClientOrder, ClientProduct, Document, DocumentWanted,
    MethodRemoval, NewRenewal, PaymentMethod, RenewalWish, Slice, Wanted,
};
use crate::domain::audit::AuditEntry;
use crate::domain::identifiers::{PaymentMethodId, UserId, UserProductId};
use crate::domain::mail::NewMail;
use crate::domain::origin::{ClientAddress, Country};
use crate::domain::time::Instant;
use crate::domain::user::ReferralCode;

/// Which part of the answer a statement's rows are.
#[derive(Clone, Copy)]
enum Part {
    Products,
    OnSale,
    Payments,
    PaymentTotals,
    Months,
    Payment,
    Methods,
    Transactions,
    TransactionsTotal,
    Documents,
    Accepted,
    Earnings,
    EarnedByMonth,
    Invited,
    Commissions,
    CommissionsTotal,
    Payouts,
    PayoutsTotal,
}

impl<D: Database> CabinetStore for SqlStore<D> {
    async fn client_data(
        &self,
        user: UserId,
        wanted: &Wanted,
        now: Instant,
    ) -> Result<ClientData, StoreFailure> {
        let (parts, statements): (Vec<_>, Vec<_>) = readings(user, wanted, now).into_iter().unzip();
        let answers = self.database.batch(statements).await?;
        let mut data = ClientData::default();
        for (part, rows) in parts.into_iter().zip(answers) {
            fill(&mut data, part, rows)?;
        }
        Ok(data)
    }

    async fn wish_renewal(
        &self,
        user: UserId,
        product: UserProductId,
        wish: RenewalWish,
        notice: Option<&NewMail>,
        audit: &AuditEntry,
    ) -> Result<Option<ClientProduct>, StoreFailure> {
        let sql = match wish {
            RenewalWish::Cancel => sql::CANCEL_RENEWAL,
            RenewalWish::Resume => sql::RESUME_RENEWAL,
        };
        let mut statements = vec![
            Statement::new(sql, own_now(user, &product, audit)),
            record_if_changed(audit),
        ];
        let owner = Owner::User(Some(user));
        statements.extend(notice.map(|notice| queue_if_changed(owner, notice)));
        statements.push(Statement::new(sql::CLIENT_PRODUCT, own(user, &product)));
        let row = self.last_row(statements).await?;
        row.map(|row| row.read::<ClientProductRow>()?.into_product())
            .transpose()
    }

    async fn order_renewal(
        &self,
        user: UserId,
        renewal: &NewRenewal,
        audit: &AuditEntry,
    ) -> Result<Option<(ClientProduct, Option<ClientOrder>)>, StoreFailure> {
        let mut values = own_now(user, &renewal.product, audit).to_vec();
        values.extend([
            renewal.id.to_string().into(),
            renewal.number.as_str().into(),
            renewal.came_by.as_ref().map(ReferralCode::as_str).into(),
        ]);
        let mut answers = self
            .database
            .batch(vec![
                Statement::new(sql::ORDER_RENEWAL, values),
                record_if_changed(audit),
                Statement::new(sql::CLIENT_PRODUCT, own(user, &renewal.product)),
                Statement::new(sql::WAITING_RENEWAL, own(user, &renewal.product)),
            ])
            .await?;
        let mut last = || answers.pop().and_then(|rows| rows.into_iter().next());
        let (order, product) = (last(), last());
        let Some(product) = product else {
            return Ok(None);
        };
        let product = product.read::<ClientProductRow>()?.into_product()?;
        let order = order
            .map(|row| row.read::<OrderColumns>()?.into_order())
            .transpose()?;
        Ok(Some((product, order)))
    }

    async fn choose_method(
        &self,
        user: UserId,
        method: PaymentMethodId,
        audit: &AuditEntry,
    ) -> Result<Option<PaymentMethod>, StoreFailure> {
        let row = self
            .last_row(vec![
                Statement::new(sql::LEAVE_FIRST_PLACE, own_now(user, &method, audit)),
                Statement::new(sql::TAKE_FIRST_PLACE, own_now(user, &method, audit)),
                record_if_changed(audit),
                Statement::new(sql::METHOD, own(user, &method)),
            ])
            .await?;
        row.map(|row| row.read::<MethodRow>()?.into_method())
            .transpose()
    }

    async fn remove_method(
        &self,
        user: UserId,
        method: PaymentMethodId,
        audit: &AuditEntry,
    ) -> Result<Option<MethodRemoval>, StoreFailure> {
        let row = self
            .last_row(vec![
                Statement::new(sql::REMOVE_METHOD, own_now(user, &method, audit)),
                record_if_changed(audit),
                Statement::new(sql::LEAVE_METHOD, own(user, &method)),
                Statement::new(sql::METHOD_REMOVED, own(user, &method)),
            ])
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        Ok(Some(match row.read::<RemovedRow>()?.revoked_at {
            None => MethodRemoval::IsDefault,
            Some(_) => MethodRemoval::Removed,
        }))
    }

    async fn accept_document(
        &self,
        user: UserId,
        wanted: &DocumentWanted,
        audit: &AuditEntry,
    ) -> Result<Option<Acceptance>, StoreFailure> {
        let now = audit.at.millis();
        let chosen: [SqlValue; 3] = [
            user.number().into(),
            wanted.kind.as_str().into(),
            wanted.id.into(),
        ];
        let mut values = chosen.to_vec();
        let network = audit.origin.address.map(ClientAddress::network);
        values.extend([
            wanted.version.into(),
            now.into(),
            network.map(|network| network.to_string()).into(),
            audit.origin.country.as_ref().map(Country::to_string).into(),
            audit.origin.device.words().into(),
        ]);
        let row = self
            .last_row(vec![
                Statement::new(sql::ACCEPT, values),
                record_if_changed(audit),
                Statement::new(sql::NOTE_OFFER, [user.number().into(), now.into()]),
                Statement::new(sql::DOCUMENT_ACCEPTED, chosen),
            ])
            .await?;
        row.map(|row| row.read::<AcceptanceRow>()?.into_acceptance())
            .transpose()
    }
}

/// A row of a client's own.
fn own(user: UserId, id: &impl ToString) -> [SqlValue; 2] {
    [user.number().into(), id.to_string().into()]
}

fn own_now(user: UserId, id: &impl ToString, audit: &AuditEntry) -> [SqlValue; 3] {
    let [user, id] = own(user, id);
    [user, id, audit.at.millis().into()]
}

fn readings(user: UserId, wanted: &Wanted, now: Instant) -> Vec<(Part, Statement)> {
    let number = user.number();
    let of = |sql| Statement::new(sql, [number.into()]);
    let some_of = |sql, slice: Slice| {
        let values: [SqlValue; 3] = [number.into(), slice.limit.into(), slice.offset.into()];
        Statement::new(sql, values)
    };
    let mut readings = Vec::new();
    if wanted.products || wanted.documents {
        readings.push((Part::Products, of(sql::CLIENT_PRODUCTS)));
    }
    if wanted.on_sale {
        readings.push((Part::OnSale, Statement::new(sql::ON_SALE, [])));
    }
    readings.extend(payment_list::readings(user, wanted, now));
    if let Some(payment) = wanted.payment {
        let statement = Statement::new(sql::PAYMENT, own(user, &payment));
        readings.push((Part::Payment, statement));
    }
    if wanted.methods {
        readings.push((Part::Methods, of(sql::METHODS)));
    }
    if let Some(slice) = wanted.transactions {
        readings.push((Part::Transactions, some_of(sql::TRANSACTIONS, slice)));
        readings.push((Part::TransactionsTotal, of(sql::COUNT_TRANSACTIONS)));
    }
    if wanted.documents {
        readings.push((Part::Documents, Statement::new(sql::DOCUMENTS, [])));
        readings.push((Part::Accepted, of(sql::ACCEPTED)));
    }
    if wanted.earnings {
        let values: [SqlValue; 2] = [number.into(), now.millis().into()];
        readings.push((Part::Earnings, Statement::new(sql::EARNINGS, values)));
    }
    if wanted.earned_by_month {
        let values: [SqlValue; 2] = [number.into(), now.millis().into()];
        readings.push((
            Part::EarnedByMonth,
            Statement::new(sql::EARNED_BY_MONTH, values),
        ));
    }
    if let Some(slice) = wanted.invited {
        readings.push((Part::Invited, some_of(sql::INVITED, slice)));
    }
    if let Some(slice) = wanted.commissions {
        readings.push((Part::Commissions, some_of(sql::COMMISSIONS, slice)));
        readings.push((Part::CommissionsTotal, of(sql::COUNT_COMMISSIONS)));
    }
    if let Some(slice) = wanted.payouts {
        readings.push((Part::Payouts, some_of(sql::PAYOUTS, slice)));
        readings.push((Part::PayoutsTotal, of(sql::COUNT_PAYOUTS)));
    }
    readings
}

fn fill(data: &mut ClientData, part: Part, rows: Vec<Row>) -> Result<(), StoreFailure> {
    match part {
        Part::Products => {
            data.products = all(rows, ClientProductRow::into_product)?;
        }
        Part::OnSale => data.on_sale = all(rows, |row: ProductRow| row.into_product(None))?,
        Part::Payments => data.payments = all(rows, PaymentRow::into_payment)?,
        Part::PaymentTotals => {
            data.payment_totals = only(rows)?.read::<TotalsRow>()?.into_totals();
        }
        Part::Months => data.months = all(rows, |row: MonthRow| Ok(row.into_month()))?,
        Part::Payment => data.payment = all(rows, PaymentRow::into_payment)?.pop(),
        Part::Methods => data.methods = all(rows, MethodRow::into_method)?,
        Part::Transactions => data.transactions = all(rows, TransactionRow::into_transaction)?,
        Part::TransactionsTotal => data.transactions_total = total(rows)?,
        Part::Documents => data.documents = newest_of_each_type(rows)?,
        Part::Accepted => data.accepted = all(rows, |row: AcceptedRow| Ok(row.into_version()))?,
        Part::Earnings => data.earnings = only(rows)?.read::<EarningsRow>()?.into_earnings(),
        Part::EarnedByMonth => {
            data.earned_by_month = all(rows, |row: EarnedRow| Ok(row.into_month()))?;
        }
        Part::Invited => data.invited = all(rows, |row: InvitedRow| Ok(row.into_invited()))?,
        Part::Commissions => data.commissions = all(rows, CommissionRow::into_commission)?,
        Part::CommissionsTotal => data.commissions_total = total(rows)?,
        Part::Payouts => data.payouts = all(rows, PayoutRow::into_payout)?,
        Part::PayoutsTotal => data.payouts_total = total(rows)?,
    }
    Ok(())
}

fn all<R: for<'de> Deserialize<'de>, T>(
    rows: Vec<Row>,
    into: impl Fn(R) -> Result<T, StoreFailure>,
) -> Result<Vec<T>, StoreFailure> {
    rows.into_iter().map(|row| into(row.read()?)).collect()
}

fn only(rows: Vec<Row>) -> Result<Row, StoreFailure> {
    rows.into_iter()
        .next()
        .ok_or_else(|| StoreFailure("a sum has no row".to_owned()))
}

#[derive(Deserialize)]
struct TotalRow {
    total: i64,
}

fn total(rows: Vec<Row>) -> Result<i64, StoreFailure> {
    Ok(only(rows)?.read::<TotalRow>()?.total)
}

fn newest_of_each_type(rows: Vec<Row>) -> Result<Vec<Document>, StoreFailure> {
    let mut newest: Vec<Document> = Vec::new();
    for document in all(rows, DocumentColumns::into_document)?
        .into_iter()
        .flatten()
    {
        if newest.iter().all(|known| known.kind != document.kind) {
            newest.push(document);
        }
    }
    Ok(newest)
}

/// The value that a text column names, or a failure that names the column.
fn parse<T: std::str::FromStr>(column: &str, text: &str) -> Result<T, StoreFailure> {
    text.parse()
        .map_err(|_| StoreFailure(format!("{column} cannot be read")))
}
