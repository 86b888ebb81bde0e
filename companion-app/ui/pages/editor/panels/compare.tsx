/** The live preview, alone, beside the last take, or wiped over it. */
import { ActionGroup, Item, Slider } from '@adobe/react-spectrum';
import { useState } from 'react';
import type { EditorTake } from '../../../../../shared/protocol/pages/editor';
import { editor } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';
import type { LivePicture } from '../preview/use-live';
import { chosenOne } from './chosen-one';
import { Monitor } from './monitor';
import { TakeView } from './take-view';
import { useTake } from './use-take';

export interface CompareProps {
  readonly live: LivePicture;
  readonly aspect: number;
  readonly frame: number;
  /** The newest finished take. */
  readonly take: EditorTake | undefined;
}

export function Compare({ live, aspect, frame, take }: CompareProps) {
  const t = useWords();
  const [mode, setMode] = useState('alone');
  const [wipe, setWipe] = useState(50);
  const compared = take && mode !== 'alone' ? take : undefined;
  const media = useTake(compared);
  return (
    <section aria-label={t(editor.preview)}>
      <div className={`editor-compare ${compared ? mode : 'alone'}`}>
        <Monitor live={live} aspect={aspect} />
        {compared && (
          <div className="editor-other" style={mode === 'wipe' ? { clipPath: `inset(0 0 0 ${wipe}%)` } : {}}>
            <TakeView take={compared} media={media} frame={frame} aspect={aspect} />
          </div>
        )}
      </div>
      {take && (
        <ActionGroup
          aria-label={t(editor.compare)}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[mode]}
          onSelectionChange={(chosen) => setMode(chosenOne(chosen) ?? 'alone')}
          density="compact"
          isQuiet
        >
          <Item key="alone">{t(editor.previewAlone)}</Item>
          <Item key="beside">{t(editor.besideTake, { take: take.take })}</Item>
          <Item key="wipe">{t(editor.wipeTake)}</Item>
        </ActionGroup>
      )}
      {compared && mode === 'wipe' && (
        <Slider label={t(editor.wipe)} value={wipe} onChange={setWipe} minValue={0} maxValue={100} width="100%" />
      )}
    </section>
  );
}
