//! Whether an event has happened.

/// What is said of an event's happening, as of the article that says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Hoped for, offered or asked for.
    Proposed,
    /// Announced.
    Planned,
    /// Told as a fact; an event under way is held.
    Held,
    /// Moved to another date, or put off without one.
    Postponed,
    /// Called off.
    Cancelled,
    /// Said not to have happened or not to be planned. Kept, never published.
    Denied,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Proposed, Self::Planned, Self::Held, Self::Postponed, Self::Cancelled, Self::Denied];

    /// The name as it leaves the program: `proposed`, `planned` ...
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Planned => "planned",
            Self::Held => "held",
            Self::Postponed => "postponed",
            Self::Cancelled => "cancelled",
            Self::Denied => "denied",
        }
    }

    /// Reads a name as [`Status::name`] writes it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}
