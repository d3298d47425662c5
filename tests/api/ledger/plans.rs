//! What moves money is bounded: no statement of it reads a whole table.

use std::collections::BTreeSet;

use libtest_mimic::Trial;
use portal_tests::ledger::deeds::deeds;
use portal_tests::sqlite::{Memory, Sqlite};
use portal_tests::trials;

pub(super) fn trials() -> Vec<Trial> {
    trials! { "native":
        no_statement_that_moves_money_reads_a_whole_table,
    }
}

/// What is looked at as a whole, and why that is no more than is wanted.
const WHOLE: [(&str, &str); 3] = [
    (
        "outbox USING INDEX outbox_of_nobody",
        "the index holds what is to be deleted",
    ),
    ("kinds", "four rows of the statement's own"),
    ("moved", "rows of the statement's own, of one operation"),
];

/// What the clock does is bounded by an index as well: among a million commissions it finds those that are due.
fn no_statement_that_moves_money_reads_a_whole_table() {
    let mut texts = BTreeSet::new();
    for (name, prepare, deed) in deeds::<Memory>() {
        let market = prepare();
        assert!(deed(&market), "{name}");
        market.upkeep();
        market.balance(1);
        texts.extend(market.native.sql());
    }
    assert!(texts.len() > 35, "only {} texts", texts.len());
    let database = Sqlite::fresh();
    for text in texts {
        let mut scans = database.scans(text);
        scans.retain(|scan| !WHOLE.iter().any(|(known, _)| scan.starts_with(known)));
        assert!(scans.is_empty(), "{scans:?} in {text}");
    }
    let scan = database.scans("SELECT id FROM payments AS paid WHERE amount = 1");
    assert_eq!(scan.len(), 1, "the test sees a scan");
}
