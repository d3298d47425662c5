//! Something that answers the API, and a console on its database.

use edge_worker::http::routes::Route;
use serde_json::Value;

/// A call of the API.
#[derive(Clone, Debug)]
pub struct Call {
    pub(crate) method: &'static str,
    pub(crate) target: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Call {
    /// A call without a body.
    pub fn new(method: &'static str, target: impl Into<String>) -> Self {
        Self {
            method,
            target: target.into(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// A call of a route, without a body; an id in its path is one that nothing has.
    pub fn to(route: &Route) -> Self {
        Self::new(route.method, route.path.replace("<id>", "no-such-id"))
    }

    /// With a body of JSON.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json")
            .body(body.to_string())
    }

    /// With a body of bytes and no content type.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// With a token.
    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, by lower-case names.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Value,
}

impl Answer {
    /// A header by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(header, _)| header == name)
            .map(|(_, value)| value.as_str())
    }

    /// The stable code of a failure.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// The names of the fields that are wrong, in order.
    pub fn wrong_fields(&self) -> Vec<&str> {
        self.body["fields"]
            .as_object()
            .map(|fields| fields.keys().map(String::as_str).collect())
            .unwrap_or_default()
    }

    /// The body without what differs from one answer to the next.
    pub fn lasting_body(&self) -> Value {
        let mut body = self.body.clone();
        if let Some(body) = body.as_object_mut() {
            body.remove("request_id");
        }
        body
    }
}

/// A mail as the outbox has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSeen {
    /// Which one.
    pub name: String,
    /// In which language.
    pub language: String,
    /// The token of its link; empty where there is none.
    pub token: String,
    /// The address that it tells about; empty where it tells of none.
    pub about: String,
}

/// A running cabinet.
pub trait Backend: Sync {
    /// Calls the API.
    fn send(&self, call: Call) -> Answer;

    /// Runs SQL on the database, as an operator with a console would.
    fn execute(&self, sql: &str);

    /// The rows that a query answers, as an operator with a console would see them; `value` stands for `?1`.
    fn read(&self, sql: &'static str, value: &str) -> Vec<Value>;

    /// The mails to an address, the oldest first, as the outbox keeps them on a developer's machine.
    fn mails_to(&self, address: &str) -> Vec<MailSeen> {
        let sql = "SELECT mail, language, coalesce(token, '') AS token, coalesce(about_address, '') AS about
                   FROM outbox WHERE address = ?1 ORDER BY id";
        let text = |row: &Value, column: &str| row[column].as_str().unwrap().to_owned();
        self.read(sql, address)
            .iter()
            .map(|row| MailSeen {
                name: text(row, "mail"),
                language: text(row, "language"),
                token: text(row, "token"),
                about: text(row, "about"),
            })
            .collect()
    }

    /// Opens or closes the door to an account, as the operator's tool does.
    fn set_active(&self, email: &str, is_active: bool);

    /// Gives an account another password, as the operator's tool does.
    fn set_password(&self, email: &str, password: &str);

    /// The secret that signs tokens.
    fn signing_key(&self) -> String;

    /// Seconds since 1970, as the back end sees them.
    fn now(&self) -> i64;
}
