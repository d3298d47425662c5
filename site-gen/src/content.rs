//! What the editors write: pages with their front matter, the words of the interface, the settings of the site.

mod address;
mod front_matter;
mod glossary;
mod messages;
mod notation;
mod page;
mod settings;
mod values;

pub use address::{BadName, PageId, PagePath};
pub(crate) use front_matter::read_fields;
pub use front_matter::{FrontMatter, Located, Robots};
pub use glossary::{Glossary, Term};
pub use messages::{Messages, compare};
pub use page::Page;
pub use settings::Settings;
pub use values::{Values, template_value};
