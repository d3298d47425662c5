//! One command starts everything, one proves everything.
fn main() {}
