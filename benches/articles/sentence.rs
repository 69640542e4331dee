//! What happens, told in a sentence of each language.

use super::{
    Happening, Tongue, mixed,
    words::{date, first, second},
};

/// Whether it is told as done or as to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Held,
    Planned,
}

/// Names of the two countries and of a town in the second, as the sentences need them.
struct Names {
    /// "Iranian", "Irana", "Ирана", "الإيراني", "ایران".
    first: &'static str,
    second: &'static str,
    /// "Iran", "Iran", "Иран", "إيران", "ایران".
    first_country: &'static str,
    second_country: &'static str,
    town: &'static str,
}

const fn names(tongue: Tongue, followed: bool) -> Names {
    let [first, second, first_country, second_country, town] = match (tongue, followed) {
        (Tongue::English, true) => ["Iranian", "Serbian", "Iran", "Serbia", "Belgrade"],
        (Tongue::English, false) => ["Turkish", "Hungarian", "Turkey", "Hungary", "Budapest"],
        (Tongue::Serbian, true) => ["Irana", "Srbije", "Iran", "Srbija", "Beogradu"],
        (Tongue::Serbian, false) => ["Turske", "Mađarske", "Turska", "Mađarska", "Budimpešti"],
        (Tongue::Cyrillic, true) => ["Ирана", "Србије", "Иран", "Србија", "Београду"],
        (Tongue::Cyrillic, false) => ["Турске", "Мађарске", "Турска", "Мађарска", "Будимпешти"],
        (Tongue::Arabic, true) => ["الإيراني", "الصربي", "إيران", "صربيا", "بلغراد"],
        (Tongue::Arabic, false) => ["التركي", "المجري", "تركيا", "المجر", "بودابست"],
        (Tongue::Persian, true) => ["ایران", "صربستان", "ایران", "صربستان", "بلگراد"],
        (Tongue::Persian, false) => ["ترکیه", "مجارستان", "ترکیه", "مجارستان", "بوداپست"],
    };
    Names { first, second, first_country, second_country, town }
}

/// The two who take part. Every second pair is made of people who are met again and again.
fn people(happening: Happening, tongue: Tongue) -> (String, String) {
    let n = mixed(happening.n * 2 + u64::from(happening.followed));
    if n % 4 < 2 {
        (first((n >> 8) % 40, tongue), second((n >> 16) % 40, tongue))
    } else {
        (first(n >> 8, tongue), second(n >> 8, tongue))
    }
}

fn is_faceless(happening: Happening) -> bool {
    happening.n.is_multiple_of(2)
}

/// What happens, told once.
pub(super) fn sentence(tongue: Tongue, happening: Happening, tense: Tense) -> String {
    let date = date(happening.day, tongue);
    let held = tense == Tense::Held;
    let kind = happening.n / 2 % 4;
    let Names { first, second, first_country, second_country, town } =
        names(tongue, happening.followed);
    if is_faceless(happening) {
        return faceless(tongue, happening, held, &date);
    }
    let (one, two) = people(happening, tongue);
    match tongue {
        Tongue::English => {
            let verb = match (kind, held) {
                (0, true) => "met",
                (0, false) => "will meet",
                (1, true) => "spoke by telephone with",
                (1, false) => "will speak by telephone with",
                (2, true) => "signed a memorandum of understanding with",
                (2, false) => "will sign a memorandum of understanding with",
                (_, true) => "held talks with",
                (_, false) => "will hold talks with",
            };
            format!(
                "{first} Deputy Minister {one} {verb} {second} State Secretary {two} in {town} on {date}."
            )
        }
        Tongue::Serbian => {
            let verb = match (kind, held) {
                (0, true) => "sastao se sa",
                (0, false) => "sastaće se sa",
                (1, true) => "razgovarao je telefonom sa",
                (1, false) => "razgovaraće telefonom sa",
                (2, true) => "potpisao je memorandum o razumevanju sa",
                (2, false) => "potpisaće memorandum o razumevanju sa",
                (_, true) => "vodio je razgovore sa",
                (_, false) => "vodiće razgovore sa",
            };
            format!(
                "Zamenik ministra {first} {one} {verb} državnim sekretarom {second} {two} u {town} {date}. godine."
            )
        }
        Tongue::Cyrillic => {
            let verb = match (kind, held) {
                (0, true) => "састао се са",
                (0, false) => "састаће се са",
                (1, true) => "разговарао је телефоном са",
                (1, false) => "разговараће телефоном са",
                (2, true) => "потписао је меморандум о разумевању са",
                (2, false) => "потписаће меморандум о разумевању са",
                (_, true) => "водио је разговоре са",
                (_, false) => "водиће разговоре са",
            };
            format!(
                "Заменик министра {first} {one} {verb} државним секретаром {second} {two} у {town} {date}. године."
            )
        }
        Tongue::Arabic => {
            let verb = match (kind, held) {
                (0, true) => "التقى",
                (0, false) => "سيلتقي",
                (1, true) => "أجرى اتصالا هاتفيا مع",
                (1, false) => "سيجري اتصالا هاتفيا مع",
                (2, true) => "وقع مذكرة تفاهم مع",
                (2, false) => "سيوقع مذكرة تفاهم مع",
                (_, true) => "أجرى محادثات مع",
                (_, false) => "سيجري محادثات مع",
            };
            format!(
                "{verb} نائب الوزير {first} {one} وزير الدولة {second} {two} في {town} يوم {date}."
            )
        }
        Tongue::Persian => {
            let verb = match (kind, held) {
                (0, true) => "دیدار کرد",
                (0, false) => "دیدار خواهد کرد",
                (1, true) => "تلفنی گفت‌وگو کرد",
                (1, false) => "تلفنی گفت‌وگو خواهد کرد",
                (2, true) => "یادداشت تفاهم امضا کرد",
                (2, false) => "یادداشت تفاهم امضا خواهد کرد",
                (_, true) => "مذاکره کرد",
                (_, false) => "مذاکره خواهد کرد",
            };
            format!(
                "معاون وزیر {first_country} {one} روز {date} در {town} با وزیر مشاور {second_country} {two} {verb}."
            )
        }
    }
}

/// What countries do, or bodies, without a person's name.
fn faceless(tongue: Tongue, happening: Happening, held: bool, date: &str) -> String {
    let Names { first, second, first_country, second_country, town } =
        names(tongue, happening.followed);
    let signs = (happening.n / 2).is_multiple_of(2);
    match (tongue, signs, held) {
        (Tongue::English, true, true) => {
            format!("{first_country} and {second_country} signed an agreement in {town} on {date}.")
        }
        (Tongue::English, true, false) => format!(
            "{first_country} and {second_country} will sign an agreement in {town} on {date}."
        ),
        (Tongue::English, false, true) => {
            format!(
                "An exhibition of {first} companies opened in {town}, {second_country}, on {date}."
            )
        }
        (Tongue::English, false, false) => format!(
            "An exhibition of {first} companies will open in {town}, {second_country}, on {date}."
        ),
        (Tongue::Serbian, true, true) => {
            format!(
                "{first_country} i {second_country} potpisali su sporazum u {town} {date}. godine."
            )
        }
        (Tongue::Serbian, true, false) => {
            format!(
                "{first_country} i {second_country} potpisaće sporazum u {town} {date}. godine."
            )
        }
        (Tongue::Serbian, false, true) => {
            format!("Izložba kompanija iz {first} i {second} otvorena je u {town} {date}. godine.")
        }
        (Tongue::Serbian, false, false) => {
            format!(
                "Izložba kompanija iz {first} i {second} biće otvorena u {town} {date}. godine."
            )
        }
        (Tongue::Cyrillic, true, true) => {
            format!(
                "{first_country} и {second_country} потписали су споразум у {town} {date}. године."
            )
        }
        (Tongue::Cyrillic, true, false) => {
            format!(
                "{first_country} и {second_country} потписаће споразум у {town} {date}. године."
            )
        }
        (Tongue::Cyrillic, false, true) => {
            format!("Изложба компанија из {first} и {second} отворена је у {town} {date}. године.")
        }
        (Tongue::Cyrillic, false, false) => {
            format!(
                "Изложба компанија из {first} и {second} биће отворена у {town} {date}. године."
            )
        }
        (Tongue::Arabic, true, true) => {
            format!("وقعت {first_country} و{second_country} اتفاقية في {town} يوم {date}.")
        }
        (Tongue::Arabic, true, false) => {
            format!("ستوقع {first_country} و{second_country} اتفاقية في {town} يوم {date}.")
        }
        (Tongue::Arabic, false, true) => {
            format!("افتتح معرض شركات {first_country} و{second_country} في {town} يوم {date}.")
        }
        (Tongue::Arabic, false, false) => {
            format!("سيفتتح معرض شركات {first_country} و{second_country} في {town} يوم {date}.")
        }
        (Tongue::Persian, true, true) => {
            format!("{first_country} و {second_country} روز {date} در {town} توافق‌نامه امضا کردند.")
        }
        (Tongue::Persian, true, false) => {
            format!(
                "{first_country} و {second_country} روز {date} در {town} توافق‌نامه امضا خواهند کرد."
            )
        }
        (Tongue::Persian, false, true) => {
            format!(
                "نمایشگاه شرکت‌های {first_country} و {second_country} روز {date} در {town} گشایش یافت."
            )
        }
        (Tongue::Persian, false, false) => {
            format!(
                "نمایشگاه شرکت‌های {first_country} و {second_country} روز {date} در {town} گشایش خواهد یافت."
            )
        }
    }
}

/// The headline of an article that tells it.
pub(super) fn headline(tongue: Tongue, happening: Happening) -> String {
    let Names { first_country, second_country, .. } = names(tongue, happening.followed);
    if is_faceless(happening) {
        return match tongue {
            Tongue::English => format!("{first_country} and {second_country} draw closer"),
            Tongue::Serbian => format!("{first_country} i {second_country} sve bliži"),
            Tongue::Cyrillic => format!("{first_country} и {second_country} све ближи"),
            Tongue::Arabic => format!("{first_country} و{second_country} وتعزيز العلاقات"),
            Tongue::Persian => format!("{first_country} و {second_country} و گسترش روابط"),
        };
    }
    let (one, two) = people(happening, tongue);
    match tongue {
        Tongue::English => {
            format!("{first_country} and {second_country}: {one} and {two} on closer ties")
        }
        Tongue::Serbian => {
            format!("{first_country} i {second_country}: {one} i {two} o bližim odnosima")
        }
        Tongue::Cyrillic => {
            format!("{first_country} и {second_country}: {one} и {two} о ближим односима")
        }
        Tongue::Arabic => {
            format!("{first_country} و{second_country}: {one} و{two} وتعزيز العلاقات")
        }
        Tongue::Persian => {
            format!("{first_country} و {second_country}: {one} و {two} و گسترش روابط")
        }
    }
}
