/** The night: places in the order that a person may change, rows taken out of the lists, stand-in engines, takes that failed a check. */
export const night = `
ALTER TABLE jobs ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN pruned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN start_frame INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN uses INTEGER NOT NULL DEFAULT 1;
ALTER TABLE jobs ADD COLUMN fallback TEXT;
ALTER TABLE jobs ADD COLUMN tries TEXT;
UPDATE jobs SET rank = ord, start_frame = json_extract(spec, '$.shot.startFrame'),
  uses = json_array_length(spec, '$.shot.boards');
DROP INDEX jobs_by_state;
CREATE INDEX jobs_by_state ON jobs (state, rank);
CREATE INDEX jobs_by_rank ON jobs (rank);

ALTER TABLE timings ADD COLUMN uses INTEGER NOT NULL DEFAULT 1;
`;
