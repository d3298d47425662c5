//! Anna, whose cabinet is as one wishes it: everything is paid, and the next charges are known.

use edge_worker::domain::catalogue::DocumentType;
use edge_worker::domain::payment::{PaymentSource, PaymentStatus};

use crate::buying::Card;
use crate::clients::{accept, settle_in};
use crate::timeline::Timeline;

const ANNA: &str = "anna";

pub(super) fn live(timeline: &mut Timeline) {
    timeline.days_ago(245, |stage| {
        settle_in(
            stage,
            ANNA,
            "Анна Смирнова",
            &[DocumentType::Privacy, DocumentType::CabinetTerms],
        )
    });
    timeline.days_ago(240, |stage| {
        stage.buy(ANNA, "landing", PaymentSource::Invoice)?;
        accept(stage, ANNA, DocumentType::SubscriptionTerms)
    });
    timeline.days_ago(236, |stage| {
        stage.buy(ANNA, "shop", PaymentSource::Card).map(drop)
    });
    timeline.days_ago(235, |stage| {
        let old = Card {
            mask: "220220******0411",
            expires: "0426".to_owned(),
            system: "MIR",
            is_default: false,
        };
        stage.save_card(ANNA, &old, &[])?;
        let usual = Card {
            mask: "430000******0777",
            expires: "1229".to_owned(),
            system: "Visa",
            is_default: true,
        };
        stage.save_card(ANNA, &usual, &["shop"])
    });
    for days in [206, 176, 146, 116, 86, 56, 26] {
        timeline.days_ago(days, |stage| {
            let paid = stage.renew(ANNA, "shop", PaymentSource::SavedCard);
            paid.map(drop)
        });
    }
    timeline.days_ago(150, |stage| {
        stage.buy(ANNA, "analytics", PaymentSource::Card).map(drop)
    });
    timeline.days_ago(118, |stage| {
        stage.buy(ANNA, "messages", PaymentSource::Card).map(drop)
    });
    timeline.days_ago(115, |stage| {
        let pack = stage.last_payment(ANNA, "messages")?;
        stage.refund(pack, 40, "часть сообщений не дошла")
    });
    // Somebody came by her link, so she may ask for her first payout.
    timeline.days_ago(75, |stage| {
        stage.register("zoya", "Зоя Миронова", Some(ANNA))?;
        stage.confirm_address("zoya")
    });
    timeline.days_ago(70, |stage| {
        let paid = stage.buy("zoya", "analytics", PaymentSource::Card);
        paid.map(drop)
    });
    timeline.days_ago(57, |stage| {
        let reason = "Недостаточно средств на карте";
        stage.try_to_pay(ANNA, "messages", PaymentStatus::Failed, Some(reason))
    });
    timeline.days_ago(30, |stage| {
        stage.try_to_pay(ANNA, "booking", PaymentStatus::Cancelled, None)
    });
    timeline.minutes_ago(12, |stage| {
        stage.try_to_pay(ANNA, "messages", PaymentStatus::Processing, None)
    });
    timeline.days_ago(5, |stage| accept(stage, ANNA, DocumentType::Privacy));
}
