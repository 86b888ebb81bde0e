/** Model packs: each request but the first begins something, and all answer with how things stand. */
import {
  importModelEndpoint,
  modelsEndpoint,
  pullModelEndpoint,
  removeModelEndpoint,
  stopModelEndpoint,
  verifyModelEndpoint,
  type Models,
} from '../../../shared/protocol/pages';
import { route, type Route } from './route';

export interface ModelsPort {
  list(): Promise<Models>;
  /** Each begins and returns. Throws InbetweenError: "not-found", "licence-not-accepted", "busy", "pack-invalid". */
  pull(name: string, acceptLicence: boolean): Promise<void>;
  importFolder(folder: string, name: string | undefined): Promise<void>;
  verify(name: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Stops what goes on with the pack, or forgets how it ended. */
  stop(name: string): Promise<void>;
}

export function modelsRoutes(port: ModelsPort): Route[] {
  return [
    route(modelsEndpoint, () => port.list()),
    route(pullModelEndpoint, async ({ name, acceptLicence }) => {
      await port.pull(name, acceptLicence);
      return port.list();
    }),
    route(importModelEndpoint, async ({ folder, name }) => {
      await port.importFolder(folder, name);
      return port.list();
    }),
    route(verifyModelEndpoint, async ({ name }) => {
      await port.verify(name);
      return port.list();
    }),
    route(removeModelEndpoint, async ({ name }) => {
      await port.remove(name);
      return port.list();
    }),
    route(stopModelEndpoint, async ({ name }) => {
      await port.stop(name);
      return port.list();
    }),
  ];
}
