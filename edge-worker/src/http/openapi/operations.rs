//! What the document says of each action. An action without an entry here does not compile.

use super::schemas::cabinet::{DAY, PAYMENT_ORDER, STATUS, TABLE};
use super::schemas::{PAGE_LIMIT, PAGE_NUMBER};
use super::shape::Shape;
use crate::domain::human_check::HumanAction;
use crate::http::failure::Problem;
use crate::http::routes::{Action, ClientAction, PublicAction};

/// An operation of the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operation {
    /// Its name for programs that are made from the document.
    pub(super) id: &'static str,
    /// What it does.
    pub(super) summary: &'static str,
    /// What may stand after the question mark.
    pub(super) query: &'static [(&'static str, Shape)],
    /// The body that it reads.
    pub(super) body: Body,
    /// The status of success.
    pub(super) status: u16,
    /// The shape of the answer, by its name.
    pub(super) answer: &'static str,
    /// The status and the shape of an answer that is not there yet, though nothing is wrong.
    pub(super) not_yet: Option<(u16, &'static str)>,
    /// How it can fail, beside the ways that follow from access, path, query and body.
    pub(super) problems: &'static [Problem],
}

/// What an operation does with the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// It is not read.
    Unread,
    /// There is nothing to say in it, and who says something there is told so.
    Empty,
    /// The form of this name.
    Form(&'static str),
}

/// Without keys of Turnstile nobody is asked for more; what is asked for is the installation's.
const HUMAN_CHECK: Problem = Problem::HumanCheckNeeded {
    site_key: String::new(),
    action: HumanAction::SignIn,
};

const MAY_ASK_FOR_HUMAN: &[Problem] = &[HUMAN_CHECK];
const CREDENTIALS_OR_HUMAN: &[Problem] = &[Problem::InvalidCredentials, HUMAN_CHECK];

/// What the document says of an action.
pub(super) const fn describe(action: Action) -> Operation {
    match action {
        Action::Public(action) => describe_public(action),
        Action::Client(action) => describe_client(action),
    }
}

const fn describe_public(action: PublicAction) -> Operation {
    match action {
        PublicAction::Health => read("health", "Whether the service answers", "Health"),
        PublicAction::OpenApi => read("openapi", "This document", "OpenApi"),
        PublicAction::Register => Operation {
            status: 201,
            ..form("register", "Make an account", "Registration", "Welcome")
        }
        .failing(MAY_ASK_FOR_HUMAN),
        PublicAction::SignIn => form("sign_in", "Sign in", "SignIn", "Welcome")
            .failing(CREDENTIALS_OR_HUMAN),
        PublicAction::RequestPasswordReset => form(
            "request_password_reset",
            "Ask for a link to choose another password; the answer is the same for addresses that nobody has",
            "PasswordResetRequest",
            "Done",
        )
        .failing(MAY_ASK_FOR_HUMAN),
        PublicAction::ResetPassword => form(
            "reset_password",
            "Choose another password by a link; all sessions end",
            "PasswordReset",
            "Done",
        )
        .failing(&[Problem::LinkNotValid]),
        PublicAction::VerifyEmail => form(
            "verify_email",
            "Confirm an address by a link",
            "UsedLink",
            "Done",
        )
        .failing(&[Problem::LinkNotValid]),
        PublicAction::ChangeEmail => form(
            "change_email",
            "Make another address the account's, by a link",
            "UsedLink",
            "Done",
        )
        .failing(&[Problem::LinkNotValid, Problem::EmailTakenMeanwhile]),
    }
}

#[expect(clippy::too_many_lines, reason = "a table, best read in one piece")]
const fn describe_client(action: ClientAction) -> Operation {
    match action {
        ClientAction::SignOut => Operation {
            query: &[("all", Shape::Flag)],
            ..press("sign_out", "End this session, or all of them")
        },
        ClientAction::Profile => read("profile", "Who is signed in", "Profile"),
        ClientAction::ChangeProfile => form(
            "change_profile",
            "Change name or phone",
            "ProfileChange",
            "User",
        ),
        ClientAction::ChangePassword => form(
            "change_password",
            "Choose another password; all other sessions end",
            "PasswordChange",
            "Done",
        )
        .failing(&[Problem::ChangedMeanwhile]),
        ClientAction::ResendVerification => press(
            "resend_verification",
            "Ask for the link that confirms the address",
        ),
        ClientAction::RequestEmailChange => form(
            "request_email_change",
            "Ask for a link to another address",
            "EmailChangeRequest",
            "Done",
        )
        .failing(&[Problem::ChangedMeanwhile]),
        ClientAction::Sessions => read("sessions", "Where the person is signed in", "Sessions"),
        ClientAction::EndSession => press("end_session", "End one of the person's sessions"),
        ClientAction::Events => Operation {
            query: PAGES,
            ..read(
                "events",
                "What happened to the account, the latest first",
                "Events",
            )
        },
        ClientAction::Export => read(
            "export",
            "Everything that is kept about the person",
            "Export",
        ),
        ClientAction::DeleteAccount => form(
            "delete_account",
            "Delete the person's data",
            "AccountDeletion",
            "Done",
        )
        .failing(&[Problem::ChangedMeanwhile]),
        ClientAction::Dashboard => read(
            "dashboard",
            "The numbers at the head of the cabinet",
            "Dashboard",
        ),
        ClientAction::Cabinet => read("cabinet", "All that the cabinet first shows", "Cabinet"),
        ClientAction::Products => read(
            "products",
            "What the client has and had, the newest first",
            "ClientProducts",
        ),
        ClientAction::AvailableProducts => read("available_products", "What is sold", "Products"),
        ClientAction::Payments => Operation {
            query: &[
                ("page", PAGE_NUMBER),
                ("limit", PAGE_LIMIT),
                ("status", STATUS),
                ("from", DAY),
                ("to", DAY),
                ("sort", PAYMENT_ORDER),
            ],
            ..read(
                "payments",
                "The client's payments, the newest first",
                "Payments",
            )
        },
        ClientAction::PaymentsFile => Operation {
            query: &[
                ("status", STATUS),
                ("from", DAY),
                ("to", DAY),
                ("sort", PAYMENT_ORDER),
            ],
            ..read("payments_file", "The client's payments as a table", TABLE)
        },
        ClientAction::Payment => read("payment", "One payment", "OnePayment"),
        ClientAction::Receipt => Operation {
            not_yet: Some((202, "NoReceiptYet")),
            ..read("receipt", "Where the receipt of a payment is", "Receipt")
        }
        .failing(&[Problem::PaymentNotSuccessful]),
        ClientAction::PaymentMethods => read(
            "payment_methods",
            "The client's ways to pay, the default one first",
            "PaymentMethods",
        ),
        ClientAction::ChooseMethod => form(
            "choose_payment_method",
            "Make a way to pay the default one",
            "MethodChoice",
            "ChosenMethod",
        ),
        ClientAction::RemoveMethod => press(
            "remove_payment_method",
            "Remove a way to pay; the default one stays as long as there are others",
        )
        .failing(&[Problem::MethodIsDefault]),
        ClientAction::Transactions => Operation {
            query: PAGES,
            ..read(
                "transactions",
                "Payments that went through, and refunds, the newest first",
                "Transactions",
            )
        },
        ClientAction::Documents => read(
            "documents",
            "What the client has accepted, and is to accept",
            "Documents",
        ),
        ClientAction::AcceptDocument => form(
            "accept_document",
            "Accept the newest version of a document",
            "AcceptanceOfDocument",
            "AcceptedDocument",
        ),
        ClientAction::CancelRenewal => Operation {
            answer: "ChangedProduct",
            ..press(
                "cancel_subscription",
                "Ask not to renew a subscription; it works to the end of what is paid",
            )
        }
        .failing(&[Problem::SubscriptionNotActive]),
        ClientAction::ResumeRenewal => Operation {
            answer: "ChangedProduct",
            ..press(
                "resume_subscription",
                "Have a subscription renewed after all",
            )
        }
        .failing(&[Problem::SubscriptionNotActive]),
        ClientAction::OrderRenewal => Operation {
            ..form(
                "renew_subscription",
                "Order another period of a subscription, and learn how to pay for it",
                "Renewal",
                "RenewalOrder",
            )
        }
        .failing(&[Problem::NotRenewable]),
        ClientAction::Referrals => Operation {
            query: PAGES,
            ..read(
                "referrals",
                "What the partner programme brought, and who came",
                "Referrals",
            )
        },
        ClientAction::Commissions => Operation {
            query: PAGES,
            ..read("commissions", "What each payment brought", "Commissions")
        },
        ClientAction::CommissionsFile => read(
            "commissions_file",
            "What each payment brought, as a table",
            TABLE,
        ),
        ClientAction::Payouts => Operation {
            query: PAGES,
            ..read("payouts", "What was paid out, or asked for", "Payouts")
        },
        ClientAction::RequestPayout => Operation {
            status: 201,
            ..form(
                "request_payout",
                "Ask for a payout; its amount is set aside at once",
                "PayoutRequest",
                "RequestedPayout",
            )
        }
        .failing(&[Problem::PayoutOpen, Problem::ChangedMeanwhile]),
        ClientAction::PayoutsFile => read("payouts_file", "The payouts as a table", TABLE),
    }
}

const PAGES: &[(&str, Shape)] = &[("page", PAGE_NUMBER), ("limit", PAGE_LIMIT)];

/// An operation that only tells.
const fn read(id: &'static str, summary: &'static str, answer: &'static str) -> Operation {
    Operation {
        id,
        summary,
        query: &[],
        body: Body::Unread,
        status: 200,
        answer,
        not_yet: None,
        problems: &[],
    }
}

/// An operation that takes a form.
const fn form(
    id: &'static str,
    summary: &'static str,
    form: &'static str,
    answer: &'static str,
) -> Operation {
    Operation {
        body: Body::Form(form),
        ..read(id, summary, answer)
    }
}

/// An operation that is asked for by its path alone.
const fn press(id: &'static str, summary: &'static str) -> Operation {
    Operation {
        body: Body::Empty,
        ..read(id, summary, "Done")
    }
}

impl Operation {
    const fn failing(self, problems: &'static [Problem]) -> Self {
        Self { problems, ..self }
    }
}
