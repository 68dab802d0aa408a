//! SQLite behind the contract: one file, WAL.
