//! What the predecessor kept beside its people, on its way into the database.

mod rows;

use std::collections::{BTreeMap, HashSet};

use rows::{holding_row, method_row, order_row, payment_row, payout_row, product_row, version_row};
use serde::Deserialize;
use serde_json::{Value, json};

use super::accounts::SqlStore;
use super::ledger::Operation;
use super::payments::parse;
use super::pieces::in_pieces;
use super::sql::former_records as sql;
use super::statement::{Database, Row, SqlValue, Statement};
use crate::app::ports::StoreFailure;
use crate::app::ports::former_records::{
    FormerRecordStore, FormerRecords, KnownBy, KnownDocument, KnownProduct,
};
use crate::domain::catalogue::PaidFor;
use crate::domain::identifiers::OperationId;
use crate::domain::ledger::PartnerBalance;
use crate::domain::money::Kopecks;
use crate::domain::payout::PayoutState;
use crate::domain::time::Instant;

/// How many statements are asked at a time; each time starts Wrangler.
const AT_ONCE: usize = 40;

impl<D: Database> FormerRecordStore for SqlStore<D> {
    async fn known_catalogue(
        &self,
    ) -> Result<(Vec<KnownDocument>, Vec<KnownProduct>), StoreFailure> {
        let mut answers = self
            .database
            .batch(vec![
                Statement::new(sql::DOCUMENTS, []),
                Statement::new(sql::PRODUCTS, []),
            ])
            .await?;
        let products = answers.pop().unwrap_or_default();
        let documents = answers.pop().unwrap_or_default();
        Ok((
            documents
                .into_iter()
                .map(read_document)
                .collect::<Result<_, _>>()?,
            products
                .into_iter()
                .map(read_product)
                .collect::<Result<_, _>>()?,
        ))
    }

    async fn known_among(
        &self,
        asked: &[(KnownBy, Vec<String>)],
    ) -> Result<Vec<HashSet<String>>, StoreFailure> {
        #[derive(Deserialize)]
        struct FoundRow {
            found: String,
        }
        let mut found = vec![HashSet::new(); asked.len()];
        let mut statements = Vec::new();
        for (index, (by, keys)) in asked.iter().enumerate() {
            let pieces = in_pieces(keys.iter().map(|key| json!(key)));
            let of_question = pieces
                .into_iter()
                .map(|piece| (index, Statement::new(known_by(*by), [piece.into()])));
            statements.extend(of_question);
        }
        for some in statements.chunks(AT_ONCE) {
            let batch = some.iter().map(|(_, statement)| statement.clone());
            let answers = self.database.batch(batch.collect()).await?;
            for ((index, _), rows) in some.iter().zip(answers) {
                for row in rows {
                    let row: FoundRow = row.read()?;
                    if let Some(found) = found.get_mut(*index) {
                        found.insert(row.found);
                    }
                }
            }
        }
        Ok(found)
    }

    async fn balances_of(
        &self,
        partners: &[i64],
    ) -> Result<BTreeMap<i64, PartnerBalance>, StoreFailure> {
        let mut balances = BTreeMap::new();
        for piece in in_pieces(partners.iter().map(|number| json!(number))) {
            let asked = Statement::new(sql::BALANCES, [piece.into()]);
            for row in self
                .database
                .batch(vec![asked])
                .await?
                .into_iter()
                .flatten()
            {
                let row: BalanceRow = row.read()?;
                balances.insert(row.number, row.into_balance());
            }
        }
        Ok(balances)
    }
}

const fn known_by(by: KnownBy) -> &'static str {
    match by {
        KnownBy::Acceptance => sql::KNOWN_ACCEPTANCES,
        KnownBy::Method => sql::KNOWN_METHODS,
        KnownBy::Charge => sql::KNOWN_CHARGES,
        KnownBy::Holding => sql::KNOWN_HOLDINGS,
        KnownBy::Order => sql::KNOWN_ORDERS,
        KnownBy::OrderNumber => sql::KNOWN_ORDER_NUMBERS,
        KnownBy::Payment => sql::KNOWN_PAYMENTS,
        KnownBy::UnpaidPayment => sql::KNOWN_UNPAID_PAYMENTS,
        KnownBy::Reference => sql::KNOWN_REFERENCES,
        KnownBy::Commission => sql::KNOWN_COMMISSIONS,
        KnownBy::Payout => sql::KNOWN_PAYOUTS,
    }
}

/// Everything, in the order in which rows refer to earlier ones. The two operations are the commissions' and the payouts'.
pub(super) fn add_records(
    records: &FormerRecords,
    [earned, paid]: [OperationId; 2],
    now: Instant,
) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut add = |texts: &[&'static str], rows: Vec<Value>, more: &[SqlValue]| {
        for piece in in_pieces(rows) {
            for text in texts {
                let mut values = vec![piece.as_str().into()];
                values.extend_from_slice(more);
                statements.push(Statement::new(text, values));
            }
        }
    };
    let documents = records.documents.iter().map(|document| {
        json!({
            "id": document.id, "slug": document.slug.as_str(), "type": document.document_type.as_str(),
            "created_at": document.created_at.millis(), "retired_at": document.retired_at.map(Instant::millis),
        })
    });
    add(&[sql::ADD_DOCUMENTS], documents.collect(), &[]);
    let versions = records.versions.iter().map(version_row);
    add(&[sql::ADD_VERSIONS], versions.collect(), &[]);
    let acceptances = records.acceptances.iter().map(|coming| {
        let acceptance = &coming.acceptance;
        json!({
            "user": acceptance.user, "document": coming.document, "version": acceptance.version,
            "accepted_at": acceptance.accepted_at.millis(), "network": acceptance.network, "device": acceptance.device,
        })
    });
    add(&[sql::ADD_ACCEPTANCES], acceptances.collect(), &[]);
    let products = records.products.iter().map(product_row);
    add(&[sql::ADD_PRODUCTS], products.collect(), &[]);
    let methods = records.methods.iter().map(method_row);
    add(&[sql::ADD_METHODS], methods.collect(), &[]);
    let holdings = records.holdings.iter().map(holding_row);
    add(
        &[sql::ADD_HOLDINGS],
        holdings.clone().collect(),
        &[now.millis().into()],
    );
    add(&[sql::ADD_SUBSCRIPTIONS], holdings.collect(), &[]);
    let orders = records.orders.iter().map(order_row);
    add(&[sql::ADD_ORDERS], orders.collect(), &[]);
    let payments = records.payments.iter().map(payment_row);
    let of_payments = [sql::ADD_PAYMENTS, sql::ADD_REFUNDS, sql::ADD_RECEIPTS];
    add(&of_payments, payments.collect(), &[]);
    let bindings = records.bindings.iter().map(|binding| {
        json!({"came": binding.came, "partner": binding.partner, "at": binding.at.millis()})
    });
    add(&[sql::NAME_PARTNERS, sql::BIND], bindings.collect(), &[]);
    statements.extend(book(records, [earned, paid], now));
    statements
}

/// The partners' money: what they earned first, then what they were paid of it.
fn book(records: &FormerRecords, [earned, paid]: [OperationId; 2], now: Instant) -> Vec<Statement> {
    let operation = |id| Operation { id, at: now };
    let partners: HashSet<i64> = records
        .commissions
        .iter()
        .map(|commission| commission.partner)
        .chain(records.payouts.iter().map(|coming| coming.payout.partner))
        .collect();
    if partners.is_empty() {
        return Vec::new();
    }
    let mut statements: Vec<Statement> = in_pieces(partners.iter().map(|number| json!(number)))
        .into_iter()
        .map(|piece| Statement::new(sql::OPEN_ACCOUNTS, [piece.into()]))
        .collect();
    let commissions = records.commissions.iter().map(|commission| {
        json!({
            "payment": commission.payment.to_string(), "partner": commission.partner,
            "rate": commission.rate.basis_points(), "at": commission.at.millis(),
        })
    });
    for piece in in_pieces(commissions) {
        let piece = SqlValue::from(piece);
        statements.push(Statement::new(sql::ADD_COMMISSIONS, [piece.clone()]));
        statements.extend(
            [sql::ACCRUE, sql::REVERSE, sql::MATURE]
                .map(|text| Statement::new(text, [piece.clone(), earned.to_string().into()])),
        );
    }
    statements.extend([operation(earned).offset(), operation(earned).post()]);

    for piece in in_pieces(paid_out(records)) {
        let values: [SqlValue; 3] = [piece.into(), paid.to_string().into(), now.millis().into()];
        statements.push(Statement::new(sql::ADVANCE, values));
    }
    for piece in in_pieces(records.payouts.iter().map(payout_row)) {
        let piece = SqlValue::from(piece);
        statements.push(Statement::new(sql::ADD_PAYOUTS, [piece.clone()]));
        statements.extend(
            [sql::RESERVE, sql::PAY, sql::RELEASE]
                .map(|text| Statement::new(text, [piece.clone(), paid.to_string().into()])),
        );
    }
    statements.push(operation(paid).post());
    statements
}

/// What each partner was paid in all.
fn paid_out(records: &FormerRecords) -> Vec<Value> {
    let mut sums: BTreeMap<i64, Kopecks> = BTreeMap::new();
    for coming in &records.payouts {
        if coming.state == PayoutState::Paid {
            let sum = sums.entry(coming.payout.partner).or_default();
            *sum = *sum + coming.payout.amount;
        }
    }
    sums.into_iter()
        .map(|(partner, paid)| json!({"partner": partner, "paid": paid.number()}))
        .collect()
}

fn read_document(row: Row) -> Result<KnownDocument, StoreFailure> {
    #[derive(Deserialize)]
    struct DocumentRow {
        id: i64,
        slug: String,
        r#type: String,
        is_in_use: i64,
        versions: String,
    }
    let row: DocumentRow = row.read()?;
    Ok(KnownDocument {
        id: row.id,
        slug: row.slug,
        document_type: parse(&row.r#type, "documents.type")?,
        is_in_use: row.is_in_use != 0,
        versions: serde_json::from_str(&row.versions)
            .map_err(|_| StoreFailure("document_versions cannot be read".to_owned()))?,
    })
}

fn read_product(row: Row) -> Result<KnownProduct, StoreFailure> {
    #[derive(Deserialize)]
    struct ProductRow {
        id: String,
        slug: String,
        kind: String,
        period: Option<String>,
        price: i64,
    }
    let row: ProductRow = row.read()?;
    let period = row
        .period
        .as_deref()
        .map(|period| parse(period, "products.period"))
        .transpose()?;
    Ok(KnownProduct {
        id: parse(&row.id, "products.id")?,
        slug: row.slug,
        paid_for: PaidFor::new(parse(&row.kind, "products.kind")?, period)
            .ok_or_else(|| StoreFailure("products.period does not fit the kind".to_owned()))?,
        price: Kopecks::new(row.price),
    })
}

#[derive(Deserialize)]
struct BalanceRow {
    number: i64,
    pending: i64,
    available: i64,
    reserved: i64,
    owed: i64,
}

impl BalanceRow {
    const fn into_balance(self) -> PartnerBalance {
        PartnerBalance {
            pending: Kopecks::new(self.pending),
            available: Kopecks::new(self.available),
            reserved: Kopecks::new(self.reserved),
            owed: Kopecks::new(self.owed),
        }
    }
}
