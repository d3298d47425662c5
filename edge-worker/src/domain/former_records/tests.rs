//! Rows that cannot be read, and what is read of the others.
