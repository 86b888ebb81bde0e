/** One pack of the catalogue. */
import { ActionButton, Button } from '@adobe/react-spectrum';
import type { ReactNode } from 'react';
import type { KnownPack } from '../../../../shared/protocol';
import { modelsWords } from '../../../../shared/words';
import { useFormat } from '../../lib/format';
import { useWords } from '../../lib/use-words';

export interface CataloguePackProps {
  readonly pack: KnownPack;
  readonly installed: boolean;
  /** A pull of it was begun earlier. */
  readonly begun: boolean;
  readonly busy: boolean;
  readonly pull: () => void;
  readonly discard: () => void;
  /** What is being done with it. */
  readonly children?: ReactNode;
}

export function CataloguePack({ pack, installed, begun, busy, pull, discard, children }: CataloguePackProps) {
  const t = useWords();
  const format = useFormat();
  return (
    <li className="pack">
      <h3>
        {pack.title} <span className="quiet">{pack.name}</span>
      </h3>
      <p>{pack.about}</p>
      <p className="quiet">
        {[
          t(modelsWords.family, { family: pack.family }),
          t(modelsWords.modelSize, { size: pack.size }),
          t(modelsWords.vram, { vram: pack.vram }),
          pack.licence.name,
          ...(pack.bytes === null ? [] : [t(modelsWords.toPull, { size: format.bytes(pack.bytes) })]),
        ].join(' · ')}
      </p>
      <p className="quiet">
        {t(modelsWords.about)}: <span className="address">{pack.source}</span>
      </p>
      {pack.bytes === null && pack.otherwise !== null && (
        <details>
          <summary>{t(modelsWords.notReady)}</summary>
          <p className="otherwise">{pack.otherwise}</p>
        </details>
      )}
      {children}
      {begun && !busy && <p>{t(modelsWords.begun)}</p>}
      <div className="row">
        {installed && <span className="good">{t(modelsWords.installed)}</span>}
        {pack.bytes !== null && !installed && (
          <Button variant="accent" isDisabled={busy} onPress={pull}>
            {t(begun ? modelsWords.goOn : modelsWords.pull)}
          </Button>
        )}
        {begun && !busy && <ActionButton onPress={discard}>{t(modelsWords.discard)}</ActionButton>}
      </div>
    </li>
  );
}
