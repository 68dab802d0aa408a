//! Places: GeoRSS simple and GML, and the W3C's `geo:lat`/`geo:long`. Written latitude first, kept longitude first.

use super::super::reader::Reader;
use super::super::record::{Building, Record, fill};
use super::super::xml::tree::Element;
use crate::model::parts::{Geo, Position};

/// As many positions of one place as are read.
const MAX_POSITIONS: usize = 10_000;

/// Reads a child of a feed or an entry.
pub(super) fn any<'a, R: Record>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    to: &mut Building<R>,
) -> bool {
    let place = match element.local() {
        "Point" => point_parts(reader, element),
        "where" | "LineString" | "Polygon" | "Envelope" => shape(reader, element),
        "lat" | "long" | "lon" => return half_point(reader, element, to),
        name => match shape_of(name) {
            Some(make) => make(positions(&reader.text(element))),
            None => return false,
        },
    };
    fill(to.record.shared().geo, place.map(Box::new));
    true
}

type Shape = fn(Vec<Position>) -> Option<Geo>;

/// What the positions in an element make.
fn shape_of(name: &str) -> Option<Shape> {
    Some(match name {
        "point" | "pos" => |all| all.first().copied().map(Geo::Point),
        "line" => |all| (all.len() >= 2).then_some(Geo::LineString(all)),
        "polygon" => |all| (all.len() >= 3).then_some(Geo::Polygon([all])),
        "box" => |all| Some(Geo::Box([*all.first()?, *all.get(1)?])),
        _ => return None,
    })
}

/// GML: the shape says what the positions in it make, however deep they stand.
fn shape<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Option<Geo> {
    let mut all = Vec::new();
    let mut shape = shape_name(element.local());
    collect(reader, element, &mut shape, &mut all);
    shape_of(shape?)?(all)
}

fn shape_name(gml: &str) -> Option<&'static str> {
    match gml {
        "Point" => Some("point"),
        "LineString" => Some("line"),
        "Polygon" => Some("polygon"),
        "Envelope" => Some("box"),
        _ => None,
    }
}

fn collect<'a>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    shape: &mut Option<&'static str>,
    all: &mut Vec<Position>,
) {
    // Bounded by the tree's own depth limit.
    reader.children(element, |reader, child| match child.local() {
        "pos" | "posList" | "lowerCorner" | "upperCorner" | "coordinates" => {
            let text = reader.text(child);
            let room = MAX_POSITIONS.saturating_sub(all.len());
            all.extend(positions(&text).into_iter().take(room));
        }
        name => {
            if shape.is_none() {
                *shape = shape_name(name);
            }
            collect(reader, child, shape, all);
        }
    });
}

/// `geo:Point` with `geo:lat` and `geo:long` in it, or GML's with `gml:pos`.
fn point_parts<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Option<Geo> {
    let (mut latitude, mut longitude, mut written) = (None, None, None);
    reader.children(element, |reader, child| match child.local() {
        "lat" => latitude = reader.number(child),
        "long" | "lon" => longitude = reader.number(child),
        "pos" => {
            let text = reader.text(child);
            written = positions(&text).first().copied();
        }
        _ => {}
    });
    let position = written.or_else(|| checked(latitude?, longitude?));
    position.map(Geo::Point)
}

/// `geo:lat` and `geo:long` stand side by side: the first is kept until the second comes.
fn half_point<'a, R: Record>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<R>) -> bool {
    let Some(number) = reader.number::<f64>(element) else { return true };
    let is_latitude = element.local() == "lat";
    let half = if is_latitude { &mut to.weak.latitude } else { &mut to.weak.longitude };
    fill(half, Some(number));
    if let (Some(latitude), Some(longitude)) = (to.weak.latitude, to.weak.longitude) {
        let place = checked(latitude, longitude).map(Geo::Point);
        fill(to.record.shared().geo, place.map(Box::new));
    }
    true
}

/// Pairs of latitude and longitude, separated by spaces or commas.
fn positions(text: &str) -> Vec<Position> {
    let numbers = text.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty());
    let numbers: Option<Vec<f64>> = numbers.take(2 * MAX_POSITIONS).map(|part| part.parse().ok()).collect();
    let numbers = numbers.unwrap_or_default();
    let pairs: Option<Vec<Position>> =
        numbers.chunks_exact(2).map(|pair| checked(pair[0], pair[1])).collect();
    pairs.unwrap_or_default()
}

/// A position on earth, longitude first.
fn checked(latitude: f64, longitude: f64) -> Option<Position> {
    ((-90.0..=90.0).contains(&latitude) && (-360.0..=360.0).contains(&longitude))
        .then_some([longitude, latitude])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_pairs_on_earth_or_nothing() {
        assert_eq!(positions("45.256 -71.92, 46 -72"), [[-71.92, 45.256], [-72.0, 46.0]]);
        assert!(positions("95 10").is_empty());
        assert!(positions("north 10").is_empty());
        assert!(positions("NaN 10").is_empty());
    }
}
