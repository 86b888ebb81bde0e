/** The first shape of the store. Once released a migration never changes; the next one goes into a file of its own. */
export const first = `
CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  ord INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL,
  sequence_id TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  lost INTEGER NOT NULL,
  submitted_at REAL NOT NULL,
  changed_at REAL NOT NULL,
  engine TEXT NOT NULL,
  quality TEXT NOT NULL,
  pixels REAL NOT NULL,
  frames INTEGER NOT NULL,
  spec TEXT NOT NULL,
  spec_hash TEXT NOT NULL,
  take TEXT,
  problem TEXT,
  last_problem TEXT,
  placement TEXT
) STRICT;
CREATE INDEX jobs_by_state ON jobs (state, ord);
CREATE INDEX jobs_by_sequence ON jobs (sequence_id, ord);

CREATE TABLE boards (sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE job_boards (
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (job_id, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at REAL NOT NULL,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  sequence_id TEXT NOT NULL,
  shot_name TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  take TEXT,
  problem TEXT
) STRICT;
CREATE INDEX events_by_sequence ON events (sequence_id, seq);

CREATE TABLE attempts (
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  started_at REAL NOT NULL,
  ended_at REAL,
  outcome TEXT,
  reason TEXT,
  PRIMARY KEY (job_id, attempt)
) STRICT, WITHOUT ROWID;

CREATE TABLE timings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  requested TEXT NOT NULL,
  engine TEXT NOT NULL,
  device TEXT NOT NULL,
  quality TEXT NOT NULL,
  pixels REAL NOT NULL,
  frames INTEGER NOT NULL,
  seconds REAL NOT NULL
) STRICT;

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;
