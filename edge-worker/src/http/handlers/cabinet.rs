//! What a client reads in the cabinet: each answer is put together from one look at the database.

mod parts;

use serde_json::{Map, Value, json};

use self::parts::{
    client_products, commissions, documents_parts, invited, methods, on_sale, payouts,
    shown_payments,
};
use crate::app::App;
use crate::app::authentication::Caller;
use crate::app::cabinet::Look;
use crate::app::dashboard::Dashboard;
use crate::app::ports::Store;
use crate::app::ports::cabinet::{ClientPayment, PaymentFilter, PaymentsWanted, Slice, Wanted};
use crate::domain::identifiers::PaymentId;
use crate::domain::page::Page;
use crate::http::failure::{Failure, Problem};
use crate::http::language::Language;
use crate::http::messages::Message;
use crate::http::paging::{list, read_page};
use crate::http::payment_query::read_payments_page;
use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::routes::PathId;
use crate::http::views::catalogue::Setting;
use crate::http::views::{self, partner, payments};

/// How many rows of each long list the cabinet first shows.
const FIRST: Slice = Slice::first(10);

pub(in crate::http) async fn dashboard<S: Store>(
    app: &App<'_, S>,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let look = app.look(caller, &Dashboard::WANTED).await?;
    let setting = setting(app, &look, language);
    Ok(success(views::dashboard(&Dashboard::of(&look), setting)))
}

/// All that the cabinet first shows.
pub(in crate::http) async fn cabinet<S: Store>(
    app: &App<'_, S>,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let wanted = Wanted {
        on_sale: true,
        payments: Some(PaymentsWanted {
            filter: PaymentFilter::ALL,
            slice: FIRST,
        }),
        months: Some(12),
        methods: true,
        documents: true,
        earned_by_month: true,
        invited: Some(FIRST),
        commissions: Some(FIRST),
        payouts: Some(FIRST),
        ..Dashboard::WANTED
    };
    let look = app.look(caller, &wanted).await?;
    let setting = setting(app, &look, language);
    let data = &look.data;
    let mut programme = partner::programme(
        &data.earnings,
        &data.earned_by_month,
        &caller.user,
        setting.site,
    );
    if let Some(programme) = programme.as_object_mut() {
        programme.extend([
            ("referrals".to_owned(), invited(&look, caller)),
            (
                "commissions".to_owned(),
                json!({"commissions": commissions(&look, caller, setting), "total": data.commissions_total}),
            ),
            (
                "payouts".to_owned(),
                json!({"payouts": payouts(&look, caller), "total": data.payouts_total}),
            ),
        ]);
    }
    Ok(success(json!({
        "user": views::user(&caller.user),
        "dashboard": views::dashboard(&Dashboard::of(&look), setting),
        "products": client_products(&look, caller, setting),
        "available_products": on_sale(&look, setting),
        "payments": {
            "payments": shown_payments(&look, caller, setting),
            "total": data.payment_totals.listed,
            "total_amount": views::number(data.payment_totals.spent),
            "months": data.months.iter().map(payments::month).collect::<Vec<_>>(),
        },
        "payment_methods": methods(&look, caller),
        "documents": documents_parts(&look, setting),
        "referrals": programme,
    })))
}

pub(in crate::http) async fn products<S: Store>(
    app: &App<'_, S>,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let wanted = Wanted {
        products: true,
        ..Wanted::default()
    };
    let look = app.look(caller, &wanted).await?;
    let setting = setting(app, &look, language);
    Ok(success(
        json!({"products": client_products(&look, caller, setting)}),
    ))
}

pub(in crate::http) async fn available_products<S: Store>(
    app: &App<'_, S>,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let wanted = Wanted {
        on_sale: true,
        ..Wanted::default()
    };
    let look = app.look(caller, &wanted).await?;
    let setting = setting(app, &look, language);
    Ok(success(json!({"products": on_sale(&look, setting)})))
}

pub(in crate::http) async fn payments<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let (page, filter) = read_payments_page(request)?;
    let wanted = Wanted {
        payments: Some(PaymentsWanted {
            filter,
            slice: page.into(),
        }),
        payment_totals: true,
        ..Wanted::default()
    };
    let look = app.look(caller, &wanted).await?;
    let setting = setting(app, &look, language);
    let totals = look.data.payment_totals;
    let rows = shown_payments(&look, caller, setting);
    let mut body = list("payments", rows, totals.listed, page);
    if let Some(body) = body.as_object_mut() {
        body.insert(
            "total_amount".to_owned(),
            json!(views::number(totals.spent)),
        );
    }
    Ok(Response::new(200, body))
}

pub(in crate::http) async fn payment<S: Store>(
    app: &App<'_, S>,
    caller: &Caller,
    id: PathId<'_>,
    language: Language,
) -> Result<Response, Failure> {
    let (look, found) = find_payment(app, caller, id).await?;
    let setting = setting(app, &look, language);
    Ok(success(
        json!({"payment": payments::payment(&found, &caller.user, setting)}),
    ))
}

/// 202 as long as the receipt is not there yet: ask again later.
pub(in crate::http) async fn receipt<S: Store>(
    app: &App<'_, S>,
    caller: &Caller,
    id: PathId<'_>,
    language: Language,
) -> Result<Response, Failure> {
    let (_, found) = find_payment(app, caller, id).await?;
    if !payments::has_receipt(&found) {
        return Err(Problem::PaymentNotSuccessful.into());
    }
    Ok(match found.receipt_url {
        Some(url) => success(json!({"receipt_url": url, "payment_id": found.id.to_string()})),
        None => Response::new(
            202,
            json!({
                "success": false,
                "message": Message::ReceiptNotReady.text(language),
                "receipt_url": null,
            }),
        ),
    })
}

pub(in crate::http) async fn payment_methods<S: Store>(
    app: &App<'_, S>,
    caller: &Caller,
) -> Result<Response, Failure> {
    let wanted = Wanted {
        methods: true,
        ..Wanted::default()
    };
    let look = app.look(caller, &wanted).await?;
    Ok(success(json!({"methods": methods(&look, caller)})))
}

pub(in crate::http) async fn transactions<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let page = read_page(request)?;
    let wanted = Wanted {
        transactions: Some(page.into()),
        ..Wanted::default()
    };
    let look = app.look(caller, &wanted).await?;
    let setting = setting(app, &look, language);
    let rows = look
        .data
        .transactions
        .iter()
        .map(|moved| payments::transaction(moved, &caller.user, setting))
        .collect();
    let total = look.data.transactions_total;
    Ok(Response::new(200, list("transactions", rows, total, page)))
}

pub(in crate::http) async fn documents<S: Store>(
    app: &App<'_, S>,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let wanted = Wanted {
        documents: true,
        ..Wanted::default()
    };
    let look = app.look(caller, &wanted).await?;
    Ok(success(documents_parts(
        &look,
        setting(app, &look, language),
    )))
}

pub(in crate::http) async fn referrals<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
) -> Result<Response, Failure> {
    let page = read_page(request)?;
    let wanted = Wanted {
        earnings: true,
        earned_by_month: true,
        invited: Some(page.into()),
        ..Wanted::default()
    };
    let look = app.look(caller, &wanted).await?;
    let earnings = &look.data.earnings;
    let mut body = partner::programme(
        earnings,
        &look.data.earned_by_month,
        &caller.user,
        app.site(),
    );
    add_page(&mut body, earnings.invited, page);
    if let Some(body) = body.as_object_mut() {
        body.insert("referrals".to_owned(), invited(&look, caller));
    }
    Ok(success(body))
}

pub(in crate::http) async fn commissions_list<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let page = read_page(request)?;
    let wanted = Wanted {
        commissions: Some(page.into()),
        ..Wanted::default()
    };
    let look = app.look(caller, &wanted).await?;
    let rows = commissions(&look, caller, setting(app, &look, language));
    let total = look.data.commissions_total;
    Ok(Response::new(200, list("commissions", rows, total, page)))
}

pub(in crate::http) async fn payouts_list<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
) -> Result<Response, Failure> {
    let page = read_page(request)?;
    let wanted = Wanted {
        payouts: Some(page.into()),
        ..Wanted::default()
    };
    let look = app.look(caller, &wanted).await?;
    let total = look.data.payouts_total;
    let rows = payouts(&look, caller);
    Ok(Response::new(200, list("payouts", rows, total, page)))
}

/// What answers are written for.
pub(super) fn setting<'a, S: Store>(
    app: &'a App<'_, S>,
    look: &Look,
    language: Language,
) -> Setting<'a> {
    Setting {
        language,
        now: look.at,
        site: app.site(),
    }
}

/// The body with the word that it went well.
pub(super) fn success(body: Value) -> Response {
    let mut whole = Map::from_iter([("success".to_owned(), Value::Bool(true))]);
    if let Value::Object(body) = body {
        whole.extend(body);
    }
    Response::new(200, Value::Object(whole))
}

async fn find_payment<S: Store>(
    app: &App<'_, S>,
    caller: &Caller,
    id: PathId<'_>,
) -> Result<(Look, ClientPayment), Failure> {
    let id: PaymentId = id.parse()?;
    let wanted = Wanted {
        payment: Some(id),
        ..Wanted::default()
    };
    let mut look = app.look(caller, &wanted).await?;
    let found = look.data.payment.take().ok_or(Problem::NotFound)?;
    Ok((look, found))
}

fn add_page(body: &mut Value, total: i64, page: Page) {
    if let Some(body) = body.as_object_mut() {
        body.extend([
            ("total".to_owned(), total.into()),
            ("page".to_owned(), page.number().into()),
            ("limit".to_owned(), page.limit().into()),
        ]);
    }
}
