//! The Worker's application, as this machine runs it.

use anyhow::{Result, anyhow};
use edge_worker::app::App;
use edge_worker::app::settings::Settings;
use edge_worker::domain::audit::OperatorName;
use edge_worker::domain::origin::Origin;
use edge_worker::store::SqlStore;

use crate::platform::{SystemClock, SystemEntropy};
use crate::wrangler::Wrangler;

/// The application over the chosen database, and who uses it.
pub(crate) struct Office {
    /// The application.
    pub(crate) app: App<'static, SqlStore<Wrangler>>,
    /// Who is at this terminal, for the audit log.
    pub(crate) operator: OperatorName,
}

impl Office {
    /// Opens the office; without a name the operator is called as the operating system calls them.
    pub(crate) fn open(database: Wrangler, operator: Option<String>) -> Result<Self> {
        // No token is ever issued here; the key only has to be long enough to be one.
        let settings = Settings::read(|name| match name {
            Settings::SIGNING_KEY => Some("not used by the operator's tool".repeat(2)),
            other => std::env::var(other).ok(),
        })
        .map_err(|misconfigured| anyhow!(misconfigured.0))?;
        Ok(Self {
            app: App::new(
                SqlStore::new(database),
                &SystemClock,
                &SystemEntropy,
                settings,
                Origin::default(),
            ),
            operator: OperatorName::new(&operator.or_else(system_name).unwrap_or_default()),
        })
    }
}

fn system_name() -> Option<String> {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|variable| std::env::var(variable).ok())
}
