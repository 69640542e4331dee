//! Claims, and the index in which they meet.

mod body;

pub(super) use body::{MentionRow, ShownRow, claim};

use super::{Reading, StoreError, Writing, known::Sort, row};
use crate::{
    event::{Claim, Facts, Heirs, Slot},
    model::{ArticleId, Field, MentionId, SourceId},
};
use body::Part;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::{collections::BTreeMap, sync::Arc};

const TABLE: &str = "mention";

/// How many claims of one source in one wording count: the first ones. What the source says again in the same
/// words repeats.
const PER_SOURCE: i64 = 3;

/// From how many claims of one wording on, whatever their sources, one of each source is enough.
const PER_WORDING: i64 = 32;

/// How a mention is found.
#[derive(Debug)]
pub(super) struct Filing<'c> {
    facts: Arc<Facts>,
    source: &'c SourceId,
    /// Whether it only repeats; such a one is not met.
    repeats: bool,
}

impl<'c> Filing<'c> {
    pub(super) fn new(claim: &'c Claim, repeats: bool) -> Self {
        Self { facts: Arc::new(Facts::new(claim)), source: &claim.source, repeats }
    }
}

/// A mention as it is stored.
struct Filed {
    number: i64,
    sentence: String,
    body: String,
    /// None where it only repeats.
    facts: Option<Vec<u8>>,
    slots: Vec<u8>,
}

impl Reading<'_> {
    /// The claims that `article` made when it was read last, in the order of their ids; none when it is not
    /// stored.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn claims_by(&self, article: ArticleId) -> Result<Vec<Claim>, StoreError> {
        self.claims_where(article, "")
    }

    /// As [`Reading::claims_by`], without those that only repeat: what takes part in consolidation.
    ///
    /// # Errors
    /// As [`Reading::claims_by`].
    pub fn counted_claims_by(&self, article: ArticleId) -> Result<Vec<Claim>, StoreError> {
        self.claims_where(article, "and repeats = 0")
    }

    fn claims_where(&self, article: ArticleId, and: &str) -> Result<Vec<Claim>, StoreError> {
        let Some(number) = self.known_number(article)? else { return Ok(Vec::new()) };
        let sql = format!("select id, body from mention where article = ?1 {and} order by id");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query([number])?;
        let mut claims = Vec::new();
        while let Some(columns) = rows.next()? {
            let id = MentionId::from_bytes(columns.get(0)?);
            claims.push(claim(id, article, text(columns.get_ref(1)?)?)?);
        }
        Ok(claims)
    }
}

impl Reading<'_> {
    /// Whether a claim says only what its source has said of the same event in the same words often enough.
    /// Where its article has such a claim that counts, under whatever key, it goes on counting.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when the database fails.
    pub fn repeats(&self, claim: &Claim) -> Result<bool, StoreError> {
        let Some(wording) = Facts::new(claim).wording() else { return Ok(false) };
        let sql =
            "select count(*), coalesce(sum(source = ?2), 0) from mention_facts where wording = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let of = params![wording, claim.source.as_str()];
        let (all, same): (i64, i64) =
            statement.query_row(of, |row| Ok((row.get(0)?, row.get(1)?)))?;
        if same < PER_SOURCE && (same == 0 || all < PER_WORDING) {
            return Ok(false);
        }
        let Some(article) = self.known_number(claim.article)? else { return Ok(true) };
        let sql = "select 1 from mention join mention_facts on mention_facts.mention = n
                   where article = ?1 and mention_facts.wording = ?2";
        Ok(!self.connection().prepare_cached(sql)?.exists(params![article, wording])?)
    }

    /// An article with a claim that only repeats what `claim` says.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when the database fails.
    pub fn repeated_by(&self, claim: &Claim) -> Result<Option<ArticleId>, StoreError> {
        let sql = "select article.id from mention join article on article.n = mention.article
                   where mention.wording = ?1 and mention.repeats = 1 order by mention.id limit 1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let id = statement.query_row([Facts::new(claim).wording()], |row| row.get(0)).optional()?;
        Ok(id.map(ArticleId::from_bytes))
    }
}

impl Writing<'_> {
    /// Stores `claims`, and those that only repeat, in place of those that `article` made before. Rows that
    /// say the same stay; those that go leave their place in an event to their heirs.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the article is not stored; [`StoreError`] when the database fails or holds
    /// what it should not.
    pub fn replace_claims(
        &self,
        article: ArticleId,
        claims: &[Claim],
        repeats: &[Claim],
        heirs: &Heirs,
    ) -> Result<(), StoreError> {
        let number = self.article_number(article)?;
        let mut filed = self.filed(number)?;
        if claims.is_empty() && repeats.is_empty() && filed.is_empty() {
            return Ok(());
        }
        let repeated = repeats.iter().map(|claim| (claim.mention.id, (claim, true)));
        let counted = claims.iter().map(|claim| (claim.mention.id, (claim, false)));
        let claims: BTreeMap<MentionId, (&Claim, bool)> = repeated.chain(counted).collect();
        let (title, body, fetched) = self.text_of(number)?;
        let (title, body) = (Part::new(&title), Part::new(&body));
        for (id, (claim, repeats)) in claims {
            let part = |field| match field {
                Field::Title => &title,
                Field::Text => &body,
            };
            let evidence = &claim.mention.evidence;
            let sentence = evidence.sentence.span.of(part(evidence.sentence.field).text);
            let body = row::to_json(TABLE, &MentionRow::of(claim, fetched, part))?;
            let filing = Filing::new(claim, repeats);
            match filed.remove(&id) {
                Some(old) => {
                    self.recent().forget(id);
                    self.refile(&old, sentence, &filing, &body)?;
                }
                None => {
                    let number = self.file(number, id, sentence, &filing, &body)?;
                    if !repeats {
                        // As it would be read: the next article is likely to ask for it.
                        let fetched = row::instant(TABLE, fetched)?;
                        let claim = Claim { fetched, ..claim.clone() };
                        self.recent().keep(number, &Arc::new(claim));
                    }
                }
            }
        }
        for (id, old) in &filed {
            self.recent().forget(*id);
            self.inherit(old.number, heirs.of(*id))?;
            self.unfile(*id, old)?;
        }
        Ok(())
    }

    fn filed(&self, article: i64) -> Result<BTreeMap<MentionId, Filed>, StoreError> {
        let sql = "select id, n, sentence, body, facts, coalesce(slots, x'')
                   from mention left join mention_facts on mention_facts.mention = n
                   where article = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map([article], |row| {
            let filed = Filed {
                number: row.get(1)?,
                sentence: row.get(2)?,
                body: row.get(3)?,
                facts: row.get(4)?,
                slots: row.get(5)?,
            };
            Ok((MentionId::from_bytes(row.get(0)?), filed))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Headline, text, and when the article came first: an edit that makes the same claim makes no new row.
    fn text_of(&self, article: i64) -> Result<(String, String, i64), StoreError> {
        let sql = "select title, text, fetched
                   from article join article_text on article = n where n = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        Ok(statement.query_row([article], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
    }

    /// Stores a new mention, and files it under its keys; answers its number.
    pub(super) fn file(
        &self,
        article: i64,
        id: MentionId,
        sentence: &str,
        filing: &Filing<'_>,
        body: &str,
    ) -> Result<i64, StoreError> {
        let sql = "insert into mention (id, article, sentence, body, wording, repeats)
                   values (?1,?2,?3,?4,?5,?6)";
        self.connection().prepare_cached(sql)?.execute(params![
            id.as_bytes(),
            article,
            sentence,
            body,
            filing.facts.wording(),
            filing.repeats,
        ])?;
        let number = self.connection().last_insert_rowid();
        self.make_known(Sort::Mention, id.as_bytes(), number)?;
        if !filing.repeats {
            self.shelve(number, filing)?;
        }
        Ok(number)
    }

    fn shelve(&self, mention: i64, filing: &Filing<'_>) -> Result<(), StoreError> {
        let slots = shelve(self.connection(), mention, filing)?;
        self.recent().shelve(mention, &slots);
        self.recent().keep_facts(mention, Arc::clone(&filing.facts));
        Ok(())
    }

    fn refile(
        &self,
        old: &Filed,
        sentence: &str,
        filing: &Filing<'_>,
        body: &str,
    ) -> Result<(), StoreError> {
        let facts = (!filing.repeats).then(|| filing.facts.to_bytes());
        let slots = if filing.repeats { Vec::new() } else { bytes(&filing.facts.slots()) };
        let stays = old.facts == facts && old.slots == slots;
        if old.sentence == sentence && old.body == body && stays {
            return Ok(());
        }
        let sql = "update mention set sentence = ?2, body = ?3, wording = ?4, repeats = ?5
                   where n = ?1";
        self.connection().prepare_cached(sql)?.execute(params![
            old.number,
            sentence,
            body,
            filing.facts.wording(),
            filing.repeats,
        ])?;
        if !stays {
            self.unshelve(old)?;
            if !filing.repeats {
                self.shelve(old.number, filing)?;
            }
        }
        if let Some(event) = self.holder(old.number)? {
            self.restamp(event)?;
        }
        Ok(())
    }

    /// Puts `heir` in the place that mention number `old` has in an event.
    fn inherit(&self, old: i64, heir: MentionId) -> Result<(), StoreError> {
        let Some(event) = self.holder(old)? else { return Ok(()) };
        self.recent().forget_event(event);
        if let Some(heir) = self.mention_number(heir)? {
            let sql = "update or ignore event_mention set mention = ?2 where mention = ?1";
            self.connection().prepare_cached(sql)?.execute([old, heir])?;
        }
        self.restamp(event)
    }

    fn unfile(&self, id: MentionId, old: &Filed) -> Result<(), StoreError> {
        self.unshelve(old)?;
        self.make_unknown(Sort::Mention, id.as_bytes())?;
        self.connection()
            .prepare_cached("delete from mention where n = ?1")?
            .execute([old.number])?;
        Ok(())
    }

    fn unshelve(&self, old: &Filed) -> Result<(), StoreError> {
        let sql = "delete from mention_slot where key = ?1 and day = ?2 and mention = ?3";
        let mut statement = self.connection().prepare_cached(sql)?;
        for slot in slots(&old.slots) {
            statement.execute(params![slot.key, slot.day, old.number])?;
        }
        self.recent().unshelve(old.number, slots(&old.slots));
        self.connection()
            .prepare_cached("delete from mention_facts where mention = ?1")?
            .execute([old.number])?;
        Ok(())
    }
}

/// Lets a mention be met; answers where.
fn shelve(
    connection: &Connection,
    mention: i64,
    filing: &Filing<'_>,
) -> Result<Vec<Slot>, StoreError> {
    let Filing { facts, source, .. } = filing;
    let slots = facts.slots();
    let sql = "insert into mention_facts (mention, wording, source, facts, slots)
               values (?1, ?2, ?3, ?4, ?5)";
    connection.prepare_cached(sql)?.execute(params![
        mention,
        facts.wording(),
        source.as_str(),
        facts.to_bytes(),
        bytes(&slots)
    ])?;
    let sql = "insert or ignore into mention_slot (key, day, mention) values (?1, ?2, ?3)";
    let mut statement = connection.prepare_cached(sql)?;
    for slot in &slots {
        statement.execute(params![slot.key, slot.day, mention])?;
    }
    Ok(slots)
}

/// Files all mentions, where none is so far.
pub(super) fn refile_all(connection: &Connection) -> Result<(), StoreError> {
    let sql = "select mention.n, mention.id, article.id, mention.body, mention.repeats
               from mention join article on article.n = mention.article order by mention.n";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(columns) = rows.next()? {
        let number: i64 = columns.get(0)?;
        let id = MentionId::from_bytes(columns.get(1)?);
        let article = ArticleId::from_bytes(columns.get(2)?);
        let claim = claim(id, article, text(columns.get_ref(3)?)?)?;
        let filing = Filing::new(&claim, columns.get(4)?);
        connection
            .prepare_cached("update mention set wording = ?2 where n = ?1")?
            .execute(params![number, filing.facts.wording()])?;
        if !filing.repeats {
            shelve(connection, number, &filing)?;
        }
    }
    Ok(())
}

/// A text column without a copy.
pub(super) fn text(value: rusqlite::types::ValueRef<'_>) -> Result<&str, StoreError> {
    value.as_str().map_err(|error| StoreError::row(TABLE, error))
}

fn bytes(slots: &[Slot]) -> Vec<u8> {
    let bytes = |slot: &Slot| slot.key.to_le_bytes().into_iter().chain(slot.day.to_le_bytes());
    slots.iter().flat_map(bytes).collect()
}

fn slots(bytes: &[u8]) -> impl Iterator<Item = Slot> {
    bytes.as_chunks::<12>().0.iter().filter_map(|chunk| {
        let (key, day) = chunk.split_first_chunk()?;
        let day = i32::from_le_bytes(day.try_into().ok()?);
        Some(Slot { key: i64::from_le_bytes(*key), day })
    })
}
