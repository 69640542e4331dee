//! Names in running text: who is found, under which key, and who is not.

use dateline::{
    calendar::DateRange,
    lexicon::{Lexicons, gazetteer, spellings::Spellings},
    mention::name::{Name, names, terms},
    model::{Anchor, Field},
    text::{Folded, Lang, fold, translit},
};
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path, sync::LazyLock};

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(|| Lexicons::embedded().unwrap());

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(default)]
    title: String,
    text: String,
    /// The day of publication; absent where the article has none.
    day: Option<String>,
    /// The names that must be found, as `printed phrase = canonical name`.
    #[serde(default)]
    expect: BTreeMap<String, String>,
    /// Canonical names that must not be found.
    #[serde(default)]
    never: Vec<String>,
    /// Canonical name and the country that it acts for.
    #[serde(default)]
    country: BTreeMap<String, String>,
}

fn find(title: &str, text: &str, lang: Lang, day: Option<&str>) -> Vec<Name> {
    let fields = (Folded::new(title), Folded::new(text));
    let anchor = day.map_or_else(
        || Anchor::NotAfter("2026-11-23".parse().unwrap()),
        |day| Anchor::Day(day.parse().unwrap()),
    );
    names(&[(Field::Title, &fields.0), (Field::Text, &fields.1)], lang, &LEXICONS, anchor)
}

fn faults(case: &Case, lang: Lang) -> Vec<String> {
    let found = find(&case.title, &case.text, lang, case.day.as_deref());
    let said = |name: &Name| {
        let field = if name.at.field == Field::Title { &case.title } else { &case.text };
        (name.at.span.of(field).to_owned(), name.entity.name.to_string())
    };
    let all: Vec<_> = found.iter().map(said).collect();
    let mut faults = Vec::new();
    for (printed, name) in &case.expect {
        if !all.iter().any(|(at, who)| at == printed && who == name) {
            faults.push(format!("lacks `{printed}` = `{name}`"));
        }
    }
    for never in &case.never {
        if all.iter().any(|(_, who)| who == never) {
            faults.push(format!("has `{never}`, and must not"));
        }
    }
    for (who, country) in &case.country {
        let acts = found.iter().filter(|name| *name.entity.name == **who);
        let countries: Vec<_> = acts.filter_map(Name::country).map(|id| id.as_str()).collect();
        if !countries.contains(&country.as_str()) {
            faults.push(format!("`{who}` acts for {countries:?}, not `{country}`"));
        }
    }
    if !faults.is_empty() {
        faults.insert(0, format!("{}\n  found {all:?}", case.text));
    }
    faults
}

fn check(lang: Lang) {
    let file = format!("tests/cases/names/{lang}.toml");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
    let cases: Cases = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let faults: Vec<String> = cases.case.iter().flat_map(|case| faults(case, lang)).collect();
    assert!(faults.is_empty(), "{file}:\n{}", faults.join("\n  "));
}

#[test]
fn arabic() {
    check(Lang::Ar);
}

#[test]
fn persian() {
    check(Lang::Fa);
}

#[test]
fn serbian() {
    check(Lang::Sr);
}

#[test]
fn english() {
    check(Lang::En);
}

/// Two invented people, told in four languages and in both Serbian scripts.
#[test]
fn an_unknown_person_has_one_key_in_all_scripts() {
    for person in [
        [
            (Lang::En, "Serbian Minister of Culture Radomir Petrašković spoke in Shiraz."),
            (Lang::Sr, "Ministar kulture Srbije Radomir Petrašković govorio je u Širazu."),
            (Lang::Sr, "Министар културе Србије Радомир Петрашковић говорио је у Ширазу."),
            (Lang::Ar, "وقال وزير الثقافة الصربي رادومير بيتراشكوفيتش في شيراز"),
            (Lang::Fa, "رادومیر پتراشکوویچ وزیر فرهنگ صربستان در شیراز سخن گفت."),
        ],
        [
            (Lang::En, "Iranian Deputy Minister of Energy Behzad Karimpour arrived in Niš."),
            (Lang::Sr, "Zamenik ministra energetike Irana Behzad Karimpur doputovao je u Niš."),
            (Lang::Sr, "Заменик министра енергетике Ирана Бехзад Каримпур допутовао је у Ниш."),
            (Lang::Ar, "وصل نائب وزير الطاقة الإيراني بهزاد كريم بور إلى نيش"),
            (Lang::Fa, "بهزاد کریم‌پور معاون وزیر نیروی ایران وارد نیش شد."),
        ],
    ] {
        let key = |(lang, text): &(Lang, &str)| {
            let found = find("", text, *lang, Some("2031-05-07"));
            let unlisted = found.iter().find(|name| name.entity.id.is_unlisted());
            unlisted.map_or_else(|| format!("nobody in {text}"), |name| name.entity.id.to_string())
        };
        let keys: Vec<String> = person.iter().map(key).collect();
        assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{keys:#?}");
    }
}

/// Where no year is written, the terms of the people named with their offices leave a stretch of time.
#[test]
fn terms_of_office_bound_the_time_of_an_article() {
    let text = "Serbian Minister of Information and Telecommunications Dejan Ristić received Iran's \
                Minister of Information and Communications Technology Sattar Hashemi on Tuesday, 25 February.";
    let terms = terms(&find("", text, Lang::En, None));
    assert_eq!(terms.len(), 2);
    let fits = |day: &str| {
        let day = DateRange::day(day.parse().unwrap());
        terms.iter().all(|term| day.within(*term))
    };
    assert!(fits("2025-02-25"));
    for year in ["2014", "2020", "2031"] {
        assert!(!fits(&format!("{year}-02-25")), "{year}");
    }
}

#[test]
fn names_keep_to_their_text() {
    for text in
        ["", "\"", "Minister", "Minister of", "وزير", "«", "Ministar spoljnih poslova i", "Dr. . ."]
    {
        for lang in Lang::ALL {
            for name in find(text, text, lang, None) {
                assert!(text.get(name.at.span.start..name.at.span.end).is_some());
                assert!(name.at.span.contains(name.core), "{text}");
            }
        }
    }
}

#[test]
fn keys_hear_what_the_scripts_agree_on() {
    for same in [
        ["Aleksandar Vučić", "ألكساندر فوتشيتش", "الکساندر ووچیچ"],
        ["Miroslav Blagojević", "ميروسلاف بلاغويفيتش", "میروسلاو بلاگویویچ"],
        ["Mohammad Bagher Ghalibaf", "محمد باقر قاليباف", "محمدباقر قالیباف"],
        ["Abbas Araghchi", "عباس عراقجي", "Abas Arakči"],
        ["Snežana Petrović", "Снежана Петровић", "اسنژانا پتروویچ"],
    ] {
        let keys = same.map(translit::key);
        assert!(keys.iter().all(|key| *key == keys[0]), "{same:?} {keys:?}");
    }
    for (one, other) in
        [("Iran", "Irak"), ("Goran Vesić", "Zoran Vesić"), ("Mirko Perić", "Marko Jerić")]
    {
        assert_ne!(translit::key(one), translit::key(other));
    }
}

#[test]
fn the_data_files_have_nothing_that_an_editor_would_mend() {
    let faults = gazetteer::lint(&LEXICONS.gazetteer);
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(LEXICONS.cues.untold(), []);
}

#[test]
fn a_name_is_known_in_all_its_spellings() {
    let spellings = Spellings::new(&LEXICONS.gazetteer);
    for (words, others, never) in [
        ("vucic", vec!["فوتشيتش", "ووچیچ", "وچیچ"], vec!["aleksandar vucic", "vuc"]),
        ("aleksandar vucic", vec!["فوتشيتش", "الكسندر فوتشيتش"], vec!["tamara vucic"]),
        ("belgrade", vec!["beograd", "بلغراد", "بلگراد"], vec!["belgrade"]),
        ("srbija", vec!["srbije", "srbiju", "serbia", "صربستان", "صربيا"], vec!["srbij"]),
        // A part of a city is none of its names; an abbreviation is a word in small letters.
        ("kalemegdan", vec![], vec!["beograd", "belgrade"]),
        ("united states", vec!["united states of america"], vec!["us", "usa"]),
        ("minister", vec![], vec![]),
        ("", vec![], vec![]),
    ] {
        let words: String = fold::fold(words);
        let found = spellings.of(&words);
        for other in others {
            assert!(found.contains(&fold::fold(other)), "{words}: {other} is not in {found:?}");
        }
        for other in never {
            assert!(!found.contains(&fold::fold(other)), "{words}: {other} is in {found:?}");
        }
    }
}
