/** Ten thousand waiting jobs: the next one is found, and their work summed up, without looking at each row. */
export const longQueues = `
DROP INDEX jobs_by_state;
CREATE INDEX jobs_by_state ON jobs (state, by_hand DESC, rank);
CREATE INDEX jobs_by_quality ON jobs (state, by_hand DESC, quality, rank);
CREATE INDEX jobs_by_work ON jobs (state, engine, quality, pixels, frames, uses);
`;
