//! Counters of attempts in the database.

use serde::Deserialize;

use super::accounts::SqlStore;
use super::sql::attempts as sql;
use super::statement::{Database, PURGED_AT_A_TIME, Row, SqlValue, Statement};
use crate::app::ports::StoreFailure;
use crate::app::ports::attempts::{
    Admitted, AttemptStore, SignInCounters, SignInSlots, SignInsSoFar, Slot,
};
use crate::domain::attempts::Counter;
use crate::domain::time::Instant;

impl<D: Database> AttemptStore for SqlStore<D> {
    async fn take_slots(
        &self,
        wide: &Counter,
        narrow: Option<&Counter>,
        now: Instant,
    ) -> Result<Slot, StoreFailure> {
        // The narrow one first: its condition reads the wide one as it was before this attempt.
        let mut statements = Vec::new();
        if let Some(narrow) = narrow {
            statements.push(take(sql::TAKE_SLOT, narrow, now, &[Some(wide)]));
            statements.push(read(narrow, now));
        }
        statements.push(take(sql::TAKE_SLOT, wide, now, &[None]));
        statements.push(read(wide, now));
        let mut answers = self.database.batch(statements).await?.into_iter();
        let narrow = narrow.map(|narrow| (narrow, answers.next(), answers.next()));
        let wide = slot(wide, answers.next(), answers.next())?;
        match narrow {
            Some((narrow, taken, read)) if matches!(wide, Slot::Taken { .. }) => {
                slot(narrow, taken, read)
            }
            _ => Ok(wide),
        }
    }

    async fn take_sign_in_slots(
        &self,
        counters: &SignInCounters,
        now: Instant,
    ) -> Result<SignInSlots, StoreFailure> {
        let SignInCounters {
            network,
            stranger,
            home,
            decoy,
        } = counters;
        // Each reads the counters of those below it as they were before this attempt.
        let statements = vec![
            take(
                sql::TAKE_DECOY_SLOT,
                decoy,
                now,
                &[Some(network), Some(home), Some(stranger)],
            ),
            take(
                sql::TAKE_STRANGERS_SLOT,
                stranger,
                now,
                &[Some(network), Some(home)],
            ),
            take(sql::TAKE_HOME_SLOT, home, now, &[Some(network)]),
            take(sql::TAKE_SLOT, network, now, &[None]),
            read(network, now),
        ];
        let mut answers = self.database.batch(statements).await?.into_iter();
        let decoy = first_row(answers.next())?;
        let stranger = first_row(answers.next())?;
        let home = first_row(answers.next())?;
        let network_shut_until = match slot(network, answers.next(), answers.next())? {
            Slot::Shut { until, .. } => return Ok(SignInSlots::NetworkShut { until }),
            Slot::Taken { shut_until, .. } => shut_until,
        };
        let is_at_home = home.is_some();
        Ok(match (home.or(stranger), decoy) {
            (Some(row), _) => SignInSlots::Check(Admitted {
                is_at_home,
                count: row.count,
                address_shut_until: Instant::from_millis(row.shut_until),
                network_shut_until,
            }),
            (None, Some(_)) => SignInSlots::Decoy,
            (None, None) => SignInSlots::Spent,
        })
    }

    async fn count_sign_ins(
        &self,
        counters: &SignInCounters,
        now: Instant,
    ) -> Result<SignInsSoFar, StoreFailure> {
        let statements = vec![
            read(&counters.home, now),
            read(&counters.stranger, now),
            read(&counters.network, now),
        ];
        let mut answers = self.database.batch(statements).await?.into_iter();
        let home = first_row(answers.next())?;
        let stranger = first_row(answers.next())?;
        let network = first_row(answers.next())?;
        let count = |row: Option<CounterRow>| row.map_or(0, |row| row.count);
        Ok(SignInsSoFar {
            on_address: count(home.or(stranger)),
            from_network: count(network),
        })
    }

    async fn settle_sign_in(
        &self,
        counters: &SignInCounters,
        admitted: Admitted,
        now: Instant,
    ) -> Result<(), StoreFailure> {
        let give_back: [SqlValue; 3] = [
            counters.network.kind.as_str().into(),
            counters.network.key.as_str().into(),
            admitted.network_shut_until.millis().into(),
        ];
        let mut statements = vec![
            begin(&counters.home, now),
            Statement::new(sql::GIVE_SLOT_BACK, give_back),
        ];
        if !admitted.is_at_home {
            statements.push(forget(&counters.stranger));
        }
        self.database.batch(statements).await?;
        Ok(())
    }

    async fn remember_home(&self, home: &Counter, now: Instant) -> Result<(), StoreFailure> {
        self.database.batch(vec![begin(home, now)]).await?;
        Ok(())
    }

    async fn clear_counter(&self, counter: &Counter) -> Result<(), StoreFailure> {
        self.database.batch(vec![forget(counter)]).await?;
        Ok(())
    }

    async fn purge_attempts(&self, now: Instant) -> Result<(), StoreFailure> {
        let purge = Statement::new(
            sql::PURGE_ATTEMPTS,
            [now.millis().into(), PURGED_AT_A_TIME.into()],
        );
        self.database.batch(vec![purge]).await?;
        Ok(())
    }
}

/// What a text that takes a slot answers, and a text that reads a counter.
#[derive(Debug, Deserialize)]
struct CounterRow {
    count: u32,
    shut_until: i64,
}

fn take(
    sql: &'static str,
    counter: &Counter,
    now: Instant,
    others: &[Option<&Counter>],
) -> Statement {
    let back_off = counter.kind.back_off();
    let pauses: Vec<String> = back_off
        .pauses()
        .map(|pause| pause.as_millis().to_string())
        .collect();
    let mut values: Vec<SqlValue> = vec![
        counter.kind.as_str().into(),
        counter.key.as_str().into(),
        now.millis().into(),
        format!("[{}]", pauses.join(",")).into(),
        now.plus(back_off.forgotten_after).millis().into(),
    ];
    for other in others {
        values.push(other.map(|other| other.kind.as_str()).into());
        values.push(other.map(|other| other.key.as_str()).into());
    }
    Statement::new(sql, values)
}

fn read(counter: &Counter, now: Instant) -> Statement {
    let values: [SqlValue; 3] = [
        counter.kind.as_str().into(),
        counter.key.as_str().into(),
        now.millis().into(),
    ];
    Statement::new(sql::COUNTER, values)
}

fn begin(counter: &Counter, now: Instant) -> Statement {
    let forgotten_at = now.plus(counter.kind.back_off().forgotten_after);
    let values: [SqlValue; 3] = [
        counter.kind.as_str().into(),
        counter.key.as_str().into(),
        forgotten_at.millis().into(),
    ];
    Statement::new(sql::BEGIN_COUNTER, values)
}

fn forget(counter: &Counter) -> Statement {
    let values: [SqlValue; 2] = [counter.kind.as_str().into(), counter.key.as_str().into()];
    Statement::new(sql::FORGET_COUNTER, values)
}

fn first_row(rows: Option<Vec<Row>>) -> Result<Option<CounterRow>, StoreFailure> {
    rows.unwrap_or_default()
        .into_iter()
        .next()
        .map(Row::read)
        .transpose()
}

/// A slot from what taking it has answered, and from its counter as it was read right after.
fn slot(
    counter: &Counter,
    taken: Option<Vec<Row>>,
    read: Option<Vec<Row>>,
) -> Result<Slot, StoreFailure> {
    if let Some(row) = first_row(taken)? {
        return Ok(Slot::Taken {
            count: row.count,
            shut_until: Instant::from_millis(row.shut_until),
        });
    }
    first_row(read)?
        .map(|row| Slot::Shut {
            kind: counter.kind,
            until: Instant::from_millis(row.shut_until),
        })
        .ok_or_else(|| StoreFailure("a counter is neither free nor shut".to_owned()))
}
