//! The languages that dateline reads.

use std::fmt;

/// A language that dateline reads.
///
/// Serbian, Bosnian, Croatian and Montenegrin are one language here ([`Lang::Sr`]): on a headline
/// they cannot be told apart, and their words live side by side in one lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// Arabic.
    Ar,
    /// Persian.
    Fa,
    /// Serbian in both scripts, with Bosnian, Croatian and Montenegrin.
    Sr,
    /// English.
    En,
}

impl Lang {
    /// All languages, in the order in which they are listed for readers.
    pub const ALL: [Self; 4] = [Self::Ar, Self::Fa, Self::Sr, Self::En];

    /// The BCP 47 primary subtag: `ar`, `fa`, `sr`, `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::Fa => "fa",
            Self::Sr => "sr",
            Self::En => "en",
        }
    }

    /// Reads a BCP 47 tag such as `sr-Cyrl`, `hr` or `en-GB`; `None` for a language that dateline
    /// does not read.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "ar" => Some(Self::Ar),
            "fa" | "per" | "prs" => Some(Self::Fa),
            "sr" | "hr" | "bs" | "sh" | "cnr" => Some(Self::Sr),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// Whether the language is written from right to left.
    #[must_use]
    pub const fn is_rtl(self) -> bool {
        matches!(self, Self::Ar | Self::Fa)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_with_script_and_region() {
        for (tag, lang) in
            [("sr-Cyrl", Lang::Sr), ("hr", Lang::Sr), ("EN_gb", Lang::En), ("fa", Lang::Fa)]
        {
            assert_eq!(Lang::from_tag(tag), Some(lang));
        }
        assert_eq!(Lang::from_tag("de"), None);
    }
}
