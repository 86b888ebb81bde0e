/** importFiles, with its lies. */
import type { Project } from '@adobe/premierepro';
import path from 'node:path';
import { probe } from '../media/probe';
import type { MediaState } from '../model/state';
import type { Session } from '../world/session';
import { nextOf } from '../world/world';
import { arity, HostError, valid } from './adobe';
import { RAW } from './constants';
import { items } from './handles';

type Args = Parameters<Project['importFiles']>;

/** Where an import goes: [D] a bin as ProjectItem, [I] a cast bin or null (the root) as well. [R] `undefined` throws. */
function targetOf(session: Session, args: readonly unknown[]): string {
  if (args.length < 3) return session.state.root;
  const bin = args[2];
  if (bin === null) return session.state.root;
  valid(typeof bin === 'object');
  const handle = items.of(bin);
  valid(handle.form !== 'clip' && handle.session === session && handle.state.kind === 'bin');
  return handle.id;
}

/**
 * [R] Answers true for files that are missing; items appear in the bin some time after the answer; a format the host cannot
 * open brings up a dialog even with `suppressUI`, and the call hangs until a person closes it. No undo step.
 */
export function importFiles(session: Session, ...args: Args): Promise<boolean> {
  arity(args, 1, 4);
  const [paths] = args;
  valid(Array.isArray(paths) && paths.every((file) => typeof file === 'string'));
  if (args[3] === true) throw new HostError('Numbered stills are not modelled by the Premiere simulator.');
  const target = targetOf(session, args);
  const { world } = session;
  return world.call('Project.importFiles', async () => {
    session.check();
    const lost = nextOf(world.faults.importsLost, false);
    for (const file of paths) {
      const media = await world.clock.during(probe(file));
      if (media === 'unsupported')
        await world.modal('The file cannot be opened because of a header or format error.', file);
      else if (media !== 'missing' && !lost) void register(session, file, media, target);
    }
    return !nextOf(world.faults.importsDenied, false);
  });
}

async function register(session: Session, file: string, media: MediaState, target: string): Promise<void> {
  await session.world.clock.sleep(session.world.faults.importDelayMs);
  if (session.closed) return;
  addFootage(session, file, media, target);
  session.world.events.emit(
    RAW.OperationCompleteEvent.IMPORT_MEDIA_COMPLETE,
    { state: RAW.OperationCompleteState.SUCCESS },
    session,
  );
}

/** [I] Importing a file twice makes two items; an item of a bin that is gone meanwhile lands in the root. */
export function addFootage(
  session: Session,
  file: string,
  media: MediaState,
  target: string,
  name = path.basename(file),
): string {
  const id = session.world.nextId();
  session.everywhere((state) => {
    const parent = state.items.has(target) ? target : state.root;
    state.items.set(id, {
      kind: 'footage',
      id,
      name,
      parent,
      label: 1,
      path: file,
      offline: false,
      media,
      markers: [],
    });
  });
  return id;
}
