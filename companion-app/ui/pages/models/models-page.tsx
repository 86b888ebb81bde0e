/** Model packs: which are here, which can be had and under what licence, and what is being done about them. */
import { AlertDialog, DialogContainer } from '@adobe/react-spectrum';
import { useState, type ReactNode } from 'react';
import {
  importModelEndpoint,
  modelsEndpoint,
  pullModelEndpoint,
  removeModelEndpoint,
  stopModelEndpoint,
  verifyModelEndpoint,
  type InstalledPack,
  type KnownPack,
} from '../../../../shared/protocol';
import { modelsWords, shell } from '../../../../shared/words';
import { call } from '../../lib/api';
import { useFormat } from '../../lib/format';
import { ProblemBox } from '../../lib/problem-box';
import { useAct } from '../../lib/use-act';
import { useCall } from '../../lib/use-call';
import { useWords } from '../../lib/use-words';
import { CataloguePack } from './catalogue-pack';
import { ImportFolder } from './import-folder';
import { InstalledRow } from './installed-row';
import { Licence } from './licence';
import { WorkRow } from './work-row';

export function ModelsPage() {
  const t = useWords();
  const format = useFormat();
  const { data, problem, set, again } = useCall(modelsEndpoint, {}, { everyMs: 1_000 });
  const act = useAct();
  const [licence, setLicence] = useState<KnownPack | null>(null);
  const [leaving, setLeaving] = useState<InstalledPack | null>(null);
  if (!data) {
    return problem ? (
      <ProblemBox problem={problem} act={{ label: t(shell.tryAgain), press: again }} />
    ) : (
      <p>{t(shell.loading)}</p>
    );
  }
  const pull = (name: string): void =>
    act.run(async () => set(await call(pullModelEndpoint, { name, acceptLicence: true })));
  const stop = (name: string): void => act.run(async () => set(await call(stopModelEndpoint, { name })));
  const verify = (name: string): void => act.run(async () => set(await call(verifyModelEndpoint, { name })));
  const remove = (name: string): void => act.run(async () => set(await call(removeModelEndpoint, { name })));
  const working = new Set(data.work.filter(({ state }) => state === 'working').map(({ name }) => name));
  const installed = new Set(data.installed.map(({ name }) => name));
  const known = new Set(data.catalogue.map(({ name }) => name));
  const workOn = (name: string): ReactNode => {
    const work = data.work.find((each) => each.name === name);
    return work && <WorkRow key={name} work={work} stop={() => stop(name)} />;
  };
  return (
    <div className="models">
      <p>{t(modelsWords.noneNeeded)}</p>
      <p className="quiet">
        {data.free !== null && t(modelsWords.folder, { folder: data.folder, free: format.bytes(data.free) })}
      </p>
      {act.problem && <ProblemBox problem={act.problem} />}
      {data.work.filter(({ name }) => !installed.has(name) && !known.has(name)).map(({ name }) => workOn(name))}
      <h2>{t(modelsWords.installed)}</h2>
      {data.installed.length === 0 && <p>{t(modelsWords.noneInstalled)}</p>}
      <ul className="packs">
        {data.installed.map((pack) => (
          <InstalledRow
            key={pack.name}
            pack={pack}
            busy={working.has(pack.name)}
            verify={() => verify(pack.name)}
            remove={() => setLeaving(pack)}
          >
            {workOn(pack.name)}
          </InstalledRow>
        ))}
      </ul>
      <h2>{t(modelsWords.catalogue)}</h2>
      <ul className="packs">
        {data.catalogue.map((pack) => (
          <CataloguePack
            key={pack.name}
            pack={pack}
            installed={installed.has(pack.name)}
            begun={data.begun.includes(pack.name)}
            busy={working.has(pack.name)}
            pull={() => setLicence(pack)}
            discard={() => remove(pack.name)}
          >
            {!installed.has(pack.name) && workOn(pack.name)}
          </CataloguePack>
        ))}
      </ul>
      <h2>{t(modelsWords.importTitle)}</h2>
      <ImportFolder
        busy={act.busy}
        load={(folder, name) =>
          act.run(async () => set(await call(importModelEndpoint, { folder, ...(name && { name }) })))
        }
      />
      <DialogContainer onDismiss={() => setLicence(null)}>
        {licence && <Licence pack={licence} accept={() => pull(licence.name)} />}
      </DialogContainer>
      <DialogContainer onDismiss={() => setLeaving(null)}>
        {leaving && (
          <AlertDialog
            variant="destructive"
            title={t(modelsWords.removeTitle, { name: leaving.name })}
            primaryActionLabel={t(modelsWords.remove)}
            cancelLabel={t(modelsWords.keep)}
            onPrimaryAction={() => remove(leaving.name)}
          >
            {t(modelsWords.removeText, { size: format.bytes(leaving.bytes) })}
          </AlertDialog>
        )}
      </DialogContainer>
    </div>
  );
}
