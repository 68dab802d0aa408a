//! Words, packed: heads and bodies of articles that are written together, in blocks.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use rusqlite::types::ValueRef;
use rusqlite::{Transaction, params};
use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::{CParameter, ParamSwitch, compress_bound};

use super::codec::Columns;
use super::fault::Fault;
use super::head::{HEAD, add_head};
use crate::model::{ArticleBody, SafeHtml};

/// Bytes in a block before it is packed: more pack hardly better, and all of them are unpacked for one article. A block
/// holds what it is given whole, so a long article has a longer block to itself.
const BLOCK: usize = 64 << 10;
/// The fastest of zstd's usual levels: the next ones take twice the time for a twentieth of the room.
const LEVEL: i32 = 1;
/// Short matches are not looked for, and where nothing matches it takes long steps: of feeds, nearly half the time for a
/// third more room. Still longer ones save nothing, since what was not matched is packed letter by letter; zstd's own
/// faster levels leave that unpacked, and LZ4 takes longer on short texts.
const QUICKER: [CParameter; 3] = [
    CParameter::MinMatch(7),
    CParameter::TargetLength(16),
    CParameter::LiteralCompressionMode(ParamSwitch::Enable),
];
/// Unpacked blocks kept while reading: articles of one feed lie in few.
const KEPT: usize = 16;

/// Where an article's words lie: in a block, first the head, behind it the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) block: i64,
    pub(super) start: i64,
    pub(super) headed: i64,
    pub(super) bodied: Option<i64>,
}

impl Place {
    /// From the next columns, `block`, `start`, `headed` and `bodied`.
    pub(super) fn of(columns: &mut Columns<'_>) -> Result<Self, Fault> {
        Ok(Self {
            block: columns.take()?,
            start: columns.take()?,
            headed: columns.take()?,
            bodied: columns.take()?,
        })
    }

    fn content(&self, block: &str) -> Result<Option<SafeHtml>, Fault> {
        let start = self.start.saturating_add(self.headed);
        self.bodied.map(|bodied| words(block, start, bodied).map(kept)).transpose()
    }
}

/// Packs words into blocks and writes these. The places come in the order of the bodies.
pub(super) fn pack(db: &Transaction<'_>, bodies: &[&ArticleBody]) -> Result<Vec<Place>, Fault> {
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    let mut packer = Packer::new(db)?;
    let places = bodies.iter().map(|body| packer.add(body)).collect::<Result<_, Fault>>()?;
    let rest = packer.words.len();
    if rest > 0 {
        packer.close(rest)?;
    }
    Ok(places)
}

struct Packer<'a> {
    db: &'a Transaction<'a>,
    compressor: Compressor<'static>,
    /// The number of the block being filled.
    block: i64,
    words: Vec<u8>,
    /// The block before it, packed.
    packed: Vec<u8>,
    /// How many articles have their words in it.
    uses: i64,
}

impl<'a> Packer<'a> {
    fn new(db: &'a Transaction<'a>) -> Result<Self, Fault> {
        let next = "SELECT coalesce(max(pk), 0) + 1 FROM blocks";
        let block = db.prepare_cached(next)?.query_one([], |row| row.get(0))?;
        let mut compressor = Compressor::new(LEVEL).map_err(Fault::Packing)?;
        for parameter in QUICKER {
            compressor.set_parameter(parameter).map_err(Fault::Packing)?;
        }
        Ok(Self { db, compressor, block, words: Vec::new(), packed: Vec::new(), uses: 0 })
    }

    fn add(&mut self, body: &ArticleBody) -> Result<Place, Fault> {
        let mut start = self.words.len();
        add_head(body, &mut self.words)?;
        let html = body.content.as_ref().map(SafeHtml::as_str);
        if start > 0 && self.words.len() + html.map_or(0, str::len) > BLOCK {
            self.close(start)?;
            start = 0;
        }
        let headed = self.words.len() - start;
        self.words.extend_from_slice(html.unwrap_or_default().as_bytes());
        self.uses += 1;
        let bodied = html.map(|html| html.len() as i64);
        Ok(Place { block: self.block, start: start as i64, headed: headed as i64, bodied })
    }

    /// Writes the block up to here; what is behind it begins the next.
    fn close(&mut self, length: usize) -> Result<(), Fault> {
        self.packed.clear();
        self.packed.reserve(compress_bound(length));
        self.compressor
            .compress_to_buffer(&self.words[..length], &mut self.packed)
            .map_err(Fault::Packing)?;
        self.db
            .prepare_cached("INSERT INTO blocks (pk, length, data) VALUES (?1, ?2, ?3)")?
            .execute(params![self.block, length as i64, self.packed])?;
        self.db
            .prepare_cached("INSERT INTO uses (block, words) VALUES (?1, ?2)")?
            .execute([self.block, self.uses])?;
        self.words.drain(..length);
        (self.block, self.uses) = (self.block + 1, 0);
        Ok(())
    }
}

/// Notes that some words of these blocks, one for each time that a block is named, belong to nobody any more; a block
/// without any other goes.
pub(super) fn release(db: &Transaction<'_>, blocks: &[i64]) -> Result<(), Fault> {
    for block in blocks {
        db.prepare_cached("UPDATE uses SET words = words - 1 WHERE block = ?1")?.execute([block])?;
        if db.prepare_cached("DELETE FROM uses WHERE block = ?1 AND words <= 0")?.execute([block])? > 0 {
            db.prepare_cached("DELETE FROM blocks WHERE pk = ?1")?.execute([block])?;
        }
    }
    Ok(())
}

/// Unpacks blocks. Asked in the order of the blocks, it unpacks each once.
pub(super) struct Shelf<'a> {
    db: &'a Transaction<'a>,
    unpacker: RefCell<Decompressor<'static>>,
    kept: RefCell<VecDeque<(i64, Rc<str>)>>,
}

impl<'a> Shelf<'a> {
    pub(super) fn new(db: &'a Transaction<'a>) -> Result<Self, Fault> {
        let unpacker = Decompressor::new().map_err(Fault::Packing)?;
        Ok(Self { db, unpacker: RefCell::new(unpacker), kept: RefCell::default() })
    }

    /// The words that the next columns, `block`, `start`, `headed` and `bodied`, point to; the body only if wanted.
    pub(super) fn body(&self, columns: &mut Columns<'_>, content: bool) -> Result<ArticleBody, Fault> {
        let place = Place::of(columns)?;
        let block = self.block(place.block)?;
        let head = words(&block, place.start, place.headed)?;
        let body: ArticleBody =
            serde_json::from_str(head).map_err(|cause| Fault::Json { what: HEAD, cause })?;
        let content = if content { place.content(&block)? } else { None };
        Ok(ArticleBody { content, ..body })
    }

    fn block(&self, pk: i64) -> Result<Rc<str>, Fault> {
        let found =
            self.kept.borrow().iter().find(|(kept, _)| *kept == pk).map(|(_, block)| Rc::clone(block));
        if let Some(block) = found {
            return Ok(block);
        }
        let block = self.unpack(pk)?;
        let mut kept = self.kept.borrow_mut();
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back((pk, Rc::clone(&block)));
        Ok(block)
    }

    fn unpack(&self, pk: i64) -> Result<Rc<str>, Fault> {
        let mut statement = self.db.prepare_cached("SELECT length, data FROM blocks WHERE pk = ?1")?;
        let mut rows = statement.query([pk])?;
        let row = rows.next()?.ok_or_else(|| broken(pk))?;
        let data = match row.get_ref(1)? {
            ValueRef::Text(text) => text.to_owned(),
            ValueRef::Blob(packed) => {
                let length: u32 = row.get(0)?;
                self.unpacker.borrow_mut().decompress(packed, length as usize).map_err(|_| broken(pk))?
            }
            _ => return Err(broken(pk)),
        };
        String::from_utf8(data).map(Rc::from).map_err(|_| broken(pk))
    }
}

fn words(block: &str, start: i64, length: i64) -> Result<&str, Fault> {
    let ends = (usize::try_from(start), start.checked_add(length).map(usize::try_from));
    let words = match ends {
        (Ok(start), Some(Ok(end))) => block.get(start..end),
        _ => None,
    };
    words.ok_or_else(|| Fault::Value { what: "a place in a block", value: format!("{start}+{length}") })
}

fn broken(pk: i64) -> Fault {
    Fault::Value { what: "a block of words", value: pk.to_string() }
}

#[allow(clippy::disallowed_methods, reason = "a store gives back what the sanitizer wrote")]
fn kept(html: &str) -> SafeHtml {
    SafeHtml::vouched(html.to_owned())
}
