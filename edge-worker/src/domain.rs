//! The rules, as plain functions and types: no async, no clock, no randomness, no I/O.
//!
//! Every constructor validates, so a value that exists is a value that holds its rule.

pub mod access;
pub mod access_token;
pub mod archive;
pub mod attempts;
pub mod audit;
pub mod calendar;
pub mod catalogue;
pub mod commission;
pub mod device;
pub mod dump;
pub mod email;
pub mod former_records;
pub mod former_user;
pub mod handle;
mod html_text;
pub mod human_check;
pub mod identifiers;
pub mod language;
pub mod ledger;
pub mod link;
pub mod mail;
pub mod masking;
pub mod money;
pub mod one_time_token;
pub mod order;
pub mod origin;
pub mod page;
pub mod password;
pub mod password_hash;
pub mod payment;
pub mod payout;
pub mod payout_destination;
pub mod person_name;
pub mod phone;
pub mod programme;
pub mod secret;
pub mod session;
pub mod session_handle;
pub mod signing_keys;
pub mod time;
pub mod user;
pub mod web_address;
pub mod word;
pub mod wording;
