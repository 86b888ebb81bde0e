/** Jobs for pages to show. */
import type { JobSpec } from '../../../shared/protocol';
import { sha, spec, until, type SpecParts } from '../../queue/fixtures/specs';
import type { PagesRig } from './rig';

/** A board of its own for the whole suite; the tests' render process only counts its bytes. */
export const BOARD = 'a board';

/** A job whose render process does what `notes` say. */
export const job = (n: number, parts: SpecParts = {}): JobSpec => spec(n, { board: sha(BOARD), ...parts });

/** Waits until a job is in this state. */
export async function reaches(rig: PagesRig, id: string, state: string): Promise<void> {
  await until(() => rig.daemon.queue.find(id)?.state === state);
}
