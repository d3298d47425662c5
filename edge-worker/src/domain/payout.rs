//! Payouts: how a partner's request becomes money, and where it ends.

use super::word::words;

words! {
    /// How far a payout is.
    PayoutState {
        /// The partner asked; the amount is set aside.
        Requested = "requested",
        /// An operator is paying it. If the bank's answer is not known it stays here: nothing is paid twice.
        Processing = "processing",
        /// The bank has paid.
        Paid = "paid",
        /// An operator refused; the amount is the partner's again.
        Rejected = "rejected",
        /// The bank could not pay; the amount is the partner's again.
        Failed = "failed",
    }
}

impl PayoutState {
    /// Whether a payout may go from here to there.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Requested, Self::Processing | Self::Rejected)
                | (Self::Processing, Self::Paid | Self::Failed)
        )
    }

    /// Whether the amount is still set aside.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Requested | Self::Processing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn these_steps_are_legal_and_no_others() {
        use PayoutState::{Failed, Paid, Processing, Rejected, Requested};
        let legal = [
            (Requested, Processing),
            (Requested, Rejected),
            (Processing, Paid),
            (Processing, Failed),
        ];
        for from in PayoutState::ALL {
            for to in PayoutState::ALL {
                assert_eq!(
                    from.may_become(*to),
                    legal.contains(&(*from, *to)),
                    "{from:?} to {to:?}"
                );
            }
            let has_a_way_on = PayoutState::ALL.iter().any(|to| from.may_become(*to));
            assert_eq!(from.is_open(), has_a_way_on, "{from:?}");
        }
    }
}
