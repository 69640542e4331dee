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

/// What a letter tells of its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letter {
    /// It is none of ours.
    None,
    Arab,
    /// Arabic has it and Persian has not.
    Arabic,
    /// Persian has it and Arabic has not.
    Persian,
    /// A letter of other languages in Arabic script, such as Urdu.
    OtherArab,
    Cyrl,
    /// Serbian has not this one.
    OtherCyrillic,
    Latn,
    /// Of Latin letters those of Serbian alone.
    Serbian,
    /// Of Latin letters those that Serbian has not.
    Foreign,
}

/// How many kinds of letters there are.
const LETTERS: usize = Letter::Foreign as usize + 1;

impl Letter {
    const fn new(c: char) -> Self {
        match c {
            'w' | 'x' | 'y' | 'q' | 'W' | 'X' | 'Y' | 'Q' => Self::Foreign,
            'a'..='z' | 'A'..='Z' => Self::Latn,
            'š' | 'č' | 'ć' | 'ž' | 'đ' | 'Š' | 'Č' | 'Ć' | 'Ž' | 'Đ' => Self::Serbian,
            'ы' | 'э' | 'ё' | 'щ' | 'ъ' | 'ь' | 'ю' | 'я' | 'й' | 'ї' | 'є' | 'ѓ' | 'ќ' | 'ѕ' => {
                Self::OtherCyrillic
            }
            '\u{400}'..='\u{4ff}' => Self::Cyrl,
            'ة' | 'ي' | 'ى' | 'ك' | 'أ' | 'إ' | '\u{660}'..='\u{669}' => Self::Arabic,
            'پ' | 'چ' | 'ژ' | 'گ' | '\u{6f0}'..='\u{6f9}' => Self::Persian,
            'ٹ' | 'ڈ' | 'ڑ' | 'ے' | 'ں' => Self::OtherArab,
            '\u{620}'..='\u{64a}' | '\u{671}'..='\u{6d3}' => Self::Arab,
            _ => Self::None,
        }
    }
}

/// The letters up to the last that is one of ours.
static TABLE: [Letter; 0x700] = {
    let mut table = [Letter::None; 0x700];
    let mut rest: &mut [Letter] = &mut table;
    let mut code = 0;
    while let (Some((place, more)), Some(c)) = (rest.split_first_mut(), char::from_u32(code)) {
        *place = Letter::new(c);
        rest = more;
        code += 1;
    }
    table
};

#[derive(Debug, Default)]
struct Letters {
    arab: usize,
    cyrl: usize,
    latn: usize,
    arabic: usize,
    persian: usize,
    serbian: usize,
    foreign: usize,
    other_cyrillic: usize,
    other_arab: usize,
}

impl Letters {
    fn count(text: &str) -> Self {
        let mut counts = [0; LETTERS];
        for c in text.chars().take(SAMPLE) {
            let letter = TABLE.get(c as usize).copied().unwrap_or(Letter::None);
            if let Some(count) = counts.get_mut(letter as usize) {
                *count += 1;
            }
        }
        let of = |letter: Letter| counts.get(letter as usize).copied().unwrap_or_default();
        let [arabic, persian, other_arab] =
            [Letter::Arabic, Letter::Persian, Letter::OtherArab].map(of);
        let [serbian, foreign, other_cyrillic] =
            [Letter::Serbian, Letter::Foreign, Letter::OtherCyrillic].map(of);
        Self {
            arab: of(Letter::Arab) + arabic + persian + other_arab,
            cyrl: of(Letter::Cyrl) + other_cyrillic,
            latn: of(Letter::Latn) + serbian + foreign,
            arabic,
            persian,
            serbian,
            foreign,
            other_cyrillic,
            other_arab,
        }
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
