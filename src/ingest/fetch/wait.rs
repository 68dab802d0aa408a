//! The parts of an exchange that each have a time limit.

/// What took too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Making the connection.
    Connect,
    /// The head of the answer.
    Head,
    /// The next piece of the body.
    Idle,
    /// All of it, redirects included.
    Whole,
}

impl Wait {
    pub(super) fn lacking(self) -> &'static str {
        match self {
            Self::Connect => "no connection",
            Self::Head => "no answer",
            Self::Idle => "the body stopped coming, nothing more",
            Self::Whole => "no whole answer",
        }
    }

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Connect => "connect_timeout",
            Self::Head => "header_timeout",
            Self::Idle => "idle_timeout",
            Self::Whole => "timeout",
        }
    }
}
