//! What is cleaned of other people's words, step by step. The steps themselves are in `ingest/clean/steps`.

/// One step of cleaning that a source may switch off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum CleanStep {
    /// Images that a script would have loaded get their address; one of a placeholder and its twin stays.
    LazyImages,
    /// Images that nobody is to see.
    Trackers,
    /// Addresses of redirectors become where they lead.
    Redirects,
    /// Parameters of links that follow readers about.
    TrackingParams,
    /// Bars of links to share the article by.
    ShareLinks,
    /// Lists of other articles behind this one.
    Related,
    /// Forms and invitations to subscribe.
    SignUp,
    /// Marks where an advertisement was.
    Ads,
    /// Lines that say which site this is from: "The post … appeared first on …", reddit's "link" and "comments".
    Footers,
    /// "Continue reading", leading to the article itself.
    ReadMore,
    /// The headline, once more.
    Headline,
    /// Paragraphs without words.
    Empty,
}

impl CleanStep {
    /// All of them, in the order in which they are taken.
    pub const ALL: [Self; 12] = [
        Self::LazyImages,
        Self::Trackers,
        Self::Redirects,
        Self::TrackingParams,
        Self::ShareLinks,
        Self::Related,
        Self::SignUp,
        Self::Ads,
        Self::Footers,
        Self::ReadMore,
        Self::Headline,
        Self::Empty,
    ];

    /// Its name in the config.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LazyImages => "lazy-images",
            Self::Trackers => "trackers",
            Self::Redirects => "redirects",
            Self::TrackingParams => "tracking-params",
            Self::ShareLinks => "share-links",
            Self::Related => "related",
            Self::SignUp => "sign-up",
            Self::Ads => "ads",
            Self::Footers => "footers",
            Self::ReadMore => "read-more",
            Self::Headline => "headline",
            Self::Empty => "empty",
        }
    }
}

/// The steps that are taken. What executes goes in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CleanSteps(u16);

impl CleanSteps {
    /// None.
    pub const NONE: Self = Self(0);
    /// All.
    pub const ALL: Self = Self((1 << CleanStep::ALL.len()) - 1);
    /// Those that touch no words: links and images.
    pub const WORDLESS: Self = Self::NONE
        .with(CleanStep::LazyImages)
        .with(CleanStep::Trackers)
        .with(CleanStep::Redirects)
        .with(CleanStep::TrackingParams);

    /// These and one more.
    #[must_use]
    pub const fn with(self, step: CleanStep) -> Self {
        Self(self.0 | 1 << step as u8)
    }

    /// These less one.
    #[must_use]
    pub const fn without(self, step: CleanStep) -> Self {
        Self(self.0 & !(1 << step as u8))
    }

    /// Whether a step is taken.
    #[must_use]
    pub const fn has(self, step: CleanStep) -> bool {
        self.0 & (1 << step as u8) != 0
    }

    /// A number for each set.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }
}

impl Default for CleanSteps {
    fn default() -> Self {
        Self::ALL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_steps_are_those_of_the_list_each_once() {
        let all = CleanStep::ALL.into_iter().fold(CleanSteps::NONE, CleanSteps::with);
        assert_eq!(all, CleanSteps::ALL);
        for step in CleanStep::ALL {
            assert!(all.has(step) && !all.without(step).has(step) && !CleanSteps::NONE.has(step));
            assert_eq!(all.without(step).with(step), all);
        }
    }
}
