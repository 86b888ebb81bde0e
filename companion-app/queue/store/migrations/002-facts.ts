/** Facts about cost, verdicts and the cut: appended, never changed, and kept when the job they speak of is gone. */
export const facts = `
CREATE TABLE facts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at REAL NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX facts_by_kind ON facts (kind, id);
CREATE TRIGGER facts_stay BEFORE UPDATE ON facts BEGIN SELECT RAISE(ABORT, 'facts are never changed'); END;
CREATE TRIGGER facts_last BEFORE DELETE ON facts BEGIN SELECT RAISE(ABORT, 'facts are never removed'); END;

ALTER TABLE jobs ADD COLUMN verdict TEXT;
ALTER TABLE events ADD COLUMN verdict TEXT;
`;
