//! wasm-bindgen tool.
fn main() {}
