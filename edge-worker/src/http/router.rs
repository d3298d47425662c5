//! From a request to an answer: find the route, check who is calling, call the handler, word the failure.

use std::time::Duration;

use super::credentials::bearer_token;
use super::failure::{Failure, Problem};
use super::handlers;
use super::language::Language;
use super::log::{LogLine, Severity};
use super::openapi::published;
use super::origin::origin_of;
use super::request::Request;
use super::response::Response;
use super::routes::{self, Action, ClientAction, Found, PathId, PublicAction, Route};
use crate::app::ports::guards::{FrontLimiter, Guards};
use crate::app::ports::{Clock, Entropy, Store};
use crate::app::settings::{Misconfigured, Settings};
use crate::app::{App, name_request};
use crate::domain::origin::{ClientAddress, Origin};

/// Everything that a request needs from outside.
pub struct Platform<'a, S> {
    /// The time.
    pub clock: &'a dyn Clock,
    /// Randomness.
    pub entropy: &'a dyn Entropy,
    /// Who stands at the door.
    pub guards: Guards<'a>,
    /// What an operator has set up, or why it cannot work.
    pub installation: Result<Installation<S>, Misconfigured>,
}

/// What an operator has set up.
pub struct Installation<S> {
    /// The database.
    pub store: S,
    /// The settings.
    pub settings: Settings,
}

/// An answer with its line for the log.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// For the client.
    pub response: Response,
    /// For the operators.
    pub log: LogLine,
    /// Whether there is mail to send, now that the answer is out.
    pub has_mail_due: bool,
}

/// What a request left behind besides its answer.
#[derive(Default)]
struct Traces {
    hashes: u32,
    has_mail_due: bool,
    remarks: Vec<String>,
}

/// Answers a request. Whatever happens, there is an answer in the shape of the contract.
pub async fn respond<S: Store>(platform: Platform<'_, S>, request: &Request) -> Exchange {
    let (clock, entropy) = (platform.clock, platform.entropy);
    let begin = clock.now();
    let request_id = name_request(entropy);
    let language = Language::from_accept_language(request.header("accept-language"));
    let found = routes::find(request.method(), request.path());
    let route = match &found {
        Found::Route(route, _) => route.path,
        Found::OtherMethods(_) | Found::Nothing => "none",
    };

    let mut traces = Traces::default();
    let outcome = match found {
        Found::Route(route, id) => call(platform, route, id, request, language, &mut traces).await,
        Found::OtherMethods(allow) => Err(Problem::MethodNotAllowed { allow }.into()),
        Found::Nothing => Err(Problem::NotFound.into()),
    };

    let (response, code, reason) = match outcome {
        Ok(response) => (response, None, String::new()),
        Err(Failure { problem, log }) => (
            problem.respond(language, request_id),
            Some(problem.code()),
            log,
        ),
    };
    let severity = if response.status >= 500 || !traces.remarks.is_empty() {
        Severity::Error
    } else {
        Severity::Info
    };
    let log = LogLine {
        severity,
        request_id: request_id.to_string(),
        method: request.method().chars().take(16).collect(),
        route,
        status: response.status,
        code,
        hashes: traces.hashes,
        detail: in_one_line(reason, traces.remarks),
    };
    let milliseconds = clock.now().millis_since(begin);
    let response = response
        .with_header("x-request-id", log.request_id.as_str())
        .with_header("server-timing", format!("total;dur={milliseconds}"));
    Exchange {
        response,
        log,
        has_mail_due: traces.has_mail_due,
    }
}

async fn call<S: Store>(
    platform: Platform<'_, S>,
    route: Route,
    id: PathId<'_>,
    request: &Request,
    language: Language,
    traces: &mut Traces,
) -> Result<Response, Failure> {
    let Platform {
        clock,
        entropy,
        guards,
        installation,
    } = platform;
    let origin = origin_of(request);
    admit(guards.front, route, origin).await?;
    let Installation { store, settings } = installation.map_err(|Misconfigured(log)| Failure {
        problem: Problem::Unavailable,
        log,
    })?;
    let app = App::new(store, clock, entropy, settings, origin).guarded_by(guards);
    let outcome = act(&app, clock, route, id, request, language).await;
    *traces = Traces {
        hashes: app.hashes(),
        has_mail_due: app.has_mail_due(),
        remarks: app.remarks(),
    };
    outcome
}

async fn act<S: Store>(
    app: &App<'_, S>,
    clock: &dyn Clock,
    route: Route,
    id: PathId<'_>,
    request: &Request,
    language: Language,
) -> Result<Response, Failure> {
    match route.action {
        Action::Public(action) => match action {
            PublicAction::Health => Ok(handlers::health(clock.now())),
            PublicAction::OpenApi => published().map(|document| Response::new(200, document)),
            PublicAction::Register => handlers::register(app, request, language).await,
            PublicAction::SignIn => handlers::sign_in(app, request, language).await,
            PublicAction::RequestPasswordReset => {
                handlers::request_password_reset(app, request, language).await
            }
            PublicAction::ResetPassword => handlers::reset_password(app, request, language).await,
            PublicAction::VerifyEmail => handlers::verify_email(app, request, language).await,
            PublicAction::ChangeEmail => handlers::change_email(app, request, language).await,
        },
        Action::Client(action) => {
            let caller = app
                .authenticate(bearer_token(request), ClientAction::NEEDED_ROLE)
                .await?;
            match action {
                ClientAction::SignOut => handlers::sign_out(app, request, &caller, language).await,
                ClientAction::Profile => Ok(handlers::profile(&caller)),
                ClientAction::ChangeProfile => handlers::change_profile(app, request, caller).await,
                ClientAction::Sessions => handlers::account::sessions(app, &caller).await,
                ClientAction::EndSession => {
                    handlers::account::end_session(app, request, &caller, id, language).await
                }
                ClientAction::Events => handlers::account::events(app, request, &caller).await,
                ClientAction::Export => handlers::account::export(app, &caller).await,
                ClientAction::DeleteAccount => {
                    handlers::account::delete(app, request, &caller, language).await
                }
                ClientAction::Dashboard => Ok(handlers::dashboard(&caller)),
                ClientAction::ChangePassword => {
                    handlers::change_password(app, request, &caller, language).await
                }
                ClientAction::ResendVerification => {
                    handlers::resend_verification(app, request, &caller, language).await
                }
                ClientAction::RequestEmailChange => {
                    handlers::request_email_change(app, request, &caller, language).await
                }
            }
        }
    }
}

/// Why the request failed, if it did, and what else the operators should know.
fn in_one_line(reason: String, remarks: Vec<String>) -> String {
    let mut facts = remarks;
    if !reason.is_empty() {
        facts.insert(0, reason);
    }
    facts.join("; ")
}

/// The rate limiter in front: by network, before anything else is done about the request.
async fn admit(front: &dyn FrontLimiter, route: Route, origin: Origin) -> Result<(), Failure> {
    /// The period of the limiter in `wrangler.toml`; when it began is not told.
    const PERIOD: Duration = Duration::from_mins(1);
    if !route.is_limited_in_front() {
        return Ok(());
    }
    let network = origin.address.map(ClientAddress::network);
    let key = network.map_or_else(|| "unknown".to_owned(), |network| network.to_string());
    if front.admits(&key).await {
        return Ok(());
    }
    Err(Failure {
        problem: Problem::TooManyRequests {
            retry_after: PERIOD,
        },
        log: "stopped in front".to_owned(),
    })
}
