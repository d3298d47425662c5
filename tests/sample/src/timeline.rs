//! What the sample clients do, in the order in which it happens.

use std::time::Duration;

use anyhow::{Context, Result};
use edge_worker::domain::time::Instant;

use crate::stage::Stage;

const DAY: Duration = Duration::from_hours(24);

type Deed = Box<dyn Fn(&Stage) -> Result<()>>;

/// Deeds with their times, all of them before an instant.
pub(crate) struct Timeline {
    end: Instant,
    deeds: Vec<(Instant, Deed)>,
}

impl Timeline {
    /// Nothing happens yet.
    pub(crate) const fn ending_at(end: Instant) -> Self {
        Self {
            end,
            deeds: Vec::new(),
        }
    }

    /// Something happens so many days before the end, at one hour or another. Deeds of one day have no order: what belongs
    /// together is one deed.
    pub(crate) fn days_ago(&mut self, days: u32, deed: impl Fn(&Stage) -> Result<()> + 'static) {
        let count = u32::try_from(self.deeds.len()).unwrap_or_default();
        // Nobody lives by the stroke of the clock.
        let earlier = Duration::from_mins(u64::from(count.wrapping_mul(97) % 540));
        self.before_end(DAY.saturating_mul(days) + earlier, deed);
    }

    /// Something happens so many minutes before the end.
    pub(crate) fn minutes_ago(
        &mut self,
        minutes: u32,
        deed: impl Fn(&Stage) -> Result<()> + 'static,
    ) {
        self.before_end(Duration::from_mins(minutes.into()), deed);
    }

    fn before_end(&mut self, time: Duration, deed: impl Fn(&Stage) -> Result<()> + 'static) {
        self.deeds.push((self.end.minus(time), Box::new(deed)));
    }

    /// Plays everything, and does every day what the service does by the clock.
    pub(crate) fn play(mut self, stage: &Stage) -> Result<()> {
        self.deeds.sort_by_key(|(at, _)| *at);
        let Some(mut next_upkeep) = self.deeds.first().map(|(at, _)| at.plus(DAY)) else {
            return Ok(());
        };
        for (at, deed) in &self.deeds {
            while next_upkeep <= *at {
                stage.upkeep_at(next_upkeep)?;
                next_upkeep = next_upkeep.plus(DAY);
            }
            stage.clock.set(*at);
            deed(stage).with_context(|| format!("on {at}"))?;
        }
        stage.upkeep_at(self.end)
    }
}
