//! The services outside that the Worker speaks to: what they are sent and what they answer, as values.

pub mod email_service;
pub mod turnstile;
