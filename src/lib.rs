//! Feedmill: news feeds in, clean feeds out.

pub mod cli;
pub mod commands;
pub mod config;
pub mod ingest;
pub mod markup;
pub mod model;
pub mod publish;
pub mod store;
