//! Which script and which of our languages a text is written in.
//!
//! Own rules come first: the script, then letters that only one language has. Where these are silent, as
//! on short headlines, a trigram detector decides between the two languages that are left.

use super::Lang;
use whatlang::{Detector, Lang as Guess};

/// A script in which our languages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// Arabic letters.
    Arab,
    /// Cyrillic letters.
    Cyrl,
    /// Latin letters.
    Latn,
}

impl Script {
    /// The ISO 15924 code: `Arab`, `Cyrl`, `Latn`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Arab => "Arab",
            Self::Cyrl => "Cyrl",
            Self::Latn => "Latn",
        }
    }

    /// The script of most letters of `text`; `None` when it has no letters of ours.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        Letters::count(text).script()
    }
}

/// How much of a text is looked at, in characters: enough for any detector, little for long pages.
const SAMPLE: usize = 2_000;

#[derive(Debug, Default)]
struct Letters {
    arab: usize,
    cyrl: usize,
    latn: usize,
    /// Letters that Arabic has and Persian has not, and the reverse.
    arabic: usize,
    persian: usize,
    /// Latin letters of Serbian, and those that it has not.
    serbian: usize,
    foreign: usize,
    /// Cyrillic letters that Serbian has not.
    other_cyrillic: usize,
    /// Letters of other languages in Arabic script, such as Urdu.
    other_arab: usize,
}

impl Letters {
    fn count(text: &str) -> Self {
        let mut letters = Self::default();
        for c in text.chars().take(SAMPLE) {
            match c {
                'w' | 'x' | 'y' | 'q' | 'W' | 'X' | 'Y' | 'Q' => {
                    letters.latn += 1;
                    letters.foreign += 1;
                }
                'a'..='z' | 'A'..='Z' => letters.latn += 1,
                'š' | 'č' | 'ć' | 'ž' | 'đ' | 'Š' | 'Č' | 'Ć' | 'Ž' | 'Đ' => {
                    letters.latn += 1;
                    letters.serbian += 1;
                }
                'ы' | 'э' | 'ё' | 'щ' | 'ъ' | 'ь' | 'ю' | 'я' | 'й' | 'ї' | 'є' | 'ѓ' | 'ќ'
                | 'ѕ' => {
                    letters.cyrl += 1;
                    letters.other_cyrillic += 1;
                }
                '\u{400}'..='\u{4ff}' => letters.cyrl += 1,
                'ة' | 'ي' | 'ى' | 'ك' | 'أ' | 'إ' | '\u{660}'..='\u{669}' => {
                    letters.arab += 1;
                    letters.arabic += 1;
                }
                'پ' | 'چ' | 'ژ' | 'گ' | '\u{6f0}'..='\u{6f9}' => {
                    letters.arab += 1;
                    letters.persian += 1;
                }
                'ٹ' | 'ڈ' | 'ڑ' | 'ے' | 'ں' => {
                    letters.arab += 1;
                    letters.other_arab += 1;
                }
                '\u{620}'..='\u{64a}' | '\u{671}'..='\u{6d3}' => letters.arab += 1,
                _ => {}
            }
        }
        letters
    }

    fn script(&self) -> Option<Script> {
        let best = self.arab.max(self.cyrl).max(self.latn);
        match best {
            0 => None,
            n if n == self.arab => Some(Script::Arab),
            n if n == self.cyrl => Some(Script::Cyrl),
            _ => Some(Script::Latn),
        }
    }

    /// Whether so many letters are none of Serbian's that no foreign names in it account for them: English
    /// has them every twentieth time.
    const fn is_english(&self) -> bool {
        self.foreign > 8 && self.foreign * 50 > self.latn
    }
}

/// The language of `text`, if it is one that dateline reads.
///
/// ```
/// use dateline::text::{Lang, script::detect};
/// assert_eq!(detect("Министар је стигао у Београд"), Some(Lang::Sr));
/// assert_eq!(detect("وزير الخارجية يصل إلى بلغراد"), Some(Lang::Ar));
/// assert_eq!(detect("Привет, это щенок"), None);
/// ```
#[must_use]
pub fn detect(text: &str) -> Option<Lang> {
    let letters = Letters::count(text);
    match letters.script()? {
        Script::Cyrl => (letters.other_cyrillic * 50 < letters.cyrl).then_some(Lang::Sr),
        Script::Arab if letters.other_arab * 50 > letters.arab => None,
        // Arabic is also typed on Persian keyboards: then its yeh and kaf are Persian, but no word needs
        // the four letters that Arabic lacks, and many begin with alef and lam.
        Script::Arab if letters.persian == 0 && letters.arabic > 0 => Some(Lang::Ar),
        Script::Arab if letters.persian > 2 && letters.arabic * 4 < letters.persian => {
            Some(Lang::Fa)
        }
        Script::Arab if has_articles(text) => Some(Lang::Ar),
        Script::Arab => guess(text, &[Guess::Ara, Guess::Pes]),
        Script::Latn if letters.serbian * 100 > letters.latn => Some(Lang::Sr),
        Script::Latn if letters.is_english() => Some(Lang::En),
        Script::Latn => guess(text, &[Guess::Eng, Guess::Hrv]),
    }
}

/// Whether every fifth word or more begins with alef and lam, the Arabic article.
fn has_articles(text: &str) -> bool {
    let words = || text.split_whitespace().take(SAMPLE / 8);
    words().filter(|word| word.starts_with("ال")).count() * 5 >= words().count()
}

fn guess(text: &str, among: &[Guess]) -> Option<Lang> {
    let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(end, _)| end);
    let sample = text.get(..end).unwrap_or(text);
    match Detector::with_allowlist(among.to_vec()).detect_lang(sample)? {
        Guess::Ara => Some(Lang::Ar),
        Guess::Pes => Some(Lang::Fa),
        Guess::Eng => Some(Lang::En),
        Guess::Hrv => Some(Lang::Sr),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_in_all_languages_and_scripts() {
        for (text, lang) in [
            ("Ministers met in Belgrade and discussed trade", Some(Lang::En)),
            ("Ministri su razgovarali o trgovini i saradnji dve zemlje", Some(Lang::Sr)),
            ("Ministar Wang Yi razgovarao sa direktorom kompanije Huawei", Some(Lang::Sr)),
            ("They were away when we asked why two new railway works slowly grew", Some(Lang::En)),
            ("Vučić primio ministra", Some(Lang::Sr)),
            ("Вучић примио министра", Some(Lang::Sr)),
            ("وزیر خارجه وارد بلگراد شد و با همتای خود گفت‌وگو کرد", Some(Lang::Fa)),
            ("وزیر الاتصالات الایرانی یزور بلغراد الثلاثاء المقبل", Some(Lang::Ar)),
            ("التقى الوزير نظيره الصربي", Some(Lang::Ar)),
            ("Президент встретился с министром иностранных дел", None),
            ("1234", None),
        ] {
            assert_eq!(detect(text), lang, "{text}");
        }
        assert_eq!(Script::of("Вучић Vuč").map(Script::code), Some("Cyrl"));
    }
}
