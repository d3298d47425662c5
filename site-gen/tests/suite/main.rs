//! The generator as its users meet it: small sites in scratch folders, built through the library.
//!
//! To add a case, change one thing of [`fixture::Fixture`], a site that builds, and say what comes of it.

mod command_line;
mod content_model;
mod fixture;
mod guide;
mod incremental;
mod mails;
mod mistakes;
mod output_folder;
mod pages;
mod real_site;
mod scaffolding;
mod serving;
mod texts;
mod watching;
