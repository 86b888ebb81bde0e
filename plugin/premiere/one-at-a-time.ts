/** A queue for edits: Premiere's exporter, importer and transactions are used by one caller at a time. */

/** Returns a function that runs its tasks one after another, in the order they came, whatever became of the ones before. */
export function oneAtATime(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(task: () => Promise<T>): Promise<T> => {
    const run = last.then(task, task);
    last = run.catch(() => undefined);
    return run;
  };
}
