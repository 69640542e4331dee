//! What kind of happening an event is.

/// The kind of an event. Where several fit, the first in the order of [`Kind::ALL`] is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A text signed, initialled or ratified.
    Agreement,
    /// A ballot, support or adoption in a body or committee.
    Vote,
    /// Sanctions imposed, lifted or returned.
    Sanction,
    /// An exposition or fair as a whole.
    Exhibition,
    /// A forum, summit, joint commission, workshop or congress.
    Conference,
    /// A route, office, service, satellite opened or started; a rule entering into force.
    Launch,
    /// Taking office, presenting credentials.
    Appointment,
    /// An invitation given.
    Invitation,
    /// A letter, greeting, condolence or congratulation conveyed.
    Message,
    /// A talk by telephone or video.
    Call,
    /// Talks aimed at a text.
    Negotiation,
    /// Travel to a place.
    Visit,
    /// A talk face to face.
    Meeting,
    /// An attack, accident or damage.
    Incident,
    /// An interview, announcement or press appearance that is itself the news.
    Statement,
    /// Any other happening: a decision, a delivery, an evacuation.
    Other,
}

impl Kind {
    /// All kinds, in the order of precedence.
    pub const ALL: [Self; 16] = [
        Self::Agreement,
        Self::Vote,
        Self::Sanction,
        Self::Exhibition,
        Self::Conference,
        Self::Launch,
        Self::Appointment,
        Self::Invitation,
        Self::Message,
        Self::Call,
        Self::Negotiation,
        Self::Visit,
        Self::Meeting,
        Self::Incident,
        Self::Statement,
        Self::Other,
    ];

    /// The name as it leaves the program and stands in data files: `agreement`, `vote` ...
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Vote => "vote",
            Self::Sanction => "sanction",
            Self::Exhibition => "exhibition",
            Self::Conference => "conference",
            Self::Launch => "launch",
            Self::Appointment => "appointment",
            Self::Invitation => "invitation",
            Self::Message => "message",
            Self::Call => "call",
            Self::Negotiation => "negotiation",
            Self::Visit => "visit",
            Self::Meeting => "meeting",
            Self::Incident => "incident",
            Self::Statement => "statement",
            Self::Other => "other",
        }
    }

    /// Reads a name as [`Kind::name`] writes it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
