//! HTML as a stream of tokens, read in linear time: what sanitising and text-making share.

mod balance;
mod elements;
mod entity;
mod page;
mod scan;

pub(super) use balance::Balancer;
pub(super) use elements::is_block;
pub(super) use entity::{decode_attribute, decode_text};
pub(super) use page::{lower, tame_page};
pub(super) use scan::{Scanner, Tag, Token};

/// Whether an HTML text holds any tag at all.
pub(super) fn has_tags(html: &str) -> bool {
    Scanner::fragment(html).any(|token| !matches!(token, Token::Text(_)))
}
