/** Model packs of this daemon: its catalogue, its folder, and the pulls and checks that go on. */
import { readdir, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError } from '../../../../shared/problem';
import type { InstalledPack, KnownPack } from '../../../../shared/protocol';
import type { ModelsPort } from '../../../gateway';
import {
  findInstalled,
  importName,
  importPack,
  pullPack,
  removePack,
  siteOf,
  type Catalogue,
  type CatalogueEntry,
} from '../../../inference/catalogue';
import { listPacks, verifyPack } from '../../models/packs';
import { alone, catalogueFor, entryOf, familyIn } from '../../models/pull';
import type { PageParts } from '../parts';
import { Works } from './works';

type Parts = Pick<PageParts, 'layout' | 'clock' | 'config'>;

/** Begun pulls lie in folders of this name. */
const BEGUN = /^\.pull-(.+)$/;

export function modelsPort({ layout, clock, config }: Parts): ModelsPort & { close(): Promise<void> } {
  const { packs } = layout;
  const works = new Works(() => clock.monotonic());
  const catalogue = (): Promise<Catalogue> => catalogueFor(undefined, layout.root, AbortSignal.timeout(30_000));

  return {
    async list() {
      const [known, installed, names] = await Promise.all([
        catalogue(),
        listPacks(packs),
        readdir(packs).catch(() => []),
      ]);
      return {
        folder: packs,
        free: await freeOf(packs),
        catalogue: known.packs.map(toldOf),
        installed: installed.map(({ name, family, bytes, problem }): InstalledPack => {
          return { name, family: family ?? null, bytes, problem: problem ?? null };
        }),
        begun: names.map((name) => BEGUN.exec(name)?.[1]).filter((name): name is string => name !== undefined),
        work: works.list(),
      };
    },
    async pull(name, acceptLicence) {
      const entry = entryOf(await catalogue(), name);
      if (!acceptLicence) throw notAccepted(entry);
      works.begin(name, 'pull', async ({ signal, progress, remark }) => {
        await alone(packs, name, () =>
          pullPack(entry, {
            ...{ packs, acceptLicence, signal, accept: familyIn },
            onProgress: ({ bytes, of }) => progress(bytes, of),
            onRetry: remark,
          }),
        );
        return null;
      });
    },
    importFolder(folder, given) {
      const name = given ?? importName(folder);
      siteOf(packs, name);
      if (!path.isAbsolute(folder)) return Promise.reject(noFolder(folder));
      works.begin(name, 'import', async ({ signal, progress }) => {
        await alone(packs, name, () =>
          importPack(folder, {
            ...{ packs, name, link: false, signal, accept: familyIn },
            onProgress: ({ bytes, of }) => progress(bytes, of),
          }),
        );
        return null;
      });
      return Promise.resolve();
    },
    async verify(name) {
      await findInstalled(packs, name);
      const provider = config.provider === 'auto' ? 'cpu' : config.provider;
      works.begin(name, 'verify', async () => {
        const { problem } = await verifyPack(path.join(packs, name), provider);
        if (problem !== undefined) throw damaged(problem);
        return null;
      });
    },
    async remove(name) {
      const { target, site } = siteOf(packs, name);
      await works.stop(name);
      works.begin(name, 'remove', async () => {
        await alone(packs, name, async () => {
          if ((await listPacks(packs)).some((pack) => pack.folder === target)) await removePack(packs, name);
          else await rm(site, { recursive: true, force: true });
        });
        return null;
      });
    },
    stop: (name) => works.stop(name),
    close: () => works.stopAll(),
  };
}

function toldOf(entry: CatalogueEntry): KnownPack {
  const { name, title, family, about, licence, size, vram, source, files, otherwise } = entry;
  const bytes = files ? files.reduce((sum, file) => sum + file.bytes, 0) : null;
  return { name, title, family, about, licence, size, vram, source, bytes, otherwise: otherwise ?? null };
}

const freeOf = (folder: string): Promise<number | null> =>
  statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );

const notAccepted = ({ title, licence }: CatalogueEntry): InbetweenError =>
  new InbetweenError({
    code: 'licence-not-accepted',
    message: `${title} comes under the ${licence.name}, which has not been accepted.`,
    safe: 'Nothing was pulled.',
    action: 'Read the licence and accept it, then pull again.',
  });

const noFolder = (folder: string): InbetweenError =>
  new InbetweenError({
    code: 'not-found',
    message: `${folder} is no full path of a folder on this machine.`,
    safe: 'Nothing was changed.',
    action: 'Give the whole path of the folder that holds model_index.json.',
  });

const damaged = (message: string): InbetweenError =>
  new InbetweenError({
    code: 'pack-invalid',
    message,
    safe: 'The other packs are untouched.',
    action: 'Remove the pack, then pull or import it again.',
  });
