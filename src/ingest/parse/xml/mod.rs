//! XML as feeds write it: tokens, references, attributes, names and a balanced stream of elements, all borrowed
//! from the text. Nothing here fails; what is repaired is noted in [`repairs::Repairs`].

pub(super) mod attributes;
mod ends;
pub(super) mod entities;
mod implied;
pub(super) mod names;
pub(super) mod repairs;
mod scan;
mod scopes;
pub(super) mod tree;
