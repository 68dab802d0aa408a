//! A document taken apart into raw values, keeping what was read when it breaks off.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;

/// More items than this are not read: an entry takes far more memory than the shortest item takes bytes.
pub(super) const MAX_ITEMS: usize = 20_000;

/// The members of a JSON object, in document order, each value as written.
#[derive(Debug, Default)]
pub(super) struct Object<'a>(pub(super) Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Object<'a> {
    /// Takes a member out; of several with one name the last. `null` is as good as none.
    pub(super) fn take(&mut self, name: &str) -> Option<&'a RawValue> {
        let mut taken = None;
        self.0.retain(|(key, value)| {
            let found = key == name;
            if found {
                taken = Some(*value);
            }
            !found
        });
        taken.filter(|value| value.get() != "null")
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut object = Object::default();
                while let Some((Key(key), value)) = map.next_entry()? {
                    object.0.push((key, value));
                }
                Ok(object)
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// A member's name, borrowed where it has no escapes.
struct Key<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl<'de> Visitor<'de> for Name {
            type Value = Cow<'de, str>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a member name")
            }

            fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
                Ok(Cow::Borrowed(name))
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
                Ok(Cow::Owned(name.to_owned()))
            }
        }
        deserializer.deserialize_str(Name).map(Key)
    }
}

/// What a document has in the place of its items.
#[derive(Debug, Default)]
pub(super) enum Items<'a> {
    /// The document is not even an object.
    #[default]
    NoObject,
    /// No `items`, or something that is no list.
    None,
    /// The list, as far as it could be read.
    List(Vec<&'a RawValue>),
}

/// A feed document in raw values.
#[derive(Debug, Default)]
pub(super) struct Skeleton<'a> {
    /// All members but `items`.
    pub(super) fields: Object<'a>,
    pub(super) items: Items<'a>,
    /// The document was read to its end; more may stand behind it.
    pub(super) is_whole: bool,
    /// The document is a mere list of items.
    pub(super) is_list: bool,
    /// There are more items than [`MAX_ITEMS`].
    pub(super) too_many: bool,
}

impl<'a> Skeleton<'a> {
    /// Takes a document apart. On an error, what was read before it is in the skeleton.
    pub(super) fn read(text: &'a str) -> (Self, serde_json::Result<()>) {
        let mut skeleton = Self::default();
        let mut reader = serde_json::Deserializer::from_str(text);
        skeleton.is_list = text.trim_start().starts_with('[');
        let outcome = if skeleton.is_list {
            reader.deserialize_any(ItemList(&mut skeleton))
        } else {
            reader.deserialize_map(&mut skeleton)
        };
        skeleton.is_whole = outcome.is_ok();
        (skeleton, outcome.and_then(|()| reader.end()))
    }

    /// Reads objects that stand one behind the other, each an item.
    pub(super) fn read_lines(text: &'a str) -> Option<Self> {
        let mut skeleton = Self { is_list: true, items: Items::List(Vec::new()), ..Self::default() };
        let lines = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
        lines.map_while(Result::ok).for_each(|line| skeleton.push(line));
        skeleton.is_of_items().then_some(skeleton)
    }

    /// Whether there are items, and one of them says what an item says.
    pub(super) fn is_of_items(&self) -> bool {
        const TELLING: &[&str] = &["title", "url", "summary", "content_html", "content_text"];
        let Items::List(items) = &self.items else { return false };
        items.iter().any(|item| {
            let item: Object<'_> = serde_json::from_str(item.get()).unwrap_or_default();
            item.0.iter().any(|(name, _)| TELLING.contains(&name.as_ref()))
        })
    }

    /// The one item of a list that has one.
    pub(super) fn only_item(&self) -> Option<&'a RawValue> {
        match &self.items {
            Items::List(items) if self.is_list && items.len() == 1 => items.first().copied(),
            _ => None,
        }
    }

    fn push(&mut self, item: &'a RawValue) {
        let Items::List(items) = &mut self.items else { return };
        if items.len() < MAX_ITEMS {
            items.push(item);
        } else {
            self.too_many = true;
        }
    }

    /// Whether any item was read.
    pub(super) fn has_items(&self) -> bool {
        matches!(&self.items, Items::List(items) if !items.is_empty())
    }
}

impl<'de> Visitor<'de> for &mut Skeleton<'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON Feed")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        self.items = Items::None;
        while let Some(Key(key)) = map.next_key()? {
            if key == "items" {
                map.next_value_seed(&mut *self)?;
            } else {
                self.fields.0.push((key, map.next_value()?));
            }
        }
        Ok(())
    }
}

/// The value of `items`.
impl<'de> DeserializeSeed<'de> for &mut Skeleton<'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(ItemList(self))
    }
}

/// Reads a list of items; also an object of them, as PHP writes a list with gaps. Anything else is no list.
struct ItemList<'s, 'a>(&'s mut Skeleton<'a>);

impl<'de> Visitor<'de> for ItemList<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.items = Items::List(Vec::new());
        while let Some(item) = list.next_element()? {
            self.0.push(item);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        self.0.items = Items::List(Vec::new());
        while let Some((IgnoredAny, item)) = map.next_entry()? {
            self.0.push(item);
        }
        Ok(())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}
