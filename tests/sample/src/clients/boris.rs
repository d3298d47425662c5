//! Boris, whose cabinet shows what else can become of a product.

use edge_worker::app::access::Gift;
use edge_worker::app::ports::cabinet::RenewalWish;
use edge_worker::domain::access::GiftSource;
use edge_worker::domain::catalogue::DocumentType;
use edge_worker::domain::identifiers::ProductId;
use edge_worker::domain::payment::PaymentSource;
use pollster::block_on;

use crate::clients::settle_in;
use crate::stage::{Done as _, Stage, operator};
use crate::timeline::Timeline;

const BORIS: &str = "boris";

pub(super) fn live(timeline: &mut Timeline) {
    timeline.days_ago(300, |stage| {
        settle_in(stage, BORIS, "Борис Ковалёв", &[DocumentType::Privacy])
    });
    // Ran out half a year ago; a renewal is ordered and not paid.
    for days in [290, 260, 230] {
        timeline.days_ago(days, |stage| pay_for_a_month(stage, "shop"));
    }
    timeline.days_ago(2, |stage| stage.order_renewal(BORIS, "shop").map(drop));
    // Will not be renewed, and works to its end. It is not sold any more, either.
    for days in [100, 70, 40, 10] {
        timeline.days_ago(days, |stage| pay_for_a_month(stage, "catalogue"));
    }
    timeline.days_ago(4, |stage| {
        let (app, caller) = (stage.app()?, stage.caller(BORIS)?);
        let held = stage.held(BORIS, "catalogue")?;
        let wished = block_on(app.wish_renewal(&caller, held, RenewalWish::Cancel));
        wished.map(drop).done("a renewal is not wanted")
    });
    // Given back on the third day, and gone with the money.
    timeline.days_ago(60, |stage| {
        stage.buy(BORIS, "messages", PaymentSource::Card).map(drop)
    });
    timeline.days_ago(57, |stage| {
        let pack = stage.last_payment(BORIS, "messages")?;
        stage.refund(pack, 100, "не подошло")
    });
    // A present that was taken away.
    timeline.days_ago(50, |stage| give(stage, "landing", false));
    timeline.days_ago(20, |stage| {
        let held = stage.held(BORIS, "landing")?;
        let revoked = block_on(stage.app()?.revoke_product(&operator(), held));
        revoked.map(drop).done("a product is taken away")
    });
    // Paid outside, and not ready yet.
    timeline.days_ago(1, |stage| give(stage, "landing", true));
}

fn pay_for_a_month(stage: &Stage, slug: &str) -> anyhow::Result<()> {
    // The first payment buys, the next ones renew.
    let paid = match stage.held(BORIS, slug) {
        Ok(_) => stage.renew(BORIS, slug, PaymentSource::Invoice),
        Err(_) => stage.buy(BORIS, slug, PaymentSource::Invoice),
    };
    paid.map(drop)
}

fn give(stage: &Stage, slug: &'static str, is_pending: bool) -> anyhow::Result<()> {
    let product = stage.ask(
        "SELECT id AS value FROM products WHERE slug = ?1",
        [slug.into()],
    )?;
    let product: ProductId = product.as_str().unwrap_or_default().parse().done("an id")?;
    let gift = Gift {
        user: stage.id(BORIS)?,
        product,
        is_pending,
        subscription: None,
        app_url: None,
        admin_url: None,
        source: GiftSource::Present,
    };
    let given = block_on(stage.app()?.grant_product(&operator(), gift));
    given.map(drop).done("a product is given")
}
