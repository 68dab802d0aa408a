//! The vocabularies that feeds are written in: a file each. Every module has one or more of `feed` (an element of
//! the feed), `entry` (of an entry) and `any` (of either); they say whether they know the element.

pub(super) mod admin;
pub(super) mod atom;
pub(super) mod cdf;
pub(super) mod chapters;
pub(super) mod comments;
pub(super) mod content;
pub(super) mod dublin_core;
pub(super) mod extension;
pub(super) mod geo;
pub(super) mod history;
mod image;
pub(super) mod itunes;
pub(super) mod license;
pub(super) mod media;
pub(super) mod podcast;
pub(super) mod rss;
pub(super) mod sitemap;
pub(super) mod syndication;
pub(super) mod tombstones;

use super::reader::Reader;
use super::record::{Building, Record};
use super::xml::names::Module;
use super::xml::tree::Element;
use crate::model::{Entry, FeedMeta};

/// Reads a child of a feed.
pub(super) fn feed<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<FeedMeta>) {
    let known = match element.module {
        // Each other's elements are taken for what they mean, without or in the wrong namespace.
        Module::Rss => rss::feed(reader, element, to) || atom::feed(reader, element, to),
        Module::Atom => atom::feed(reader, element, to) || rss::feed(reader, element, to),
        Module::Media => media::feed(reader, element, to),
        Module::Syndication => syndication::feed(reader, element, to),
        Module::History => history::feed(element, to),
        Module::Admin => admin::feed(reader, element, to),
        Module::Cdf => cdf::feed(reader, element, to),
        _ => any(reader, element, to),
    };
    if !known {
        extension::any(reader, element, to);
    }
}

/// Reads a child of an entry.
pub(super) fn entry<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<Entry>) {
    let known = match element.module {
        Module::Rss => rss::entry(reader, element, to) || atom::entry(reader, element, to),
        Module::Atom => atom::entry(reader, element, to) || rss::entry(reader, element, to),
        Module::Xhtml if reader.native == Module::Sitemap => sitemap::entry(reader, element, to),
        Module::Sitemap | Module::SitemapNews | Module::SitemapImage | Module::SitemapVideo => {
            sitemap::entry(reader, element, to)
        }
        Module::Cdf => cdf::entry(reader, element, to),
        Module::Content | Module::Xhtml => content::entry(reader, element, to),
        Module::Wfw | Module::Thread => comments::entry(reader, element, to),
        Module::Media => media::entry(reader, element, to),
        Module::Chapters => chapters::entry(reader, element, to),
        Module::Podcast => podcast::entry(reader, element, to),
        _ => any(reader, element, to),
    };
    if !known {
        extension::any(reader, element, to);
    }
}

fn any<'a, R: Record>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<R>) -> bool {
    match element.module {
        Module::DublinCore | Module::DcTerms => dublin_core::any(reader, element, to),
        Module::Itunes => itunes::any(reader, element, to),
        Module::License => license::any(reader, element, to),
        Module::Geo => geo::any(reader, element, to),
        Module::Podcast => podcast::any(reader, element, to),
        _ => false,
    }
}
