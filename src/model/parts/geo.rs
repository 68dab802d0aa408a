//! Places on earth, in the words of GeoJSON.
#![allow(missing_docs, reason = "the shapes are those of RFC 7946")]

use serde::{Serialize, Serializer};

/// A place on earth: an array of longitude, latitude and, where it is said, altitude (RFC 7946 §3.1.1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// Degrees east.
    pub longitude: f64,
    /// Degrees north.
    pub latitude: f64,
    /// Metres.
    pub altitude: Option<f64>,
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.altitude {
            Some(altitude) => [self.longitude, self.latitude, altitude].serialize(serializer),
            None => [self.longitude, self.latitude].serialize(serializer),
        }
    }
}

/// A place, as GeoJSON (RFC 7946) with `Box` added: two corners.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", content = "coordinates")]
pub enum Geo {
    Point(Position),
    LineString(Vec<Position>),
    /// One ring, closed.
    Polygon([Vec<Position>; 1]),
    /// The lower and the upper corner.
    Box([Position; 2]),
}
