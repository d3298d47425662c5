//! Reading the parameters of an address: each is known, stands once at most, and says something that can be read.

use super::failure::{Failure, FieldProblems, Problem};
use super::form::shorten;
use super::messages::Message;
use super::request::Request;

/// The parameters of a request, and what was found wrong with them so far.
pub(super) struct Query {
    given: Vec<(String, String)>,
    problems: FieldProblems,
}

impl Query {
    /// The parameters of a request; one that is not `known` is refused by its name.
    pub(super) fn of(request: &Request, known: &[&str]) -> Self {
        let mut query = Self {
            given: Vec::new(),
            problems: FieldProblems::new(),
        };
        for (name, value) in request.query() {
            if known.contains(&&*name) {
                query.given.push((name.into_owned(), value.into_owned()));
            } else {
                let name = shorten(&name);
                query.problems.insert(name, Message::UnknownParameter);
            }
        }
        query
    }

    /// A parameter; nothing where it is not given, or is `wrong`.
    pub(super) fn read<T>(
        &mut self,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
        wrong: Message,
    ) -> Option<T> {
        let mut values = self.given.iter().filter(|(given, _)| given == name);
        let (_, value) = values.next()?;
        let parsed = parse(value).filter(|_| values.next().is_none());
        if parsed.is_none() {
            self.problems.insert(name.to_owned(), wrong);
        }
        parsed
    }

    /// What was read, unless something was wrong.
    pub(super) fn finish<T>(self, read: T) -> Result<T, Failure> {
        if self.problems.is_empty() {
            Ok(read)
        } else {
            Err(Problem::ValidationFailed(self.problems).into())
        }
    }
}
