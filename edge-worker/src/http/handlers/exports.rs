//! Lists as files for spreadsheets.
//!
//! A file holds [`MOST`] rows, the newest; where there are more, its last row says so: a Worker has 128 MB for everything.

use super::cabinet::setting;
use crate::app::App;
use crate::app::authentication::Caller;
use crate::app::cabinet::Look;
use crate::app::ports::Store;
use crate::app::ports::cabinet::{PaymentsWanted, Slice, Wanted};
use crate::domain::calendar::day_in_moscow;
use crate::domain::payment::{PaymentSource, PaymentStatus};
use crate::domain::payout::PayoutState;
use crate::domain::payout_destination::PayoutMethod;
use crate::http::csv::{Cell, table};
use crate::http::failure::Failure;
use crate::http::language::Language;
use crate::http::payment_query::read_payments;
use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::views::partner::commission_status;

/// How many rows a file holds.
const MOST: usize = 10_000;

/// One more, to know whether there are more.
const SLICE: Slice = Slice::first(10_001);

pub(in crate::http) async fn payments<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let filter = read_payments(request)?;
    let wanted = Wanted {
        payments: Some(PaymentsWanted {
            filter,
            slice: SLICE,
        }),
        ..Wanted::default()
    };
    let look = app.look(caller, &wanted).await?;
    let header: &[&str] = match language {
        Language::Russian => &[
            "Дата",
            "Заказ",
            "Продукт",
            "Сумма, ₽",
            "Возвращено, ₽",
            "Статус",
            "Способ оплаты",
            "Оплачено с",
            "Оплачено по",
            "Чек",
        ],
        Language::English => &[
            "Date",
            "Order",
            "Product",
            "Amount, RUB",
            "Refunded, RUB",
            "Status",
            "Paid by",
            "Paid from",
            "Paid to",
            "Receipt",
        ],
    };
    let rows = look.data.payments.iter().map(|payment| {
        let (start, end) = payment.period.unzip();
        vec![
            Cell::Day(Some(payment.created_at)),
            Cell::text(payment.order.number.as_str()),
            Cell::text(payment.order.product_in(language)),
            Cell::Money(payment.amount),
            Cell::Money(payment.refunded),
            Cell::text(payment_status(payment.status, language)),
            Cell::text(payment_source(payment.source, language)),
            Cell::Day(start),
            Cell::Day(end),
            Cell::text(payment.receipt_url.as_deref().unwrap_or_default()),
        ]
    });
    Ok(file(
        &look,
        ("платежи", "payments"),
        header,
        rows.collect(),
        language,
    ))
}

pub(in crate::http) async fn commissions<S: Store>(
    app: &App<'_, S>,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let wanted = Wanted {
        commissions: Some(SLICE),
        ..Wanted::default()
    };
    let look = app.look(caller, &wanted).await?;
    let setting = setting(app, &look, language);
    let header: &[&str] = match language {
        Language::Russian => &[
            "Дата",
            "Кто оплатил",
            "Продукт",
            "Оплата, ₽",
            "Ставка, %",
            "Начислено, ₽",
            "Снято из-за возвратов, ₽",
            "Статус",
            "Доступно с",
        ],
        Language::English => &[
            "Date",
            "Paid by",
            "Product",
            "Payment, RUB",
            "Rate, %",
            "Commission, RUB",
            "Taken back, RUB",
            "Status",
            "Available from",
        ],
    };
    let rows = look.data.commissions.iter().map(|commission| {
        let status = match (commission_status(commission, setting), language) {
            ("pending", Language::Russian) => "ожидает",
            ("available", Language::Russian) => "доступно",
            (_, Language::Russian) => "отменено",
            (word, Language::English) => word,
        };
        vec![
            Cell::Day(Some(commission.created_at)),
            Cell::text(commission.invited.name.as_str()),
            Cell::text(commission.product_in(language)),
            Cell::Money(commission.base),
            Cell::Rate(commission.rate),
            Cell::Money(commission.amount),
            Cell::Money(commission.taken_back),
            Cell::text(status),
            Cell::Day(Some(commission.held_until)),
        ]
    });
    let names = ("начисления", "commissions");
    Ok(file(&look, names, header, rows.collect(), language))
}

pub(in crate::http) async fn payouts<S: Store>(
    app: &App<'_, S>,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let wanted = Wanted {
        payouts: Some(SLICE),
        ..Wanted::default()
    };
    let look = app.look(caller, &wanted).await?;
    let header: &[&str] = match language {
        Language::Russian => &[
            "Запрошена",
            "Сумма, ₽",
            "Статус",
            "Куда",
            "Завершена",
            "Номер платежа в банке",
            "Причина отказа",
        ],
        Language::English => &[
            "Requested",
            "Amount, RUB",
            "Status",
            "To",
            "Settled",
            "The bank's reference",
            "Reason",
        ],
    };
    let rows = look.data.payouts.iter().map(|payout| {
        vec![
            Cell::Day(Some(payout.requested_at)),
            Cell::Money(payout.amount),
            Cell::text(payout_state(payout.state, language)),
            Cell::text(payout_method(payout.method, language)),
            Cell::Day(payout.settled_at),
            Cell::text(payout.bank_ref.as_deref().unwrap_or_default()),
            Cell::text(payout.reason.as_deref().unwrap_or_default()),
        ]
    });
    Ok(file(
        &look,
        ("выплаты", "payouts"),
        header,
        rows.collect(),
        language,
    ))
}

fn file(
    look: &Look,
    (russian, english): (&str, &str),
    header: &[&str],
    mut rows: Vec<Vec<Cell>>,
    language: Language,
) -> Response {
    if rows.len() > MOST {
        rows.truncate(MOST);
        rows.push(vec![Cell::text(match language {
            Language::Russian => "Здесь последние 10 000 строк. Остальное пришлёт поддержка.",
            Language::English => {
                "These are the latest 10,000 rows. The support will send the rest."
            }
        })]);
    }
    let name = match language {
        Language::Russian => russian,
        Language::English => english,
    };
    let day = day_in_moscow(look.at);
    Response::csv(table(header, rows), &format!("{name}-{day}.csv"))
}

const fn said(language: Language, russian: &'static str, english: &'static str) -> &'static str {
    match language {
        Language::Russian => russian,
        Language::English => english,
    }
}

const fn payment_status(status: PaymentStatus, language: Language) -> &'static str {
    match status {
        PaymentStatus::Pending => said(language, "ожидает оплаты", "pending"),
        PaymentStatus::Processing => said(language, "обрабатывается", "processing"),
        PaymentStatus::Success => said(language, "оплачен", "paid"),
        PaymentStatus::Failed => said(language, "не прошёл", "failed"),
        PaymentStatus::Cancelled => said(language, "отменён", "cancelled"),
        PaymentStatus::Refunded => said(language, "возвращён", "refunded"),
    }
}

const fn payment_source(source: PaymentSource, language: Language) -> &'static str {
    match source {
        PaymentSource::Card => said(language, "картой", "card"),
        PaymentSource::SavedCard => said(language, "сохранённой картой", "saved card"),
        PaymentSource::CurrentAccount => said(language, "с расчётного счёта", "current account"),
        PaymentSource::Invoice => said(language, "по счёту", "invoice"),
        PaymentSource::Cash => said(language, "наличными", "cash"),
        PaymentSource::Other => said(language, "иначе", "otherwise"),
    }
}

const fn payout_state(state: PayoutState, language: Language) -> &'static str {
    match state {
        PayoutState::Requested => said(language, "запрошена", "requested"),
        PayoutState::Processing => said(language, "в работе", "processing"),
        PayoutState::Paid => said(language, "выплачена", "paid"),
        PayoutState::Rejected => said(language, "отклонена", "rejected"),
        PayoutState::Failed => said(language, "не прошла", "failed"),
    }
}

const fn payout_method(method: PayoutMethod, language: Language) -> &'static str {
    match method {
        PayoutMethod::BankAccount => said(language, "на счёт в банке", "bank account"),
        PayoutMethod::Sbp => said(language, "по СБП", "fast payments system"),
    }
}
