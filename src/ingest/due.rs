//! When a source is asked again. Pure: instants come in, an instant comes out.

use crate::model::SourceId;
use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;

/// The wait after a first failure; it doubles with each further one.
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(5);

/// No failing source waits longer: it is never given up.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(12);

/// The longest wait that a server may ask for.
const LONGEST_ASKED: TimeDelta = TimeDelta::days(7);

/// The wait after "gone for good": long, since it was said to be final, and not for ever, since it was
/// not always true.
const GONE_WAIT: TimeDelta = TimeDelta::days(30);

/// When to ask a source again that failed for the `failures`-th time in a row. `retry_after` is what its
/// server asked for; `gone` is whether it answered 410.
///
/// The wait is spread by up to a tenth, differently for each source, so that sources that failed together
/// do not come back together.
#[must_use]
pub fn after_failure(
    now: DateTime<Utc>,
    source: &SourceId,
    failures: u32,
    retry_after: Option<Duration>,
    gone: bool,
) -> DateTime<Utc> {
    if gone {
        return now + GONE_WAIT;
    }
    let doubled = FIRST_WAIT.checked_mul(1 << failures.saturating_sub(1).min(16));
    let wait = doubled.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
    let wait = wait + wait * tenths(source, failures) / 1000;
    let asked = retry_after.and_then(|asked| TimeDelta::from_std(asked).ok()).unwrap_or_default();
    now + wait.max(asked.min(LONGEST_ASKED))
}

/// A number from 0 to 99 that depends on the source and the count alone.
fn tenths(source: &SourceId, failures: u32) -> i32 {
    let hash = blake3::hash(format!("{source} {failures}").as_bytes());
    i32::from(hash.as_bytes().first().copied().unwrap_or_default()) % 100
}

/// Whether to ask without conditions, though validators are known: on the first sweep of a day, because
/// some servers answer "not modified" for ever.
#[must_use]
pub fn asks_afresh(now: DateTime<Utc>, last_attempt: Option<DateTime<Utc>>) -> bool {
    last_attempt.is_none_or(|last| last.date_naive() != now.date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_cap() {
        let now = DateTime::UNIX_EPOCH;
        let source = SourceId::new("irna-en").unwrap();
        let minutes = |failures, asked: Option<u64>, gone| {
            (after_failure(now, &source, failures, asked.map(Duration::from_secs), gone) - now)
                .num_minutes()
        };
        for (failures, asked, least, most) in [
            (1, None, 5, 5),
            (2, None, 10, 11),
            (4, None, 40, 44),
            (30, None, 720, 792),
            (u32::MAX, None, 720, 792),
            (1, Some(3600), 60, 60),
            (30, Some(60), 720, 792),
            (1, Some(u64::MAX / 2000), 10_080, 10_080),
        ] {
            let wait = minutes(failures, asked, false);
            assert!((least..=most).contains(&wait), "{failures} {asked:?}: {wait}");
        }
        assert_eq!(minutes(1, None, true), 30 * 24 * 60);
    }
}
