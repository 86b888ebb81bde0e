/**
 * Places in the order are fractions, so that a job is put between two others without touching them. What a person has put in order is all
 * up to one rank (a setting), not a mark on each row. Lists and their counts are answered by indexes, without reading the long specs.
 */
export const fractionalRanks = `
INSERT OR REPLACE INTO settings (name, value)
  SELECT 'in order by hand up to', CAST(max(rank) AS TEXT) FROM jobs WHERE by_hand = 1 HAVING count(*) > 0;
DROP INDEX jobs_by_state;
DROP INDEX jobs_by_quality;
DROP INDEX jobs_by_rank;
DROP INDEX jobs_by_sequence;
ALTER TABLE jobs ADD COLUMN place REAL NOT NULL DEFAULT 0;
UPDATE jobs SET place = rank;
ALTER TABLE jobs DROP COLUMN rank;
ALTER TABLE jobs DROP COLUMN by_hand;
ALTER TABLE jobs RENAME COLUMN place TO rank;
CREATE INDEX jobs_by_state ON jobs (state, rank, pruned);
CREATE INDEX jobs_by_quality ON jobs (state, quality, rank);
CREATE INDEX jobs_by_rank ON jobs (rank, pruned, state);
CREATE INDEX jobs_by_sequence ON jobs (sequence_id, rank, pruned, state, ord);
`;
