//! News in: [`fetch`] gets bytes, [`decode`] makes text of them, [`parse`] a feed document, [`clean`] drafts of
//! articles, [`decide`] says what is new. [`read`] is decode and parse in one; [`round`] does all of it
//! for many sources. Knows nothing of publishing.

pub mod clean;
pub mod decide;
pub mod decode;
pub mod fetch;
pub mod parse;
pub mod read;
pub mod round;
