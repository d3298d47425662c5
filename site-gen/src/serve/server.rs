//! HTTP: every address is answered from memory, and open pages are told of each build.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt as _;
use futures_util::stream;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::broadcast::{self, error::RecvError};

use super::news::{self, News};
use super::site::{Answer, Site};
use super::{ServeError, content_type, own_name, waiting};
use crate::diagnostics::Diagnostics;
use crate::output::OutputFile;
use crate::workshop::Round;

/// Where the news is sent as events.
const EVENTS: &str = "/-/preview";

/// A page that is more rounds behind than this is told the whole state.
const BACKLOG: usize = 64;

/// What visitors see, exchanged after each round.
#[derive(Debug)]
pub(super) struct Stage {
    scene: RwLock<Scene>,
    events: broadcast::Sender<Arc<str>>,
}

#[derive(Debug)]
struct Scene {
    site: Site,
    news: News,
    diagnostics: Diagnostics,
}

impl Stage {
    pub(super) fn new() -> Self {
        Self {
            scene: RwLock::new(Scene {
                site: Site::new(),
                news: News::default(),
                diagnostics: Diagnostics::default(),
            }),
            events: broadcast::channel(BACKLOG).0,
        }
    }

    /// Shows the outcome of a round and tells the open pages. Files of a round that is not good are thrown away.
    pub(super) fn show(&self, round: &Round, changed: Vec<OutputFile>, news: &News) {
        {
            let mut scene = self.scene.write().unwrap_or_else(PoisonError::into_inner);
            if round.is_good() {
                scene.site.follow(changed, &round.removed);
            }
            scene.diagnostics = round.diagnostics.clone();
            scene.news = News {
                events: Some(EVENTS),
                ..news.for_newcomer()
            };
        }
        // Nobody may be listening.
        let _ = self.events.send(news.to_json().into());
    }

    fn read<T>(&self, look: impl FnOnce(&Scene) -> T) -> T {
        look(&self.scene.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn answer(&self, address: &str) -> Response {
        self.read(|scene| {
            if scene.site.is_empty() {
                let page = waiting::page(&scene.diagnostics);
                return plain(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "a.html",
                    page,
                    scene.site.headers(address),
                );
            }
            send(scene.site.answer(address))
        })
    }

    fn news(&self) -> String {
        self.read(|scene| scene.news.to_json())
    }
}

/// A server that runs until this is dropped.
#[derive(Debug)]
pub(super) struct Running(Option<Runtime>);

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            // Open pages listen for news and would be waited for.
            runtime.shutdown_background();
        }
    }
}

/// Starts to serve.
pub(super) fn start(listener: TcpListener, stage: Arc<Stage>) -> Result<Running, ServeError> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)?;
    let application = Router::new().fallback(handle).with_state(stage);
    let listener = {
        let _context = runtime.enter();
        tokio::net::TcpListener::from_std(listener).map_err(ServeError::Runtime)?
    };
    // An event is one small packet and must not wait for the next.
    let listener = listener.tap_io(|connection| {
        let _: io::Result<()> = connection.set_nodelay(true);
    });
    runtime.spawn(async move { axum::serve(listener, application).await });
    Ok(Running(Some(runtime)))
}

async fn handle(State(stage): State<Arc<Stage>>, request: Request) -> Response {
    let host = request.headers().get(header::HOST);
    if !host.is_some_and(|host| host.to_str().is_ok_and(own_name::is_own)) {
        let words = "This is the preview of a site; open it as http://localhost or by its address in numbers.\n";
        return plain(StatusCode::FORBIDDEN, "a.txt", words, []);
    }
    let address = request.uri().path();
    if address.starts_with("/api/") {
        let words = "{\"success\":false,\"code\":\"not_found\",\"message\":\"The preview has pages only; \
                     the API is served by: cargo xtask dev\"}\n";
        return plain(StatusCode::NOT_FOUND, "a.json", words, []);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let allow = [("allow".to_owned(), "GET, HEAD".to_owned())];
        let words = "Pages can be read only.\n";
        return plain(StatusCode::METHOD_NOT_ALLOWED, "a.txt", words, allow);
    }
    if address == EVENTS {
        return follow(&stage);
    }
    if address.strip_prefix('/') == Some(news::FILE) {
        return plain(StatusCode::OK, news::FILE, stage.news(), []);
    }
    if let Some(name) = address.strip_prefix(waiting::SCRIPTS)
        && let Some(text) = waiting::script(name)
    {
        return plain(StatusCode::OK, name, text, []);
    }
    stage.answer(address)
}

/// The state now, then every change of it.
fn follow(stage: &Arc<Stage>) -> Response {
    let events = stage.events.subscribe();
    let now: Arc<str> = stage.news().into();
    let start = (Arc::clone(stage), events, Some(now));
    let events = stream::unfold(start, async |(stage, mut events, first)| {
        let text = match first {
            Some(text) => text,
            None => match events.recv().await {
                Ok(text) => text,
                Err(RecvError::Lagged(_)) => stage.news().into(),
                Err(RecvError::Closed) => return None,
            },
        };
        let event = Event::default().data(&*text);
        Some((Ok::<_, Infallible>(event), (stage, events, None)))
    });
    Sse::new(events)
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// An answer that is made here and not a file of the site; `name` says of what type it is.
fn plain(
    status: StatusCode,
    name: &str,
    body: impl Into<Body>,
    headers: impl IntoIterator<Item = (String, String)>,
) -> Response {
    let own = [
        ("content-type", content_type::of(name)),
        ("cache-control", "no-store"),
    ];
    let own = own.map(|(name, value)| (name.to_owned(), value.to_owned()));
    respond(status.as_u16(), own.into_iter().chain(headers), body.into())
}

fn send(answer: Answer) -> Response {
    respond(answer.status, answer.headers, answer.body.into())
}

fn respond(
    status: u16,
    headers: impl IntoIterator<Item = (String, String)>,
    body: Body,
) -> Response {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    // A header that HTTP cannot carry is a fault of the file `_headers`.
    response.body(body).unwrap_or_else(|error| {
        (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response()
    })
}
