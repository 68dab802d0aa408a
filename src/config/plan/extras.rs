//! What many sources do not have: apart from the rest, so that a list of thousands of URLs stays small.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::config::secret::Secret;
use crate::model::PlainText;

use super::Auth;

/// How a source is called, and what its requests carry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extras {
    /// Printed in credits; `None`: the feed's own title.
    pub name: Option<PlainText>,
    /// The config's own tags; they count as tags of every article.
    pub tags: Vec<PlainText>,
    /// Rights statement that overrides the feed's own.
    pub rights: Option<PlainText>,
    /// Language that stands in where the feed says none.
    pub language: Option<String>,
    /// Request headers; sent to the source's own host only.
    pub headers: BTreeMap<String, Secret>,
    /// Credentials; sent to the source's own host only.
    pub auth: Option<Box<Auth>>,
}

/// [`Extras`], which take no room of their own where there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BoxedExtras(Option<Box<Extras>>);

impl Extras {
    const NONE: &Self = &Self {
        name: None,
        tags: Vec::new(),
        rights: None,
        language: None,
        headers: BTreeMap::new(),
        auth: None,
    };
}

impl From<Extras> for BoxedExtras {
    fn from(extras: Extras) -> Self {
        Self((extras != *Extras::NONE).then(|| Box::new(extras)))
    }
}

impl Deref for BoxedExtras {
    type Target = Extras;

    fn deref(&self) -> &Extras {
        self.0.as_deref().unwrap_or(Extras::NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SourcePlan;

    #[test]
    fn a_plain_source_is_small() {
        assert!(size_of::<SourcePlan>() <= 152, "{} bytes", size_of::<SourcePlan>());
        assert_eq!(BoxedExtras::from(Extras::default()).0, None);
    }

    #[test]
    fn extras_come_out_as_they_went_in() {
        let extras = Extras { language: Some("fr".into()), ..Extras::default() };
        assert_eq!(*BoxedExtras::from(extras.clone()), extras);
        assert_eq!(*BoxedExtras::default(), Extras::default());
    }
}
