/** Puts one simulated Premiere together. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { premiereModule, wrappersFor, type PremiereModule } from './host/module';
import { ProjectBuilder } from './stage/project-builder';
import { User } from './user/user';
import { EVERYTHING, permissionsOf } from './uxp/manifest';
import { uxpRuntime, type UxpRuntime } from './uxp/module';
import type { UxpFetch } from './uxp/fetch';
import type { UxpWebSocketClass } from './uxp/websocket';
import { virtualClock, type SimClock } from './world/clock';
import { noFaults, type Faults } from './world/faults';
import { Projects } from './world/projects';
import { World, type Hazard, type Modal } from './world/world';

export interface SimulatorOptions {
  /** The plugin's manifest.json, parsed: permissions are then granted as it asks. Without one, all are granted. */
  readonly manifest?: unknown;
  readonly faults?: Partial<Faults>;
  /** Default: virtualClock(). */
  readonly clock?: SimClock;
}

export interface Simulator {
  /** What `require('premierepro')` gives. */
  readonly ppro: PremiereModule;
  /** What `require('uxp')` gives. */
  readonly uxp: UxpRuntime['uxp'];
  /** What `require('fs')` gives in UXP. */
  readonly fs: UxpRuntime['fs'];
  readonly WebSocket: UxpWebSocketClass;
  readonly fetch: UxpFetch;
  readonly user: User;
  /** Pickers, consent, what was opened, entrypoints. */
  readonly runtime: UxpRuntime['stage'];
  /** May be changed at any time. */
  readonly faults: Faults;
  readonly clock: SimClock;
  /** What a live host might not have survived: assert that it is empty. */
  readonly hazards: readonly Hazard[];
  /** Dialogs that wait for a person. */
  readonly modals: readonly Modal[];
  /** Names of the asynchronous calls made so far. */
  readonly calls: readonly string[];
  /** Projects that are open. */
  readonly projects: readonly ProjectBuilder[];
  /** Opens a project and brings it to the front. */
  addProject(options?: { readonly name?: string; readonly path?: string }): ProjectBuilder;
  /** Removes the plugin's folders. */
  dispose(): void;
}

export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const faults: Faults = { ...noFaults(), ...options.faults };
  const clock = options.clock ?? virtualClock();
  const world = new World(clock, faults);
  const open: Projects = new Projects(
    world,
    wrappersFor(() => open),
  );
  const base = mkdtempSync(path.join(tmpdir(), 'premiere-simulator-'));
  const folders = { data: path.join(base, 'data'), temp: path.join(base, 'temp'), plugin: path.join(base, 'plugin') };
  for (const folder of Object.values(folders)) mkdirSync(folder);
  const runtime = uxpRuntime(options.manifest === undefined ? EVERYTHING : permissionsOf(options.manifest), folders);
  return {
    ppro: premiereModule(open),
    uxp: runtime.uxp,
    fs: runtime.fs,
    WebSocket: runtime.WebSocket,
    fetch: runtime.fetch,
    user: new User(open),
    runtime: runtime.stage,
    faults,
    clock,
    hazards: world.hazards,
    modals: world.modals,
    calls: world.calls,
    get projects() {
      return open.open.map((session) => new ProjectBuilder(session));
    },
    addProject: ({ name = 'Project.prproj', path: file = path.join(base, name) } = {}) =>
      new ProjectBuilder(open.add(name, file)),
    dispose: () => rmSync(base, { recursive: true, force: true }),
  };
}
