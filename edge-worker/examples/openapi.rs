//! Prints the API's document, for `edge-worker/openapi.json`.

use std::io::{self, Write as _};

use edge_worker::http::openapi::document;

fn main() -> io::Result<()> {
    writeln!(io::stdout(), "{document}", document = document())
}
