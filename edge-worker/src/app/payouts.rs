//! Partners are paid: they ask, an operator pays or refuses, and no kopeck is asked for twice.

use super::App;
use super::error::{Error, Refusal};
use super::payments::TRIES;
use super::ports::Store;
use super::ports::partners::{NewPayout, OpenedPayout, PayoutNotAdded, PayoutStep};
use super::upkeep::AT_ONCE;
use crate::domain::audit::{Actor, Event, OperatorName};
use crate::domain::identifiers::{PayoutId, UserId};
use crate::domain::language::Language;
use crate::domain::ledger::PartnerBalance;
use crate::domain::mail::facts::MailFacts;
use crate::domain::mail::{MailName, NewMail};
use crate::domain::money::Kopecks;
use crate::domain::payout::PayoutState;
use crate::domain::payout_destination::PayoutDestination;
use crate::domain::programme::TERMS;

/// Why a payout could not be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayoutRefused {
    /// It is less than the smallest payout.
    BelowMinimum {
        /// The smallest.
        minimum: Kopecks,
    },
    /// It is more than what is available.
    Insufficient,
    /// Another one is open.
    AnotherOpen,
    /// It could not be done.
    Error(Error),
}

impl<E: Into<Error>> From<E> for PayoutRefused {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// A step that an operator takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperatorsStep {
    /// They are about to pay.
    Begin,
    /// The bank has paid.
    Pay {
        /// What the bank calls the payment.
        bank_ref: String,
    },
    /// They refuse.
    Reject {
        /// Why, for the partner to read.
        reason: String,
    },
    /// The bank could not pay.
    Fail {
        /// Why, for the partner to read.
        reason: String,
    },
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// It is taken now.
    Now,
    /// It had been taken before; nothing was done.
    Before,
}

/// Why a step was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepRefused {
    /// There is no such payout.
    UnknownPayout,
    /// From where the payout is, this is no legal step.
    Illegal {
        /// There it is.
        state: PayoutState,
    },
    /// The bank has paid it already, under another name: that one was perhaps another payment.
    PaidOtherwise {
        /// The name.
        bank_ref: String,
    },
    /// It could not be done.
    Error(Error),
}

impl<E: Into<Error>> From<E> for StepRefused {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

impl<S: Store> App<'_, S> {
    /// What a partner has now.
    pub async fn partner_balance(&self, partner: UserId) -> Result<PartnerBalance, Error> {
        Ok(self.store.balance_of(partner, self.now()).await?)
    }

    /// Asks for a payout. The amount is set aside in the same moment, so that it cannot be asked for again.
    pub async fn request_payout(
        &self,
        partner: UserId,
        amount: Kopecks,
        destination: PayoutDestination,
    ) -> Result<PayoutId, PayoutRefused> {
        if amount < TERMS.min_payout || !amount.is_positive() {
            return Err(PayoutRefused::BelowMinimum {
                minimum: TERMS.min_payout,
            });
        }
        let now = self.now();
        self.store
            .mature_commissions(Some(partner), AT_ONCE, self.new_operation_id()?, now)
            .await?;
        let payout = NewPayout {
            id: self.random().map(PayoutId::from_random)?,
            partner,
            amount,
            destination,
            operation: self.new_operation_id()?,
            at: now,
        };
        let audit = self
            .audit(Event::PayoutRequested, Actor::Person)
            .about(partner)
            .on(payout.id);
        match self.store.add_payout(&payout, &audit).await {
            Ok(()) => Ok(payout.id),
            Err(PayoutNotAdded::Insufficient) => Err(PayoutRefused::Insufficient),
            Err(PayoutNotAdded::AnotherOpen) => Err(PayoutRefused::AnotherOpen),
            Err(PayoutNotAdded::PartnerGone) => Err(Refusal::ChangedMeanwhile.into()),
            Err(PayoutNotAdded::Failure(failure)) => Err(failure.into()),
        }
    }

    /// Takes a step with a payout. Taken twice, it is one.
    pub async fn step_payout(
        &self,
        operator: &OperatorName,
        payout: PayoutId,
        step: &OperatorsStep,
    ) -> Result<Stepped, StepRefused> {
        self.take_step(operator, payout, step, None).await
    }

    /// The same, and the partner is told by mail how it ended.
    pub async fn step_payout_and_tell(
        &self,
        operator: &OperatorName,
        payout: PayoutId,
        step: &OperatorsStep,
        language: Language,
    ) -> Result<Stepped, StepRefused> {
        self.take_step(operator, payout, step, Some(language)).await
    }

    async fn take_step(
        &self,
        operator: &OperatorName,
        payout: PayoutId,
        step: &OperatorsStep,
        language: Option<Language>,
    ) -> Result<Stepped, StepRefused> {
        for _ in 0..TRIES {
            let found = self
                .store
                .payout(payout)
                .await?
                .ok_or(StepRefused::UnknownPayout)?;
            if is_taken(&found, step)? {
                return Ok(Stepped::Before);
            }
            let audit = self
                .audit(step.event(), Actor::Operator(operator.clone()))
                .about(found.partner)
                .on(payout);
            let notice = language.zip(step.notice()).map(|(language, name)| NewMail {
                facts: MailFacts {
                    amount: Some(found.amount),
                    reason: step.reason().map(str::to_owned),
                    ..MailFacts::default()
                },
                ..self.new_mail(name, language)
            });
            let step = PayoutStep {
                notice,
                payout: found,
                next: step.next(),
                bank_ref: step.bank_ref().map(str::to_owned),
                reason: step.reason().map(str::to_owned),
                operation: self.new_operation_id()?,
                at: audit.at,
            };
            if self.store.step_payout(&step, &audit).await? {
                return Ok(Stepped::Now);
            }
        }
        Err(Refusal::ChangedMeanwhile.into())
    }
}

impl OperatorsStep {
    /// Where the payout is after it.
    #[must_use]
    pub const fn next(&self) -> PayoutState {
        match self {
            Self::Begin => PayoutState::Processing,
            Self::Pay { .. } => PayoutState::Paid,
            Self::Reject { .. } => PayoutState::Rejected,
            Self::Fail { .. } => PayoutState::Failed,
        }
    }

    const fn event(&self) -> Event {
        match self {
            Self::Begin => Event::PayoutBegun,
            Self::Pay { .. } => Event::PayoutPaid,
            Self::Reject { .. } => Event::PayoutRejected,
            Self::Fail { .. } => Event::PayoutFailed,
        }
    }

    /// The mail that tells the partner, where there is something to tell.
    const fn notice(&self) -> Option<MailName> {
        match self {
            Self::Begin => None,
            Self::Pay { .. } => Some(MailName::PayoutPaid),
            Self::Reject { .. } | Self::Fail { .. } => Some(MailName::PayoutRefused),
        }
    }

    fn bank_ref(&self) -> Option<&str> {
        match self {
            Self::Pay { bank_ref } => Some(bank_ref),
            Self::Begin | Self::Reject { .. } | Self::Fail { .. } => None,
        }
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::Reject { reason } | Self::Fail { reason } => Some(reason),
            Self::Begin | Self::Pay { .. } => None,
        }
    }
}

/// Whether the step was taken before; if not, it has to be legal.
fn is_taken(payout: &OpenedPayout, step: &OperatorsStep) -> Result<bool, StepRefused> {
    if payout.state == step.next() {
        return match (&payout.bank_ref, step.bank_ref()) {
            (Some(known), Some(told)) if known != told => Err(StepRefused::PaidOtherwise {
                bank_ref: known.clone(),
            }),
            _ => Ok(true),
        };
    }
    if payout.state.may_become(step.next()) {
        Ok(false)
    } else {
        Err(StepRefused::Illegal {
            state: payout.state,
        })
    }
}
