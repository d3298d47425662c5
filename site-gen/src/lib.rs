//! The static-site generator.
