//! Vera, who has brought people for a year and is paid for it.

use anyhow::Result;
use edge_worker::app::payouts::OperatorsStep;
use edge_worker::domain::catalogue::DocumentType;
use edge_worker::domain::identifiers::PayoutId;
use edge_worker::domain::money::Kopecks;
use edge_worker::domain::payment::PaymentSource;
use edge_worker::domain::payout_destination::{BankAccount, LegalForm, PayoutDestination, Route};
use pollster::block_on;

use crate::clients::settle_in;
use crate::stage::{Done as _, Stage, operator};
use crate::timeline::Timeline;

const VERA: &str = "vera";

/// Somebody who came by Vera's link: name, what they are called, when they came, what they pay for, and on which days.
struct Invited(
    &'static str,
    &'static str,
    u32,
    &'static str,
    &'static [u32],
);

/// All days are counted back from today.
const INVITED: [Invited; 12] = [
    Invited(
        "olga",
        "Ольга Лебедева",
        355,
        "shop",
        &[350, 320, 290, 260, 230, 200, 170, 140, 110, 80, 50, 20],
    ),
    Invited(
        "pavel",
        "Павел Зайцев",
        340,
        "booking",
        &[338, 308, 278, 248, 218],
    ),
    Invited("nina", "Нина Фомина", 330, "analytics", &[325]),
    Invited(
        "ilya",
        "Илья Громов",
        305,
        "shop",
        &[300, 270, 240, 210, 180, 150, 120, 90, 60, 30],
    ),
    Invited("maria", "Мария Белова", 280, "booking", &[]),
    Invited("oleg", "Олег Титов", 250, "landing", &[245]),
    Invited(
        "daria",
        "Дарья Крылова",
        214,
        "shop",
        &[212, 182, 152, 122, 92, 62, 32, 2],
    ),
    Invited(
        "roman",
        "Роман Савин",
        160,
        "booking",
        &[155, 125, 95, 65, 35, 5],
    ),
    Invited("alla", "Алла Жукова", 120, "shop", &[118, 88, 58, 28]),
    Invited("timur", "Тимур Исаев", 70, "landing", &[66]),
    Invited("yulia", "Юлия Орлова", 48, "analytics", &[45]),
    Invited("stepan", "Степан Ким", 6, "booking", &[]),
];

pub(super) fn live(timeline: &mut Timeline) {
    timeline.days_ago(372, |stage| {
        settle_in(
            stage,
            VERA,
            "Вера Николаева",
            &[
                DocumentType::Privacy,
                DocumentType::CabinetTerms,
                DocumentType::AffiliateTerms,
            ],
        )
    });
    for Invited(name, full, came, slug, payments) in &INVITED {
        timeline.days_ago(*came, move |stage| {
            stage.register(name, full, Some(VERA))?;
            stage.confirm_address(name)
        });
        for (index, days) in payments.iter().enumerate() {
            timeline.days_ago(*days, move |stage| {
                let paid = if index == 0 {
                    stage.buy(name, slug, PaymentSource::Card)
                } else {
                    stage.renew(name, slug, PaymentSource::SavedCard)
                };
                paid.map(drop)
            });
        }
    }
    be_paid(timeline);
    lose_by_refunds(timeline);
}

/// Payouts of every outcome; the last one waits for an operator.
fn be_paid(timeline: &mut Timeline) {
    timeline.days_ago(255, |stage| pay_out(stage, "платёжное поручение 118"));
    timeline.days_ago(228, |stage| {
        let payout = ask(stage)?;
        let reason = "Счёт закрыт. Укажите другой счёт и запросите выплату ещё раз.";
        step(
            stage,
            payout,
            &OperatorsStep::Reject {
                reason: reason.to_owned(),
            },
        )
    });
    timeline.days_ago(226, |stage| pay_out(stage, "платёжное поручение 164"));
    timeline.days_ago(96, |stage| {
        let payout = ask(stage)?;
        step(stage, payout, &OperatorsStep::Begin)?;
        let reason = "Банк вернул перевод. Деньги снова доступны, запросите выплату ещё раз.";
        step(
            stage,
            payout,
            &OperatorsStep::Fail {
                reason: reason.to_owned(),
            },
        )
    });
    timeline.days_ago(94, |stage| pay_out(stage, "платёжное поручение 402"));
    timeline.days_ago(3, |stage| ask(stage).map(drop));
}

/// Nina's money goes back after Vera was paid for it: Vera owes, and what matures next repays it. Yulia's goes back in part
/// while it is held.
fn lose_by_refunds(timeline: &mut Timeline) {
    timeline.days_ago(225, |stage| {
        let payment = stage.last_payment("nina", "analytics")?;
        stage.refund(payment, 100, "сервис больше не нужен")
    });
    timeline.days_ago(38, |stage| {
        let payment = stage.last_payment("yulia", "analytics")?;
        stage.refund(payment, 30, "скидка, о которой забыли")
    });
}

/// Vera asks for all that there is, and it is paid.
fn pay_out(stage: &Stage, bank_ref: &str) -> Result<()> {
    let payout = ask(stage)?;
    step(stage, payout, &OperatorsStep::Begin)?;
    step(
        stage,
        payout,
        &OperatorsStep::Pay {
            bank_ref: bank_ref.to_owned(),
        },
    )
}

fn ask(stage: &Stage) -> Result<PayoutId> {
    let (app, vera) = (stage.app()?, stage.id(VERA)?);
    let account = BankAccount::parse("044525225", "40702810200000000001").done("an account")?;
    let destination = PayoutDestination::new(
        LegalForm::SoleTrader,
        "ИП Николаева Вера Павловна",
        "500100732259",
        Route::Account(account),
    )
    .done("a destination")?;
    let available = block_on(app.partner_balance(vera))
        .done("a balance")?
        .available;
    let amount = Kopecks::new(available.number());
    block_on(app.request_payout(vera, amount, destination)).done("a payout is asked for")
}

fn step(stage: &Stage, payout: PayoutId, step: &OperatorsStep) -> Result<()> {
    let stepped = block_on(stage.app()?.step_payout(&operator(), payout, step));
    stepped.map(drop).done("a payout goes on")
}
