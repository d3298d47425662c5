//! What went wrong, as one line that says what to do.
//!
//! There is no way to make a [`Failure`] without advice: a step that cannot tell how to go on has not been
//! thought through.

use std::fmt;
use std::path::Path;

/// A step that did not succeed: what happened, and the way out.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    mend: String,
    output: String,
}

impl Failure {
    /// `what` happened; `mend` is the advice, best a command to run.
    pub(crate) fn new(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            mend: mend.into(),
            output: String::new(),
        }
    }

    /// A file operation that failed.
    pub(crate) fn file(action: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::new(
            format!("cannot {action} {}: {error}", path.display()),
            "check the permissions and the free space of the project's folder",
        )
    }

    /// Adds what the failed program printed; it is shown above the line.
    pub(crate) fn with_output(mut self, output: impl Into<String>) -> Self {
        self.output = output.into();
        self
    }

    /// What the failed program printed, or nothing.
    pub(crate) fn output(&self) -> &str {
        &self.output
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}; {}", self.what, self.mend)
    }
}
