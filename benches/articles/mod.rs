//! A generator of synthetic articles: as many as are asked for, always the same, in four languages.
//!
//! Article `n` belongs to story `n / 3`, so that three sources tell each story, most of them in different
//! languages. A day has [`PER_DAY`] articles, so that more articles mean a longer time, as they do for who
//! runs dateline for years. Each article is about 2.5 kB long, tells its story in the headline and in the
//! first sentence, an announced one and one of the past beside it, and goes on with sentences that tell none.

use chrono::{Datelike as _, Days, NaiveDate};
use std::fmt::Write as _;

/// Articles a day.
pub(crate) const PER_DAY: u64 = 50;

/// How long a text is at least, in bytes.
const LENGTH: usize = 2400;

/// The four languages, and Serbian in its other script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tongue {
    English,
    Serbian,
    Arabic,
    Persian,
    Cyrillic,
}

impl Tongue {
    /// That of the source `source`.
    pub(crate) fn of_source(source: u64) -> Self {
        match (source % 4, source % 8 < 4) {
            (0, _) => Self::English,
            (1, true) => Self::Serbian,
            (1, false) => Self::Cyrillic,
            (2, _) => Self::Arabic,
            _ => Self::Persian,
        }
    }

    /// Its tag.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Serbian | Self::Cyrillic => "sr",
            Self::Arabic => "ar",
            Self::Persian => "fa",
        }
    }

    const fn index(self) -> usize {
        match self {
            Self::English | Self::Serbian => 0,
            Self::Cyrillic => 1,
            Self::Arabic => 2,
            Self::Persian => 3,
        }
    }
}

/// An article.
#[derive(Debug, Clone)]
pub(crate) struct Synthetic {
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) published: NaiveDate,
}

/// Syllables of surnames: Latin, Cyrillic, Arabic, Persian.
const SYLLABLES: [[&str; 4]; 12] = [
    ["ma", "ма", "ما", "ما"],
    ["ra", "ра", "را", "را"],
    ["ko", "ко", "كو", "کو"],
    ["vi", "ви", "في", "وی"],
    ["ne", "не", "ني", "نه"],
    ["sa", "са", "سا", "سا"],
    ["to", "то", "تو", "تو"],
    ["lu", "лу", "لو", "لو"],
    ["ba", "ба", "با", "با"],
    ["di", "ди", "دي", "دی"],
    ["go", "го", "غو", "گو"],
    ["fe", "фе", "في", "فه"],
];

const IRANIANS: [[&str; 4]; 4] = [
    ["Reza", "Реза", "رضا", "رضا"],
    ["Hassan", "Хасан", "حسن", "حسن"],
    ["Mahmoud", "Махмуд", "محمود", "محمود"],
    ["Ali", "Али", "علي", "علی"],
];

const SERBS: [[&str; 4]; 4] = [
    ["Milan", "Милан", "ميلان", "میلان"],
    ["Jovan", "Јован", "يوفان", "یوان"],
    ["Dragan", "Драган", "دراغان", "دراگان"],
    ["Zoran", "Зоран", "زوران", "زوران"],
];

const MONTHS: [[&str; 4]; 12] = [
    ["January|januara", "јануара", "يناير", "ژانویه"],
    ["February|februara", "фебруара", "فبراير", "فوریه"],
    ["March|marta", "марта", "مارس", "مارس"],
    ["April|aprila", "априла", "أبريل", "آوریل"],
    ["May|maja", "маја", "مايو", "مه"],
    ["June|juna", "јуна", "يونيو", "ژوئن"],
    ["July|jula", "јула", "يوليو", "ژوئیه"],
    ["August|avgusta", "августа", "أغسطس", "اوت"],
    ["September|septembra", "септембра", "سبتمبر", "سپتامبر"],
    ["October|oktobra", "октобра", "أكتوبر", "اکتبر"],
    ["November|novembra", "новембра", "نوفمبر", "نوامبر"],
    ["December|decembra", "децембра", "ديسمبر", "دسامبر"],
];

/// The article `n` of a source.
pub(crate) fn article(n: u64, source: u64) -> Synthetic {
    let tongue = Tongue::of_source(source);
    let story = n / 3;
    let published = day(n / PER_DAY);
    let mut text = String::with_capacity(LENGTH + 400);
    let held = day(3 * story / PER_DAY);
    let lead = sentence(tongue, story, held, Tense::Held);
    let title = headline(tongue, story);
    text.push_str(&lead);
    let mut chance = mixed(n);
    let ahead = held + Days::new(20 + story % 40);
    let (past, planned) = (held - Days::new(30 + story % 50), 3 + mixed(story) % 5);
    let fillers = fillers(tongue);
    let mut count = 0;
    while text.len() < LENGTH {
        count += 1;
        text.push_str(if count % 4 == 0 { "\n\n" } else { " " });
        if count == 2 {
            text.push_str(&sentence(tongue, story / 2 + 7, past, Tense::Held));
        } else if count == planned {
            text.push_str(&sentence(tongue, story / 4 + 3, ahead, Tense::Planned));
        } else {
            chance = mixed(chance);
            text.push_str(pick(fillers, chance));
        }
    }
    Synthetic { title, text, published }
}

/// A feed of RSS 2.0 with these articles of a source, the youngest first.
pub(crate) fn feed(articles: &[u64], source: u64) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>Source {source}</title><link>https://s{source}.example/</link><description/>"
    );
    for n in articles.iter().rev() {
        let Synthetic { title, text, published } = article(*n, source);
        let paragraphs = text.replace("\n\n", "</p><p>");
        write!(
            out,
            "<item><title>{title}</title><link>https://s{source}.example/{n}</link><guid isPermaLink=\"false\">s{source}-{n}</guid><pubDate>{} 08:00:00 GMT</pubDate><description><![CDATA[<p>{paragraphs}</p>]]></description></item>",
            published.format("%a, %d %b %Y"),
        )
        .unwrap_or_default();
    }
    out.push_str("</channel></rss>");
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tense {
    Held,
    Planned,
}

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(1990, 3, 1).unwrap_or_default() + Days::new(n)
}

/// A number that looks like chance and is always the same: splitmix64.
fn mixed(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

fn pick<T: Copy>(list: &[T], n: u64) -> T {
    list[usize::try_from(n % list.len() as u64).unwrap_or_default()]
}

fn name(story: u64, salt: u64, first: &[[&str; 4]; 4], tongue: Tongue, end: [&str; 4]) -> String {
    let at = tongue.index();
    let n = mixed(story * 2 + salt);
    let syllables = [n, n >> 8, n >> 16].map(|n| pick(&SYLLABLES, n)[at]);
    let surname = format!("{}{}", syllables.concat(), end[at]);
    let mut letters = surname.chars();
    let capital = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!("{} {}{}", pick(first, n >> 24)[at], capital.unwrap_or_default(), letters.as_str())
}

fn iranian(story: u64, tongue: Tongue) -> String {
    name(story, 0, &IRANIANS, tongue, ["ni", "ни", "ني", "نی"])
}

fn serb(story: u64, tongue: Tongue) -> String {
    name(story, 1, &SERBS, tongue, ["vić", "вић", "فيتش", "ویچ"])
}

fn date(day: NaiveDate, tongue: Tongue) -> String {
    let month = pick(&MONTHS, u64::from(day.month0()))[tongue.index()];
    let (english, serbian) = month.split_once('|').unwrap_or((month, month));
    let (n, year) = (day.day(), day.year());
    match tongue {
        Tongue::English => format!("{n} {english} {year}"),
        Tongue::Serbian => format!("{n}. {serbian} {year}"),
        Tongue::Cyrillic => format!("{n}. {month} {year}"),
        Tongue::Arabic | Tongue::Persian => format!("{n} {month} {year}"),
    }
}

/// What happens in a story, told once.
fn sentence(tongue: Tongue, story: u64, day: NaiveDate, tense: Tense) -> String {
    let (iranian, serb) = (iranian(story, tongue), serb(story, tongue));
    let date = date(day, tongue);
    let held = tense == Tense::Held;
    let kind = story % 4;
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
                "Iranian Deputy Minister {iranian} {verb} Serbian State Secretary {serb} in Belgrade on {date}."
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
                "Zamenik ministra Irana {iranian} {verb} državnim sekretarom Srbije {serb} u Beogradu {date}. godine."
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
                "Заменик министра Ирана {iranian} {verb} државним секретаром Србије {serb} у Београду {date}. године."
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
                "{verb} نائب الوزير الإيراني {iranian} وزير الدولة الصربي {serb} في بلغراد يوم {date}."
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
                "معاون وزیر ایران {iranian} روز {date} در بلگراد با وزیر مشاور صربستان {serb} {verb}."
            )
        }
    }
}

fn headline(tongue: Tongue, story: u64) -> String {
    let (iranian, serb) = (iranian(story, tongue), serb(story, tongue));
    match tongue {
        Tongue::English => format!("Iran and Serbia: {iranian} and {serb} on closer ties"),
        Tongue::Serbian => format!("Iran i Srbija: {iranian} i {serb} o bližim odnosima"),
        Tongue::Cyrillic => format!("Иран и Србија: {iranian} и {serb} о ближим односима"),
        Tongue::Arabic => format!("إيران وصربيا: {iranian} و{serb} وتعزيز العلاقات"),
        Tongue::Persian => format!("ایران و صربستان: {iranian} و {serb} و گسترش روابط"),
    }
}

/// Sentences that tell no event; some of them name a time.
fn fillers(tongue: Tongue) -> &'static [&'static str] {
    match tongue {
        Tongue::English => &[
            "Trade between the two countries has grown slowly, and exporters on both sides complain about payments and transport.",
            "The delegation brought engineers, bankers and the owners of several family firms from the provinces.",
            "According to the ministry, the figures of last year were better than expected, mostly because of machinery and medicines.",
            "Observers recall that the road through the mountains is closed for weeks every winter.",
            "Students at both universities would like to see more exchange programmes, a spokesman added.",
            "Nobody in the room expected quick results, but the tone was friendly and the coffee strong.",
            "The chamber of commerce counts about 800 companies that do business with partners abroad.",
            "Farmers hope for lower tariffs on raspberries, dates and pistachios.",
            "A new laboratory, equipped with 5G antennas, is to be financed from the budget of the coming years.",
            "In 2019 the same office had warned that the old agreement no longer fits the needs of industry.",
        ],
        Tongue::Serbian => &[
            "Trgovina između dve zemlje raste sporo, a izvoznici sa obe strane žale se na plaćanja i prevoz.",
            "U delegaciji su bili inženjeri, bankari i vlasnici nekoliko porodičnih firmi iz unutrašnjosti.",
            "Prema podacima ministarstva, prošlogodišnje brojke su bolje od očekivanih, najviše zbog mašina i lekova.",
            "Posmatrači podsećaju da je put preko planina svake zime nedeljama zatvoren.",
            "Studenti oba univerziteta želeli bi više programa razmene, dodao je portparol.",
            "Niko u sali nije očekivao brze rezultate, ali je ton bio prijateljski, a kafa jaka.",
            "Privredna komora broji oko 800 preduzeća koja posluju sa partnerima u inostranstvu.",
            "Poljoprivrednici se nadaju nižim carinama na maline, urme i pistaće.",
            "Nova laboratorija sa 5G antenama finansiraće se iz budžeta narednih godina.",
            "Ista kancelarija je 2019. upozorila da stari sporazum više ne odgovara potrebama industrije.",
        ],
        Tongue::Cyrillic => &[
            "Трговина између две земље расте споро, а извозници са обе стране жале се на плаћања и превоз.",
            "У делегацији су били инжењери, банкари и власници неколико породичних фирми из унутрашњости.",
            "Према подацима министарства, прошлогодишње бројке су боље од очекиваних, највише због машина и лекова.",
            "Посматрачи подсећају да је пут преко планина сваке зиме недељама затворен.",
            "Студенти оба универзитета желели би више програма размене, додао је портпарол.",
            "Нико у сали није очекивао брзе резултате, али је тон био пријатељски, а кафа јака.",
            "Привредна комора броји око 800 предузећа која послују са партнерима у иностранству.",
            "Пољопривредници се надају нижим царинама на малине, урме и пистаће.",
            "Нова лабораторија са 5G антенама финансираће се из буџета наредних година.",
            "Иста канцеларија је 2019. упозорила да стари споразум више не одговара потребама индустрије.",
        ],
        Tongue::Arabic => &[
            "ينمو التبادل التجاري بين البلدين ببطء، ويشكو المصدرون من الجانبين من صعوبات الدفع والنقل.",
            "وضم الوفد مهندسين ومصرفيين وأصحاب عدد من الشركات العائلية من الأقاليم.",
            "وبحسب الوزارة كانت أرقام العام الماضي أفضل من المتوقع، ولا سيما بفضل الآلات والأدوية.",
            "ويذكر المراقبون أن الطريق عبر الجبال يغلق أسابيع كل شتاء.",
            "وأضاف متحدث أن طلاب الجامعتين يرغبون في مزيد من برامج التبادل.",
            "ولم يتوقع أحد في القاعة نتائج سريعة، لكن الأجواء كانت ودية والقهوة قوية.",
            "وتحصي غرفة التجارة نحو 800 شركة تتعامل مع شركاء في الخارج.",
            "ويأمل المزارعون في خفض الرسوم على التوت والتمور والفستق.",
            "وسيمول مختبر جديد مجهز بهوائيات 5G من ميزانية السنوات المقبلة.",
            "وكان المكتب نفسه قد حذر عام 2019 من أن الاتفاق القديم لم يعد يلائم حاجات الصناعة.",
        ],
        Tongue::Persian => &[
            "بازرگانی میان دو کشور آهسته رشد می‌کند و صادرکنندگان هر دو سو از دشواری پرداخت و حمل‌ونقل گله دارند.",
            "در این هیئت مهندسان، بانکداران و مالکان چند شرکت خانوادگی از استان‌ها حضور داشتند.",
            "به گفته وزارتخانه آمار سال گذشته بهتر از انتظار بود، بیشتر به سبب ماشین‌آلات و دارو.",
            "ناظران یادآوری می‌کنند که جاده کوهستانی هر زمستان هفته‌ها بسته است.",
            "سخنگو افزود دانشجویان هر دو دانشگاه خواهان برنامه‌های مبادله بیشتری هستند.",
            "هیچ‌کس در تالار نتیجه سریع انتظار نداشت، اما فضا دوستانه بود و قهوه غلیظ.",
            "اتاق بازرگانی حدود ۸۰۰ شرکت را می‌شمارد که با شریکان خارجی کار می‌کنند.",
            "کشاورزان به کاهش تعرفه تمشک، خرما و پسته امیدوارند.",
            "آزمایشگاهی تازه با آنتن‌های 5G از بودجه سال‌های آینده تأمین مالی می‌شود.",
            "همین اداره در سال ۲۰۱۹ هشدار داده بود که توافق قدیمی دیگر پاسخگوی نیاز صنعت نیست.",
        ],
    }
}
