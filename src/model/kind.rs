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

/// What a kind of event is called in PLOVER, the ontology of political events that succeeds CAMEO: codebook
/// 0.8, <https://github.com/openeventdata/PLOVER>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Plover {
    /// The event type of one that was held: several where its content decides, none where PLOVER has no
    /// such type.
    pub held: &'static [&'static str],
    /// The mode of one that was held.
    pub mode: Option<&'static str>,
    /// The event type of one that is planned. PLOVER codes a promise by what it is, without a mode.
    pub planned: Option<&'static str>,
    /// What the types depend on beyond the kind: "if joint", "by direction".
    pub depends: Option<&'static str>,
}

impl Plover {
    const NONE: Self = Self { held: &[], mode: None, planned: None, depends: None };

    const fn new(held: &'static [&'static str], planned: Option<&'static str>) -> Self {
        Self { held, planned, ..Self::NONE }
    }

    const fn with_mode(self, mode: &'static str) -> Self {
        Self { mode: Some(mode), ..self }
    }

    const fn depending(self, depends: &'static str) -> Self {
        Self { depends: Some(depends), ..self }
    }
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

    /// The event types of PLOVER that fit the kind. What is only announced and agreed is AGREE there; what
    /// only a reading of the content can decide is left open, see [`Plover::depends`].
    #[must_use]
    pub const fn plover(self) -> Plover {
        const AGREE: Option<&str> = Some("AGREE");
        match self {
            Self::Agreement => Plover::new(&["SUPPORT"], AGREE),
            Self::Vote => Plover::new(&["SUPPORT", "REJECT"], None).depending("by direction"),
            Self::Sanction => Plover::new(&["SANCTION"], Some("THREATEN")),
            Self::Exhibition => Plover::new(&["COOPERATE"], AGREE),
            Self::Conference => Plover::new(&["CONSULT"], AGREE).with_mode("multilateral"),
            Self::Launch => Plover::new(&["COOPERATE"], AGREE).depending("if joint"),
            Self::Invitation => Plover::new(&["AGREE"], AGREE),
            Self::Message => Plover::new(&["CONSULT"], None).with_mode("phone"),
            Self::Call => Plover::new(&["CONSULT"], AGREE).with_mode("phone"),
            Self::Visit => Plover::new(&["CONSULT"], AGREE).with_mode("visit"),
            Self::Negotiation | Self::Meeting => Plover::new(&["CONSULT"], AGREE),
            Self::Incident => {
                Plover::new(&["ASSAULT", "COERCE", "PROTEST"], None).depending("by what happened")
            }
            Self::Statement => {
                Plover::new(&["SUPPORT", "ACCUSE", "REJECT"], None).depending("by content")
            }
            Self::Appointment | Self::Other => Plover::NONE,
        }
    }

    /// The narrowest type of schema.org that fits the kind: `Event` or one of its subtypes,
    /// <https://schema.org/Event>.
    #[must_use]
    pub const fn schema_org(self) -> &'static str {
        match self {
            Self::Exhibition => "ExhibitionEvent",
            Self::Conference | Self::Negotiation | Self::Meeting => "BusinessEvent",
            _ => "Event",
        }
    }
}
