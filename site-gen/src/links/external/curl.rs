//! Asks with the program `curl`: macOS, Windows and nearly every Linux have it, with certificates that are kept up to
//! date, and the generator needs no TLS of its own.
//!
//! The program is started with arguments, never by a shell; its own files of settings are not read, and an address can
//! not be taken for an option.

use std::io::ErrorKind;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{Asker, Failure, Method, Response};

/// How long a site may take to answer.
const TIMEOUT: Duration = Duration::from_secs(15);
/// What the last line of the output begins with; the lines before are headers, which have no space there.
const MARK: &str = "leads to ";
const NOWHERE: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

/// The program `curl`, with what it is told each time.
#[derive(Debug, Clone)]
pub struct Curl {
    user_agent: String,
    protocols: &'static str,
    timeout: Duration,
}

/// There is no program `curl`, or it does not start.
#[derive(Debug, thiserror::Error)]
#[error(
    "the outside links were not checked: the program curl {0}; install curl, or write its folder into PATH"
)]
pub struct CurlMissing(String);

impl Curl {
    /// Looks whether the program is there. Sites learn from `user_agent` who asks.
    pub fn find(user_agent: impl Into<String>) -> Result<Self, CurlMissing> {
        let output = Command::new("curl")
            .args(["-q", "--version"])
            .stdin(Stdio::null())
            .output();
        match output {
            Ok(output) if output.status.success() => Ok(Self {
                user_agent: user_agent.into(),
                protocols: "=https",
                timeout: TIMEOUT,
            }),
            Ok(output) => Err(CurlMissing(format!("does not work ({})", output.status))),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err(CurlMissing("is missing".to_owned()))
            }
            Err(error) => Err(CurlMissing(format!("does not start ({error})"))),
        }
    }

    /// Asks without encryption, too.
    #[must_use]
    pub fn with_http(mut self) -> Self {
        self.protocols = "=http,https";
        self
    }

    /// Waits this long for an answer.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }
}

impl Asker for Curl {
    fn ask(&self, address: &str, method: Method) -> Result<Response, Failure> {
        let mut command = Command::new("curl");
        command
            .args(["-q", "--silent", "--show-error", "--globoff"])
            .args(["--proto", self.protocols])
            .args(["--max-time", &self.timeout.as_secs_f64().to_string()])
            .args(["--user-agent", &self.user_agent])
            .args(["--suppress-connect-headers", "--dump-header", "-"])
            .args(["--output", NOWHERE])
            .args(["--write-out", &format!("{MARK}%{{redirect_url}}\n")]);
        if method == Method::Head {
            command.arg("--head");
        }
        let output = command
            .args(["--", address])
            .stdin(Stdio::null())
            .output()
            .map_err(|error| Failure::Unreachable(error.to_string()))?;
        // A page that is too long to come in time was there all the same.
        read(&String::from_utf8_lossy(&output.stdout)).ok_or_else(|| {
            failure(
                output.status.code(),
                &String::from_utf8_lossy(&output.stderr),
            )
        })
    }
}

/// Reads headers, the last block of them if there are several, and the address that the answer leads on to.
fn read(output: &str) -> Option<Response> {
    let mut response = None;
    for line in output.lines() {
        let found: &mut Response = match status(line) {
            // The final answer follows.
            Some(100..=199) => continue,
            Some(status) => response.insert(Response {
                status,
                ..Response::default()
            }),
            None => match response.as_mut() {
                Some(response) => response,
                None => continue,
            },
        };
        if let Some(location) = line.strip_prefix(MARK).filter(|rest| !rest.is_empty()) {
            found.location = Some(location.to_owned());
        } else if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("retry-after")
        {
            found.retry_after = Some(value.trim().to_owned());
        }
    }
    response
}

/// The status in `HTTP/1.1 200 OK`.
fn status(line: &str) -> Option<u16> {
    let (_, rest) = line.strip_prefix("HTTP/")?.split_once(' ')?;
    rest.get(..3)?.parse().ok()
}

/// What an exit code of curl means: see EXIT CODES in its manual.
fn failure(code: Option<i32>, message: &str) -> Failure {
    let reason = message.trim();
    let reason = reason.split_once(") ").map_or(reason, |(_, reason)| reason);
    let reason = reason.lines().next().unwrap_or_default().to_owned();
    match code {
        Some(1) => Failure::Unencrypted,
        Some(3) => Failure::Malformed,
        Some(6) => Failure::NoSuchHost,
        Some(28) => Failure::TimedOut,
        Some(35 | 51 | 60 | 83 | 90 | 91) => Failure::Unsafe(reason),
        _ => Failure::Unreachable(reason),
    }
}

#[cfg(test)]
mod tests;
