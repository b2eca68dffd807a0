-- Version 1 of the record: one SQLite file.  Names are the local parts of IRIs (art-…, graph-…, run-…).
-- Connection settings (every open): journal_mode=WAL, synchronous=FULL, foreign_keys=ON, trusted_schema=OFF.

CREATE TABLE counter (                -- one row: the number and the chain value of the last write
  one INTEGER PRIMARY KEY CHECK (one = 1),
  seq INTEGER NOT NULL,
  chain TEXT NOT NULL) STRICT;
INSERT INTO counter VALUES (1, 0, '');

CREATE TABLE history (                -- chain value of every write, so that an index can tell whether it followed this file
  seq INTEGER PRIMARY KEY,
  chain TEXT NOT NULL) STRICT;

CREATE TABLE run (                    -- what was run and when: the only clocks in the file besides fetched_at and decided_at
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  command TEXT NOT NULL,
  version TEXT NOT NULL,
  model_sha256 TEXT,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  outcome TEXT,
  UNIQUE (name, command, started_at)) STRICT;

CREATE TABLE source (                 -- bytes as they came, so that a better reader or extractor can be run again
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL DEFAULT '',
  sha256 TEXT NOT NULL,
  origin TEXT NOT NULL,
  media_type TEXT NOT NULL,
  encoding TEXT,
  fetched_at TEXT,
  etag TEXT,
  last_modified TEXT,
  length INTEGER NOT NULL,            -- bytes before packing
  body BLOB NOT NULL,                 -- zlib
  UNIQUE (url, sha256)) STRICT;

CREATE TABLE graph (                  -- one row a named graph; a dropped graph stays as a tombstone (quads NULL)
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  seq INTEGER NOT NULL UNIQUE,
  quad_count INTEGER,
  sha256 TEXT,                        -- of the N-Quads before packing
  quads BLOB,                         -- zlib of sorted N-Quads of this graph and of graph-shared for the nodes it names
  CHECK ((quads IS NULL) = (sha256 IS NULL) AND (quads IS NULL) = (quad_count IS NULL))) STRICT;

CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  graph TEXT NOT NULL UNIQUE REFERENCES graph (name),
  source INTEGER REFERENCES source,
  run INTEGER NOT NULL REFERENCES run,
  input_key TEXT NOT NULL DEFAULT '', -- digest of all that decided the outcome; equal key, nothing to do
  url TEXT,
  outlet TEXT,
  headline TEXT NOT NULL,
  published TEXT,
  language TEXT NOT NULL,
  authors TEXT NOT NULL,              -- JSON list
  length INTEGER NOT NULL,            -- code points
  text_sha256 TEXT NOT NULL,
  text TEXT NOT NULL) STRICT;
CREATE INDEX article_outlet ON article (outlet, published);
CREATE INDEX article_published ON article (published);
CREATE INDEX article_url ON article (url);
CREATE INDEX article_text ON article (text_sha256);
CREATE INDEX article_source ON article (source);
CREATE INDEX article_input ON article (input_key) WHERE input_key <> '';

-- kept by the writer, not by triggers: with trusted_schema off, SQLite lets no trigger touch a virtual table
CREATE VIRTUAL TABLE article_fts USING fts5 (
  headline, text, content = 'article', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2");
CREATE TABLE rating (                 -- as imported; rendered into graph-ratings-<rating_set>
  rating_set TEXT NOT NULL,
  version TEXT NOT NULL,
  outlet TEXT NOT NULL,
  rater TEXT NOT NULL,
  scale TEXT NOT NULL,
  scope TEXT NOT NULL,
  rated_on TEXT NOT NULL,
  value TEXT NOT NULL,
  dimension TEXT NOT NULL,
  normalised TEXT,                    -- decimal, as text: no rounding
  imputed INTEGER NOT NULL,
  licence TEXT NOT NULL,
  family TEXT NOT NULL,
  url TEXT,
  PRIMARY KEY (rating_set, version, outlet, rater, scale, scope, rated_on)) STRICT, WITHOUT ROWID;
CREATE INDEX rating_outlet ON rating (outlet, rated_on);

CREATE TABLE decision (               -- what a person decided; never changed, a later row overrides
  id INTEGER PRIMARY KEY,
  target TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  note TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL) STRICT;
CREATE INDEX decision_target ON decision (target, kind);
CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision BEGIN
  SELECT RAISE (ABORT, 'decisions are never deleted');
END;
CREATE TRIGGER decision_is_fixed BEFORE UPDATE ON decision BEGIN
  SELECT RAISE (ABORT, 'decisions are never changed');
END;
