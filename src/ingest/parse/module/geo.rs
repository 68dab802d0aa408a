//! Places: GeoRSS simple and GML, the W3C's `geo:lat`/`geo:long`, and `icbm:`. Kept longitude first.

use super::super::reader::Reader;
use super::super::record::{Building, Record, fill};
use super::super::xml::tree::Element;
use super::rss::fold;
use crate::model::parts::{Geo, Position};

/// As many positions of one place as are read.
const MAX_POSITIONS: usize = 10_000;

/// Reads a child of a feed or an entry.
pub(super) fn any<'a, R: Record>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    to: &mut Building<R>,
) -> bool {
    let place = match fold(element.local()).as_ref() {
        "where" | "point" | "linestring" | "line" | "polygon" | "envelope" | "box" | "pos" => {
            place(reader, element)
        }
        "lat" | "latitude" => return half_point(reader, element, (to, true)),
        "long" | "lon" | "longitude" => return half_point(reader, element, (to, false)),
        _ => return false,
    };
    fill(to.record.shared().geo, place.map(Box::new));
    true
}

/// A place in the making.
#[derive(Default)]
struct Place {
    shape: Option<Shape>,
    system: System,
    positions: Vec<Position>,
    /// The W3C's `geo:Point`.
    latitude: Option<f64>,
    longitude: Option<f64>,
    altitude: Option<f64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Point,
    Line,
    Polygon,
    Box,
}

impl Shape {
    /// The shape that an element of GeoRSS or GML is, by its name in lower case.
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "point" | "pos" => Self::Point,
            "line" | "linestring" => Self::Line,
            "polygon" => Self::Polygon,
            "box" | "envelope" => Self::Box,
            _ => return None,
        })
    }
}

/// How the numbers of a place are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct System {
    longitude_first: bool,
    /// Numbers come by threes.
    has_altitude: bool,
}

/// The outermost shape says what the positions in an element make, however deep they stand.
fn place<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Option<Geo> {
    let mut place = Place::default();
    collect(reader, element, &mut place);
    let Place { shape, positions, latitude, longitude, altitude, .. } = place;
    if let (Some(latitude), Some(longitude)) = (latitude, longitude) {
        return checked(Position { longitude, latitude, altitude }).map(Geo::Point);
    }
    match shape? {
        Shape::Point => positions.first().copied().map(Geo::Point),
        Shape::Line => (positions.len() >= 2).then_some(Geo::LineString(positions)),
        // A ring ends where it begins (RFC 7946 §3.1.6).
        Shape::Polygon => (positions.len() >= 4).then_some(Geo::Polygon([positions])),
        Shape::Box => Some(Geo::Box([*positions.first()?, *positions.get(1)?])),
    }
}

/// Reads an element of a place: its text as positions, or what is in it.
fn collect<'a>(reader: &mut Reader<'a>, element: &Element<'a>, place: &mut Place) {
    let outer = place.system;
    place.system = system(reader, element, outer);
    place.shape = place.shape.or_else(|| Shape::of(&fold(element.local())));
    // Bounded by the tree's own depth limit.
    let text = reader.children_and_text(element, |reader, child| match fold(child.local()).as_ref() {
        "lat" => place.latitude = reader.number(child),
        "long" | "lon" => place.longitude = reader.number(child),
        "alt" => place.altitude = reader.number(child),
        // A hole.
        "interior" | "innerboundaryis" => {}
        _ => collect(reader, child, place),
    });
    let room = MAX_POSITIONS.saturating_sub(place.positions.len());
    place.positions.extend(positions(&text, place.system).into_iter().take(room));
    place.system = outer;
}

/// What an element says of its coordinates; what it does not say holds on from outside.
fn system<'a>(reader: &mut Reader<'a>, element: &Element<'a>, outer: System) -> System {
    if element.attributes.is_empty() {
        return outer;
    }
    let dimension = reader.attribute(element, "srsDimension");
    let name = reader.attribute(element, "srsName");
    System {
        longitude_first: name.map_or(outer.longitude_first, |name| is_longitude_first(&name)),
        has_altitude: dimension.map_or(outer.has_altitude, |dimension| dimension == "3"),
    }
}

/// Whether a coordinate reference system has its longitude first. GeoRSS GML is WGS 84, latitude first; `CRS84` is
/// the same the other way round, and of EPSG's systems those outside its geographic range have east first.
fn is_longitude_first(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let code = name.rsplit([':', '#', '/']).next().unwrap_or(&name);
    if code == "CRS84" || code == "CRS84H" {
        return true;
    }
    let is_geographic = |code: u32| matches!(code, 3819 | 3821 | 3824 | 3889 | 3906 | 4001..=4999);
    name.contains("EPSG") && code.parse().is_ok_and(|code| !is_geographic(code))
}

/// `geo:lat` and `geo:long` stand side by side: the first is kept until the second comes.
fn half_point<'a, R: Record>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    (to, is_latitude): (&mut Building<R>, bool),
) -> bool {
    let Some(number) = reader.number::<f64>(element) else { return true };
    let half = if is_latitude { &mut to.weak.latitude } else { &mut to.weak.longitude };
    fill(half, Some(number));
    if let (Some(latitude), Some(longitude)) = (to.weak.latitude, to.weak.longitude) {
        let place = checked(Position { longitude, latitude, altitude: None }).map(Geo::Point);
        fill(to.record.shared().geo, place.map(Box::new));
    }
    true
}

/// Positions, their numbers separated by spaces or commas; none if one of them is no place on earth.
fn positions(text: &str, system: System) -> Vec<Position> {
    let size = if system.has_altitude { 3 } else { 2 };
    let numbers = text.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty());
    let numbers: Option<Vec<f64>> =
        numbers.take(size * MAX_POSITIONS).map(|part| part.parse().ok()).collect();
    let numbers = numbers.unwrap_or_default();
    let position = |numbers: &[f64]| {
        let (latitude, longitude) =
            if system.longitude_first { (numbers[1], numbers[0]) } else { (numbers[0], numbers[1]) };
        checked(Position { longitude, latitude, altitude: numbers.get(2).copied() })
    };
    numbers.chunks_exact(size).map(position).collect::<Option<_>>().unwrap_or_default()
}

/// A position, if there is one on earth.
fn checked(position: Position) -> Option<Position> {
    let Position { longitude, latitude, altitude } = position;
    let is_there = (-90.0..=90.0).contains(&latitude) && (-360.0..=360.0).contains(&longitude);
    (is_there && altitude.is_none_or(f64::is_finite)).then_some(position)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str, longitude_first: bool) -> Vec<(f64, f64)> {
        let found = positions(text, System { longitude_first, has_altitude: false });
        found.into_iter().map(|place| (place.longitude, place.latitude)).collect()
    }

    #[test]
    fn positions_are_pairs_on_earth_or_nothing() {
        assert_eq!(pairs("45.256 -71.92, 46 -72", false), [(-71.92, 45.256), (-72.0, 46.0)]);
        assert_eq!(pairs(" -71.92,45.256 ", true), [(-71.92, 45.256)]);
        for text in ["95 10", "north 10", "NaN 10", "10", ""] {
            assert!(pairs(text, false).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_reference_system_tells_the_order() {
        let table = [
            ("EPSG:4326", false),
            ("urn:ogc:def:crs:EPSG::4326", false),
            ("http://www.opengis.net/gml/srs/epsg.xml#4326", false),
            ("urn:x-ogc:def:crs:EPSG:6.6:4979", false),
            ("WGS84", false),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", true),
            ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", true),
            ("EPSG:3857", true),
            ("epsg:26915", true),
        ];
        for (name, longitude_first) in table {
            assert_eq!(is_longitude_first(name), longitude_first, "{name}");
        }
    }
}
