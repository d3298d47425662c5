//! Many rows in few statements: arrays of JSON, each as long as D1 takes.

use serde_json::Value;

/// How many bytes of rows go into one statement: as the operator's tool writes them, two signs a byte, they stay below
/// D1's 100 KB.
const MAX_BYTES: usize = 45_000;

/// The rows as arrays of JSON, as few as their size allows.
pub(super) fn in_pieces(rows: impl IntoIterator<Item = Value>) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for row in rows {
        let text = row.to_string();
        if !piece.is_empty() && piece.len().saturating_add(text.len()) > MAX_BYTES {
            pieces.push(format!("[{}]", std::mem::take(&mut piece)));
        }
        if !piece.is_empty() {
            piece.push(',');
        }
        piece.push_str(&text);
    }
    if !piece.is_empty() {
        pieces.push(format!("[{piece}]"));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rows_go_into_statements_that_d1_takes() {
        let row = |length: usize| json!({"id": 1, "name": "x".repeat(length)});
        for (lengths, expected) in [
            (vec![], 0),
            (vec![10], 1),
            (vec![20_000, 20_000], 1),
            (vec![20_000, 20_000, 20_000], 2),
            (vec![50_000, 10], 2),
        ] {
            let pieces = in_pieces(lengths.iter().map(|length| row(*length)));
            assert_eq!(pieces.len(), expected, "{lengths:?}");
            let rows = pieces.iter().map(|piece| {
                let rows: Vec<Value> = serde_json::from_str(piece).unwrap();
                rows.len()
            });
            assert_eq!(rows.sum::<usize>(), lengths.len());
        }
    }
}
