//! The rate limiter of the edge.

use worker::{Env, RateLimiter, console_error};

use crate::app::ports::guards::{Answer, FrontLimiter};

/// The binding of the limiter in `wrangler.toml`.
const BINDING: &str = "AUTH_LIMIT";

/// The limiter behind the binding; without a binding there is no limit.
pub(super) struct EdgeLimiter(Option<RateLimiter>);

impl EdgeLimiter {
    pub(super) fn find(env: &Env) -> Self {
        Self(env.rate_limiter(BINDING).ok())
    }
}

impl FrontLimiter for EdgeLimiter {
    fn admits<'a>(&'a self, key: &'a str) -> Answer<'a, bool> {
        Box::pin(async move {
            let Some(limiter) = &self.0 else {
                return true;
            };
            match limiter.limit(key.to_owned()).await {
                Ok(outcome) => outcome.success,
                // The counters in the database stand behind it: a limiter that is out of order keeps nobody out.
                Err(error) => {
                    console_error!("the rate limiter does not answer: {error}");
                    true
                }
            }
        })
    }
}
