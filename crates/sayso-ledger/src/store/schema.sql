-- Version 1 of the ledger's schema. docs/ledger.md explains it to people who bring their own SQL.
-- Offsets are Unicode code points of the text, half-open. Tables that begin with _ are the program's own.

CREATE TABLE outlet (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- Stories that print the same text, or most of it: counted as one origin.
CREATE TABLE copies (
  id INTEGER PRIMARY KEY,
  title TEXT,
  agency TEXT
) STRICT;

-- A text is stored and analysed once, however often it is printed.
CREATE TABLE text (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  copies_id INTEGER NOT NULL REFERENCES copies (id),
  -- The earliest day on which a printing was published.
  day TEXT,
  language TEXT,
  model TEXT NOT NULL,
  reader TEXT NOT NULL,
  -- Which of its printings was analysed.
  analysed TEXT NOT NULL,
  length INTEGER NOT NULL,
  -- Bytes of its body.
  packed INTEGER NOT NULL,
  -- Size of its sample in _shingle.
  sample INTEGER NOT NULL,
  -- Statements that the model read in it, by how their source is worded.
  named INTEGER NOT NULL,
  official INTEGER NOT NULL,
  unnamed INTEGER NOT NULL,
  document INTEGER NOT NULL,
  paragraphs TEXT NOT NULL,
  notices TEXT NOT NULL
) STRICT;
CREATE INDEX text_copies ON text (copies_id);
CREATE INDEX text_foreign ON text (language) WHERE language <> 'en';

-- The texts themselves, where they are kept: UTF-8 compressed by zlib.
CREATE TABLE body (
  text_id INTEGER PRIMARY KEY REFERENCES text (id),
  zlib BLOB NOT NULL
) STRICT;

-- A printing of a text.
CREATE TABLE story (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  text_id INTEGER NOT NULL REFERENCES text (id),
  ref TEXT NOT NULL,
  title TEXT,
  outlet_id INTEGER REFERENCES outlet (id),
  published TEXT,
  day TEXT,
  modified TEXT,
  captured TEXT,
  url TEXT,
  byline TEXT,
  authors TEXT NOT NULL,
  agency TEXT,
  place TEXT,
  filed TEXT,
  given TEXT NOT NULL
) STRICT;
CREATE INDEX story_text ON story (text_id);
CREATE INDEX story_outlet ON story (outlet_id, day);
CREATE INDEX story_url ON story (url);
CREATE INDEX story_day ON story (day);

-- A person, body, place or document across stories.
CREATE TABLE entity (
  id INTEGER PRIMARY KEY,
  -- What joins its mentions: kind and name; with the text's hash where the name is too bare to join stories.
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL
) STRICT;
CREATE INDEX entity_name ON entity (name COLLATE NOCASE);

-- The names under which texts print an entity, what they take it for, and how many do.
CREATE TABLE alias (
  entity_id INTEGER NOT NULL REFERENCES entity (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  texts INTEGER NOT NULL,
  PRIMARY KEY (entity_id, name, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_name ON alias (name COLLATE NOCASE);

-- Where a text names an entity: spans as "30-41 88-93".
CREATE TABLE mention (
  text_id INTEGER NOT NULL REFERENCES text (id),
  number INTEGER NOT NULL,
  entity_id INTEGER NOT NULL REFERENCES entity (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  spans TEXT NOT NULL,
  PRIMARY KEY (text_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity_id);

-- Who says what.
CREATE TABLE statement (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  text_id INTEGER NOT NULL REFERENCES text (id),
  -- Its number in the text, from 1.
  number INTEGER NOT NULL,
  speaker TEXT,
  speaker_id INTEGER REFERENCES entity (id),
  source_text TEXT,
  cue_text TEXT,
  content_text TEXT NOT NULL,
  -- Names that pronouns and short forms in the content stand for.
  names TEXT,
  form TEXT NOT NULL,
  kind TEXT NOT NULL,
  act TEXT NOT NULL,
  negated INTEGER NOT NULL,
  inside_id INTEGER REFERENCES statement (id),
  answers_id INTEGER REFERENCES statement (id),
  stance TEXT,
  said_on TEXT,
  -- The day said where the text tells it, else the earliest day of publication.
  day TEXT,
  confidence REAL NOT NULL,
  -- Where it stands, as "30-41".
  source_spans TEXT NOT NULL,
  cue_span TEXT NOT NULL,
  content_spans TEXT NOT NULL,
  -- Words around it; only where texts are not kept.
  before_text TEXT,
  after_text TEXT,
  -- Whether a hand has corrected it or found it right.
  checked INTEGER NOT NULL DEFAULT 0,
  -- Whether a hand has found that it is none.
  dropped INTEGER NOT NULL DEFAULT 0,
  -- What the model had in the place of what a hand corrected, as JSON.
  machine TEXT
) STRICT;
CREATE INDEX statement_text ON statement (text_id, number);
CREATE INDEX statement_speaker ON statement (speaker_id, day);
-- Over all rows, so that Datasette counts them by their values in time.
CREATE INDEX statement_act ON statement (act);
CREATE INDEX statement_form ON statement (form);

CREATE VIRTUAL TABLE statement_fts USING fts5 (
  content_text, names, speaker, source_text,
  content="statement", content_rowid="id", tokenize='porter unicode61 remove_diacritics 2'
);

-- How well a row fits: content counts most.
INSERT INTO statement_fts (statement_fts, rank) VALUES ('rank', 'bm25(1.0, 0.5, 0.5, 0.2)');

-- Where each statement is and on which day (counted from 1 January of the year 1), in few bytes: what the counts of an answer need of tens
-- of thousands of them.
CREATE TABLE _place (
  id INTEGER PRIMARY KEY,
  text_id INTEGER NOT NULL,
  day INTEGER
) STRICT;

-- Fewer merges of the index while stories are added: half of the default's writes.
INSERT INTO statement_fts (statement_fts, rank) VALUES ('automerge', 8);

-- Amounts and counts: all of a text, those outside of statements too.
CREATE TABLE figure (
  id INTEGER PRIMARY KEY,
  text_id INTEGER NOT NULL REFERENCES text (id),
  -- The innermost statement whose content holds it.
  statement_id INTEGER REFERENCES statement (id),
  words TEXT NOT NULL,
  min REAL,
  max REAL,
  approx INTEGER NOT NULL,
  unit TEXT,
  counted TEXT,
  change TEXT,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL
) STRICT;
CREATE INDEX figure_text ON figure (text_id, start);
CREATE INDEX figure_statement ON figure (statement_id);

-- Days and spans of days that a text tells of, both ends inclusive.
CREATE TABLE date (
  text_id INTEGER NOT NULL REFERENCES text (id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  PRIMARY KEY (text_id, start)
) STRICT, WITHOUT ROWID;

-- Marks of one's own, on the key of a story or statement.
CREATE TABLE tag (
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (key, name, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_name ON tag (name, value);

-- What hands have corrected: a log, of which nothing is taken out. It is kept under the text's hash, the place and the
-- words, so that it survives a newer model.
CREATE TABLE correction (
  key TEXT PRIMARY KEY,
  text_sha256 TEXT NOT NULL,
  -- Key of the statement, when it was corrected.
  statement TEXT NOT NULL,
  -- speaker, act, negated, content, right, none; or undo, of the correction whose key is the value.
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  -- The statement's content and its place, when it was corrected.
  words TEXT NOT NULL,
  place TEXT NOT NULL,
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT,
  -- The statement that it is of now; NULL where there is none of these words any more.
  statement_id INTEGER REFERENCES statement (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX correction_text ON correction (text_sha256);
CREATE INDEX correction_statement ON correction (statement_id);

CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  words TEXT NOT NULL,
  by TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX note_key ON note (key);

-- What came in: a hash of each page, so that it is not read again.
CREATE TABLE _page (
  hash BLOB PRIMARY KEY,
  story_id INTEGER REFERENCES story (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX _page_story ON _page (story_id);

-- An even sample of each text's runs of five words.
CREATE TABLE _shingle (
  hash INTEGER NOT NULL,
  text_id INTEGER NOT NULL,
  PRIMARY KEY (hash, text_id)
) STRICT, WITHOUT ROWID;

-- Texts of which one holds the other's words: the share of the shorter one's sample.
CREATE TABLE _copy (
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  share REAL NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX _copy_b ON _copy (b);

-- What was removed for good: hashes of salted keys.
CREATE TABLE _forgotten (
  hash BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE _setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW story_v AS
SELECT story.id, story.key, story.ref, story.title, outlet.name AS outlet, story.published, story.day,
  story.url, story.agency, story.byline, text.sha256, text.model, text.copies_id,
  (SELECT count(*) FROM statement WHERE statement.text_id = story.text_id AND dropped = 0) AS statements
FROM story JOIN text ON text.id = story.text_id LEFT JOIN outlet ON outlet.id = story.outlet_id;

-- A row a statement, with the earliest of the stories that print it.
CREATE VIEW statement_v AS
SELECT statement.id, statement.key, statement.speaker, entity.name AS entity, statement.source_text,
  statement.cue_text, statement.content_text, statement.form, statement.kind, statement.act,
  statement.negated, outer_one.speaker AS on_whose_word, answered.key AS answers, statement.stance,
  statement.said_on, statement.day, statement.confidence, statement.checked, story.key AS story, story.title, outlet.name AS outlet,
  story.published, story.url, text.copies_id
FROM statement
JOIN text ON text.id = statement.text_id
JOIN story ON story.id = (
  SELECT id FROM story AS printing WHERE printing.text_id = statement.text_id
  ORDER BY printing.day IS NULL, printing.day, printing.key LIMIT 1)
LEFT JOIN outlet ON outlet.id = story.outlet_id
LEFT JOIN entity ON entity.id = statement.speaker_id
LEFT JOIN statement AS outer_one ON outer_one.id = statement.inside_id
LEFT JOIN statement AS answered ON answered.id = statement.answers_id
WHERE statement.dropped = 0;

-- A row a figure within a statement.
CREATE VIEW figure_v AS
SELECT figure.id, figure.words, figure.min, figure.max, figure.approx, figure.unit, figure.counted, figure.change,
  statement_v.speaker, statement_v.entity, statement_v.act, statement_v.negated, statement_v.on_whose_word,
  statement_v.day, statement_v.content_text, statement_v.key AS statement, statement_v.story,
  statement_v.outlet, statement_v.url, statement_v.copies_id
FROM figure JOIN statement_v ON statement_v.id = figure.statement_id;
