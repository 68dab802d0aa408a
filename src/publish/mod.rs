//! Clean feeds out: [`select`] decides, [`compose`] makes the output feed, [`render`] its documents, [`target`] puts
//! them where readers find them. Knows nothing of ingesting.

pub mod compose;
pub mod edition;
mod heirs;
pub mod leftovers;
pub mod render;
pub mod rules;
pub mod select;
mod standing;
pub mod target;
