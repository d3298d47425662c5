//! Every way in which a request can fail, with its status, its stable code and its words.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::language::Language;
use super::messages::Message;
use super::response::Response;
use crate::app::error::{Error, Refusal};
use crate::domain::human_check::HumanAction;
use crate::domain::identifiers::RequestId;

/// What is wrong with which field.
pub(super) type FieldProblems = BTreeMap<String, Message>;

/// What the client is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// Fields of the body or of the query are not as they should be.
    ValidationFailed(FieldProblems),
    MalformedJson,
    UnsupportedMediaType,
    BodyTooLarge,
    NotFound,
    MethodNotAllowed {
        allow: String,
    },
    InvalidCredentials,
    AuthenticationRequired,
    TokenNotValid,
    LinkNotValid,
    EmailTakenMeanwhile,
    ChangedMeanwhile,
    SubscriptionNotActive,
    NotRenewable,
    MethodIsDefault,
    PaymentNotSuccessful,
    PayoutOpen,
    Forbidden,
    TooManyRequests {
        retry_after: Duration,
    },
    HumanCheckNeeded {
        site_key: String,
        action: HumanAction,
    },
    /// The installation is not configured.
    Unavailable,
    Internal,
}

/// A failed request: what the client is told, and what only the log is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) problem: Problem,
    pub(super) log: String,
}

impl Problem {
    /// A single field's problem.
    pub(super) fn field(name: &str, message: Message) -> Self {
        Self::ValidationFailed(FieldProblems::from([(name.to_owned(), message)]))
    }

    /// The stable English word for programs.
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::ValidationFailed(_) => "validation_failed",
            Self::MalformedJson => "malformed_json",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::BodyTooLarge => "body_too_large",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed { .. } => "method_not_allowed",
            Self::InvalidCredentials => "invalid_credentials",
            Self::AuthenticationRequired => "authentication_required",
            Self::TokenNotValid => "token_not_valid",
            Self::LinkNotValid => "link_not_valid",
            Self::EmailTakenMeanwhile => "email_taken",
            Self::ChangedMeanwhile => "changed_meanwhile",
            Self::SubscriptionNotActive => "subscription_not_active",
            Self::NotRenewable => "not_renewable",
            Self::MethodIsDefault => "method_is_default",
            Self::PaymentNotSuccessful => "payment_not_successful",
            Self::PayoutOpen => "payout_open",
            Self::Forbidden => "forbidden",
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::HumanCheckNeeded { .. } => "human_check_needed",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal_error",
        }
    }

    /// The status of the answer.
    pub(super) const fn status(&self) -> u16 {
        match self {
            Self::ValidationFailed(_)
            | Self::MalformedJson
            | Self::LinkNotValid
            | Self::SubscriptionNotActive
            | Self::NotRenewable
            | Self::MethodIsDefault
            | Self::PaymentNotSuccessful => 400,
            Self::InvalidCredentials | Self::AuthenticationRequired | Self::TokenNotValid => 401,
            Self::Forbidden | Self::HumanCheckNeeded { .. } => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed { .. } => 405,
            Self::EmailTakenMeanwhile | Self::ChangedMeanwhile | Self::PayoutOpen => 409,
            Self::BodyTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::TooManyRequests { .. } => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// The words for people.
    pub(super) const fn message(&self) -> Message {
        match self {
            Self::ValidationFailed(_) => Message::ValidationFailed,
            Self::MalformedJson => Message::MalformedJson,
            Self::UnsupportedMediaType => Message::UnsupportedMediaType,
            Self::BodyTooLarge => Message::BodyTooLarge,
            Self::NotFound => Message::NotFound,
            Self::MethodNotAllowed { .. } => Message::MethodNotAllowed,
            Self::InvalidCredentials => Message::InvalidCredentials,
            Self::AuthenticationRequired => Message::AuthenticationRequired,
            Self::TokenNotValid => Message::TokenNotValid,
            Self::LinkNotValid => Message::LinkNotValid,
            Self::EmailTakenMeanwhile => Message::EmailOfAnother,
            Self::ChangedMeanwhile => Message::ChangedMeanwhile,
            Self::SubscriptionNotActive => Message::SubscriptionNotActive,
            Self::NotRenewable => Message::NotRenewable,
            Self::MethodIsDefault => Message::MethodIsDefault,
            Self::PaymentNotSuccessful => Message::PaymentNotSuccessful,
            Self::PayoutOpen => Message::PayoutOpen,
            Self::Forbidden => Message::Forbidden,
            Self::TooManyRequests { retry_after } => Message::TooManyRequests(*retry_after),
            Self::HumanCheckNeeded { .. } => Message::HumanCheckNeeded,
            Self::Unavailable => Message::Unavailable,
            Self::Internal => Message::Internal,
        }
    }

    /// The answer, in the shape of the contract.
    pub(super) fn respond(&self, language: Language, request_id: RequestId) -> Response {
        let mut body = json!({
            "success": false,
            "code": self.code(),
            "message": self.message().text(language),
            "request_id": request_id.to_string(),
        });
        if let (Self::ValidationFailed(problems), Some(body)) = (self, body.as_object_mut()) {
            let fields: Map<String, Value> = problems
                .iter()
                .map(|(name, message)| (name.clone(), Value::from(message.text(language))))
                .collect();
            body.insert("fields".to_owned(), Value::Object(fields));
        }
        if let (Self::HumanCheckNeeded { site_key, action }, Some(body)) =
            (self, body.as_object_mut())
        {
            body.insert("site_key".to_owned(), Value::from(site_key.as_str()));
            body.insert("action".to_owned(), Value::from(action.as_str()));
        }
        let response = Response::new(self.status(), body);
        match self {
            Self::MethodNotAllowed { allow } => response.with_header("allow", allow.as_str()),
            Self::TooManyRequests { retry_after } => {
                response.with_header("retry-after", retry_after.as_secs().to_string())
            }
            // RFC 9110 section 11.6.1: an answer of 401 names the scheme.
            _ if self.status() == 401 => response.with_header("www-authenticate", "Bearer"),
            _ => response,
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            log: String::new(),
        }
    }
}

impl From<Error> for Failure {
    fn from(Error { refusal, log }: Error) -> Self {
        let problem = match refusal {
            Refusal::EmailTaken => Problem::field("email", Message::EmailTaken),
            Refusal::TermsDeclined => Problem::field("terms_accepted", Message::TermsDeclined),
            Refusal::InvalidCredentials => Problem::InvalidCredentials,
            Refusal::AuthenticationRequired => Problem::AuthenticationRequired,
            Refusal::TokenNotValid => Problem::TokenNotValid,
            Refusal::LinkNotValid => Problem::LinkNotValid,
            Refusal::WrongPassword => Problem::field("password", Message::WrongPassword),
            Refusal::EmailSame => Problem::field("email", Message::EmailSame),
            Refusal::EmailTakenMeanwhile => Problem::EmailTakenMeanwhile,
            Refusal::ChangedMeanwhile => Problem::ChangedMeanwhile,
            Refusal::SubscriptionNotActive => Problem::SubscriptionNotActive,
            Refusal::NotRenewable => Problem::NotRenewable,
            Refusal::MethodIsDefault => Problem::MethodIsDefault,
            Refusal::DocumentChanged => Problem::field("version", Message::DocumentChanged),
            Refusal::Forbidden => Problem::Forbidden,
            Refusal::NotFound => Problem::NotFound,
            Refusal::HumanCheckNeeded { site_key, action } => {
                Problem::HumanCheckNeeded { site_key, action }
            }
            Refusal::TooManyRequests { retry_after } => Problem::TooManyRequests { retry_after },
            Refusal::Internal => Problem::Internal,
        };
        Self { problem, log }
    }
}
