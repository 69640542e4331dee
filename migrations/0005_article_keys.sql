-- 0005: by what else an article is known.
--
-- Some sources give an article another guid each time, or move it when its headline is edited. Beside the
-- key in `article.id` it is known by the key of its link: whichever of the two is met again leads to it.
-- Derived: the next sweep that meets the article writes its row anew.

create table article_key (
  key     blob    primary key check (length(key) = 16),
  article integer not null references article (n) on delete cascade
) strict, without rowid;

create index article_key_article on article_key (article);
