/** Projects and the static Project object. */
import type { FolderItem, Guid, Project, ProjectItem, ProjectStatic, Sequence } from '@adobe/premierepro';
import { removeItem } from '../model/state';
import { addTo, newSequence } from '../world/new-sequence';
import { activateSequence, type Projects } from '../world/projects';
import type { Session } from '../world/session';
import { nextOf } from '../world/world';
import { arity, HostError, notModelled, orNothing, valid } from './adobe';
import { projects, sequences } from './handles';
import { importFiles } from './importer';
import { ProjectRest } from './project-rest';
import { guid } from './values';

export class SimProject extends ProjectRest implements Project {
  readonly #open: Projects;

  constructor(session: Session, open: Projects) {
    super();
    this.#open = open;
    projects.set(this, session);
  }

  get guid(): Guid {
    return guid(projects.of(this).guid);
  }

  get name(): string {
    return projects.of(this).name;
  }

  get path(): string {
    return projects.of(this).path;
  }

  #read<T>(member: string, read: (session: Session) => T | Promise<T>): Promise<T> {
    const session = projects.of(this);
    return session.world.call(`Project.${member}`, () => {
      session.check();
      return read(session);
    });
  }

  /** [R] May still answer the other project's sequence just after a switch: bind by both guids. */
  getActiveSequence(): Promise<Sequence> {
    return this.#read('getActiveSequence', (session) => {
      const { previous } = this.#open;
      if (session.world.faults.staleSequenceReads > 0 && previous?.activeSequence && !previous.closed) {
        session.world.faults.staleSequenceReads--;
        return previous.wrap.sequence(previous.activeSequence);
      }
      return orNothing(session.activeSequence === null ? null : session.wrap.sequence(session.activeSequence));
    });
  }

  setActiveSequence(...args: Parameters<Project['setActiveSequence']>): Promise<boolean> {
    arity(args, 1);
    const { guid: id } = sequences.of(args[0]);
    return this.#read('setActiveSequence', (session) => {
      session.sequence(id);
      activateSequence(session, id);
      return true;
    });
  }

  openSequence(...args: Parameters<Project['openSequence']>): Promise<boolean> {
    return this.setActiveSequence(...args);
  }

  getSequences(): Promise<Sequence[]> {
    return this.#read('getSequences', (session) =>
      [...session.state.sequences.keys()].map((id) => session.wrap.sequence(id)),
    );
  }

  /** [D] Synchronous. */
  getSequence(...args: Parameters<Project['getSequence']>): Sequence {
    arity(args, 1);
    const session = projects.of(this);
    session.check();
    const id = args[0].toString();
    return orNothing(session.state.sequences.has(id) ? session.wrap.sequence(id) : null);
  }

  /** [D] Without a preset, of the default one [I: 25 fps, 1920 × 1080, three tracks of each kind]. [I] One step of the undo stack; it comes to the front. */
  createSequence(...args: Parameters<Project['createSequence']>): Promise<Sequence> {
    arity(args, 1);
    valid(typeof args[0] === 'string' && args[0] !== '');
    return this.#read('createSequence', (session) => {
      if (nextOf(session.world.faults.sequencesRefused, false)) throw new HostError('Could not create the sequence.');
      const made = newSequence(session.world, {
        name: args[0],
        rate: { num: 25, den: 1 },
        videoTracks: 3,
        audioTracks: 3,
      });
      session.edit('New Sequence', (draft) => addTo(draft, made));
      activateSequence(session, made.guid);
      return session.wrap.sequence(made.guid);
    });
  }

  /** [I] One step of the undo stack. */
  deleteSequence(...args: Parameters<Project['deleteSequence']>): Promise<boolean> {
    arity(args, 1);
    const handle = sequences.of(args[0]);
    return this.#read('deleteSequence', (session) => {
      session.edit('Delete Sequence', (draft) => removeItem(draft, handle.state.item));
      return true;
    });
  }

  getRootItem(): Promise<FolderItem> {
    return this.#read('getRootItem', (session) => session.wrap.folder(session.state.root));
  }

  getInsertionBin(): Promise<ProjectItem> {
    return this.#read('getInsertionBin', (session) => session.wrap.rawItem(session.state.root));
  }

  importFiles(...args: Parameters<Project['importFiles']>): Promise<boolean> {
    const session = projects.of(this);
    session.check();
    return importFiles(session, ...args);
  }

  save(): Promise<boolean> {
    return this.#read('save', (session) => {
      session.dirty = false;
      return true;
    });
  }

  close(): Promise<boolean> {
    return this.#read('close', (session) => {
      this.#open.close(session);
      return true;
    });
  }

  lockedAccess(...args: Parameters<Project['lockedAccess']>): void {
    arity(args, 1);
    valid(typeof args[0] === 'function');
    projects.of(this).lockedAccess(args[0]);
  }

  executeTransaction(...args: Parameters<Project['executeTransaction']>): boolean {
    arity(args, 1, 2);
    valid(typeof args[0] === 'function');
    return projects.of(this).executeTransaction(args[0], args[1] ?? '');
  }
}

export function projectStatic(open: Projects): ProjectStatic {
  return {
    createProject: notModelled('Project.createProject'),
    isProject: notModelled('Project.isProject'),
    open: notModelled('Project.open'),
    /** [R] Null where no project is open, although the types say Project. */
    getActiveProject: () =>
      open.world.call('Project.getActiveProject', () => orNothing(open.active?.wrap.project() ?? null)),
    /** [D] Synchronous. */
    getProject: (...args) => {
      arity(args, 1);
      return orNothing(open.find(args[0].toString())?.wrap.project() ?? null);
    },
  };
}
