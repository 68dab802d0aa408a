//! `[fetch]`: what one exchange and one document may take, and where it may go.

use ipnet::IpNet;

use crate::config::limits::Limits;
use crate::config::shapes::Count;
use crate::config::written::Fetch;

/// The caps, with built-in ones where the config has none.
pub(super) fn limits(written: &Fetch) -> Limits {
    let built_in = Limits::default();
    Limits {
        connect_timeout: written.connect_timeout.map_or(built_in.connect_timeout, |period| period.0),
        header_timeout: written.header_timeout.map_or(built_in.header_timeout, |period| period.0),
        idle_timeout: written.idle_timeout.map_or(built_in.idle_timeout, |period| period.0),
        max_headers: written.max_headers.map_or(built_in.max_headers, Count::get),
        max_header_size: written.max_header_size.map_or(built_in.max_header_size, |size| size.0),
        // What may come out may go in.
        max_download: written.max_download.or(written.max_size).map_or(built_in.max_download, |size| size.0),
        max_ratio: written.max_ratio.map_or(built_in.max_ratio, |ratio| ratio.get() as u64),
        max_items: written.max_items.map_or(built_in.max_items, Count::get),
        max_text: written.max_text.map_or(built_in.max_text, |size| size.0),
        max_field: written.max_field.map_or(built_in.max_field, |size| size.0),
    }
}

/// The networks that may be asked.
pub(super) fn networks(written: &Fetch) -> Vec<IpNet> {
    let listed = written.allow_networks.iter().flat_map(|networks| &networks.0);
    listed.map(|network| network.value.0.trunc()).collect()
}
