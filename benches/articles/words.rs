//! Words of the synthetic articles: names, dates, and sentences that tell no event.

use super::{Tongue, mixed, pick};
use chrono::{Datelike as _, NaiveDate};

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

const FIRST_NAMES: [[&str; 4]; 4] = [
    ["Reza", "Реза", "رضا", "رضا"],
    ["Hassan", "Хасан", "حسن", "حسن"],
    ["Mahmoud", "Махмуд", "محمود", "محمود"],
    ["Ali", "Али", "علي", "علی"],
];

const SECOND_NAMES: [[&str; 4]; 4] = [
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

fn name(person: u64, salt: u64, first: &[[&str; 4]; 4], tongue: Tongue, end: [&str; 4]) -> String {
    let at = tongue.index();
    let n = mixed(person * 2 + salt);
    let syllables = [n, n >> 8, n >> 16].map(|n| pick(&SYLLABLES, n)[at]);
    let surname = format!("{}{}", syllables.concat(), end[at]);
    let mut letters = surname.chars();
    let capital = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!("{} {}{}", pick(first, n >> 24)[at], capital.unwrap_or_default(), letters.as_str())
}

/// A person of the first country.
pub(super) fn first(person: u64, tongue: Tongue) -> String {
    name(person, 0, &FIRST_NAMES, tongue, ["ni", "ни", "ني", "نی"])
}

/// A person of the second country.
pub(super) fn second(person: u64, tongue: Tongue) -> String {
    name(person, 1, &SECOND_NAMES, tongue, ["vić", "вић", "فيتش", "ویچ"])
}

/// A day, written out.
pub(super) fn date(day: NaiveDate, tongue: Tongue) -> String {
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

/// Sentences that tell no event; some of them name a time.
pub(super) fn fillers(tongue: Tongue) -> &'static [&'static str] {
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
