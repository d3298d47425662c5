//! What the predecessor kept beside its people, on its way into the database.

use std::collections::{BTreeMap, HashSet};

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
    ComingHolding, ComingOrder, ComingPayment, ComingPayout, ComingProduct, ComingVersion,
    FormerRecordStore, FormerRecords, KnownBy, KnownDocument, KnownProduct,
};
use crate::domain::catalogue::PaidFor;
use crate::domain::former_records::FormerMethod;
use crate::domain::handle::Handle;
use crate::domain::identifiers::OperationId;
use crate::domain::ledger::PartnerBalance;
use crate::domain::money::Kopecks;
use crate::domain::payout::PayoutState;
use crate::domain::time::Instant;
use crate::domain::web_address::WebAddress;
use crate::domain::wording::Prose;

/// What stands in for words that the dump does not have.
const TEXT_LEFT_BEHIND: &str = "Текст этой редакции остался на прежнем сайте.";

/// What stands in for the bank's name of a payout.
const NO_BANK_REF: &str = "—";

/// What the partner reads of a request that ended with the move.
const NO_DESTINATION: &str = "Заявка с прежнего сайта закрыта при переезде: в ней не было реквизитов. \
                              Сумма снова доступна, подайте новую заявку.";

/// What the partner reads where staff wrote nothing.
const NO_REASON: &str = "Выплата не состоялась на прежнем сайте.";

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
        by: KnownBy,
        keys: &[String],
    ) -> Result<HashSet<String>, StoreFailure> {
        #[derive(Deserialize)]
        struct FoundRow {
            found: String,
        }
        let sql = match by {
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
        };
        let mut found = HashSet::new();
        for pieces in in_pieces(keys.iter().map(|key| json!(key))).chunks(AT_ONCE) {
            let asked = pieces
                .iter()
                .map(|piece| Statement::new(sql, [piece.as_str().into()]));
            for row in self
                .database
                .batch(asked.collect())
                .await?
                .into_iter()
                .flatten()
            {
                found.insert(row.read::<FoundRow>()?.found);
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

fn version_row(version: &ComingVersion) -> Value {
    let text = version.text.as_ref().map(Prose::as_str);
    json!({
        "document": version.document, "version": version.version, "title": version.title.as_str(),
        "text": text.unwrap_or(TEXT_LEFT_BEHIND), "published_at": version.published_at.millis(),
    })
}

fn product_row(coming: &ComingProduct) -> Value {
    let product = &coming.product;
    json!({
        "id": product.id.to_string(), "slug": product.slug.as_str(), "name": product.name.as_str(),
        "description": product.description.as_ref().map(Prose::as_str),
        "kind": product.paid_for.kind().as_str(), "period": product.paid_for.period().map(|period| period.as_str()),
        "price": product.price.number(), "admin_url": product.admin_url.as_ref().map(WebAddress::as_str),
        "terms": coming.terms, "created_at": product.created_at.millis(), "updated_at": product.updated_at.millis(),
        "retired_at": (!product.is_on_sale).then_some(product.updated_at.millis()),
    })
}

fn method_row(method: &FormerMethod) -> Value {
    json!({
        "id": method.id.to_string(), "user": method.user, "charge_id": method.charge_id, "pan_mask": method.pan_mask,
        "expires": method.expires, "card_type": method.card_type, "is_default": i64::from(method.is_default),
        "created_at": method.created_at.millis(), "updated_at": method.updated_at.millis(),
        "revoked_at": method.revoked_at.map(Instant::millis),
    })
}

fn holding_row(coming: &ComingHolding) -> Value {
    let (holding, dates) = (&coming.holding, &coming.dates);
    let subscription = coming.subscription;
    let millis = |at: Option<Instant>| at.map(Instant::millis);
    json!({
        "id": holding.id.to_string(), "user": holding.user, "product": coming.product.to_string(),
        "starts_at": millis(dates.starts_at), "ends_at": millis(dates.ends_at), "revoked_at": millis(dates.revoked_at),
        "app_url": holding.app_url.as_ref().map(WebAddress::as_str), "created_at": holding.created_at.millis(),
        "updated_at": holding.updated_at.millis(), "cancelled_at": millis(dates.cancelled_at),
        "method": holding.method.map(|id| id.to_string()),
        "period": subscription.map(|subscription| subscription.period.as_str()),
        "anchor": subscription.map(|subscription| subscription.anchor.number()),
        "period_start": subscription.map(|subscription| subscription.period_start.millis()),
        "renewal_price": subscription.map(|subscription| subscription.renewal_price.number()),
    })
}

fn order_row(coming: &ComingOrder) -> Value {
    let order = &coming.order;
    let [name, email, phone] = &order.customer;
    json!({
        "id": order.id.to_string(), "number": order.number, "user": order.user, "product": coming.product.to_string(),
        "amount": order.amount.number(), "state": coming.state.as_str(), "customer_name": name,
        "customer_email": email, "customer_phone": phone,
        "referral_code": order.referral_code.as_ref().map(|code| code.as_str()),
        "created_at": order.created_at.millis(), "updated_at": order.updated_at.millis(),
    })
}

fn payment_row(coming: &ComingPayment) -> Value {
    let payment = &coming.payment;
    json!({
        "id": payment.id.to_string(), "order": payment.order.to_string(), "user": coming.user,
        "bought": coming.bought.map(|id| id.to_string()), "amount": payment.amount.number(),
        "status": coming.status.as_str(), "source": payment.source.as_str(), "reference": payment.reference,
        "failure_reason": payment.failure_reason, "receipt": payment.receipt.as_ref().map(WebAddress::as_str),
        "receipt_id": Handle::of_receipt(payment.id).to_string(), "created_at": payment.created_at.millis(),
        "updated_at": payment.updated_at.millis(),
    })
}

fn payout_row(coming: &ComingPayout) -> Value {
    let payout = &coming.payout;
    let (mut bank_ref, mut reason) = (payout.reference.as_deref(), None);
    match coming.state {
        PayoutState::Paid => bank_ref = bank_ref.or(Some(NO_BANK_REF)),
        PayoutState::Rejected if payout.is_open() => reason = Some(NO_DESTINATION),
        PayoutState::Rejected
        | PayoutState::Failed
        | PayoutState::Requested
        | PayoutState::Processing => reason = Some(payout.notes.as_deref().unwrap_or(NO_REASON)),
    }
    json!({
        "id": payout.id.to_string(), "partner": payout.partner, "amount": payout.amount.number(),
        "state": coming.state.as_str(), "bank_ref": bank_ref, "reason": reason,
        "requested_at": payout.requested_at.millis(), "settled_at": payout.settled_at.millis(),
    })
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
