//! HTML as a stream of tokens, read in linear time: what parsing, sanitising and text-making share.

mod balance;
mod canon;
mod elements;
mod entity;
mod frame;
mod outline;
mod page;
mod scan;
mod srcset;
pub mod text;

pub(crate) use balance::Balancer;
pub(crate) use canon::push_value;
pub(crate) use elements::{is_block, is_void};
pub(crate) use entity::{
    LONGEST_NAME, character, decode_attribute, decode_text, named_reference, numeric_reference,
};
pub(crate) use frame::{framed, is_unseen};
pub(crate) use outline::{Kind, Outline, Piece, tag_name};
pub(crate) use page::{lower, tame_page};
pub(crate) use scan::{Scanner, Tag, Token};
pub(crate) use srcset::candidates;

/// Whether an HTML text holds any tag at all.
pub(crate) fn has_tags(html: &str) -> bool {
    Scanner::fragment(html).any(|token| !matches!(token, Token::Text(_)))
}
