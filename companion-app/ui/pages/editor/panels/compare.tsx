/** The live preview, alone, beside the last take, or wiped over it. */
import { ActionGroup, Item, Slider } from '@adobe/react-spectrum';
import { memo, useState } from 'react';
import type { Problem } from '../../../../../shared/problem';
import type { EditorTake } from '../../../../../shared/protocol/pages/editor';
import type { Shot } from '../../../../../shared/shot';
import { editor } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';
import { chosenOne } from './chosen-one';
import { Monitor } from './monitor';
import { TakeView } from './take-view';
import { useTake } from './use-take';

export interface CompareProps {
  readonly shot: Shot;
  readonly seed: number;
  readonly frame: number;
  readonly aspect: number;
  /** The newest finished take. */
  readonly take: EditorTake | undefined;
  /** Told why there is no picture, and when there is one again. */
  readonly trouble: (problem: Problem | null) => void;
}

export function Compare({ shot, seed, frame, aspect, take, trouble }: CompareProps) {
  const t = useWords();
  const [mode, setMode] = useState('alone');
  const [wipe, setWipe] = useState(50);
  const compared = take && mode !== 'alone' ? take : undefined;
  const media = useTake(compared);
  return (
    <section aria-label={t(editor.preview)}>
      <div className={`editor-compare ${compared ? mode : 'alone'}`}>
        <Monitor shot={shot} seed={seed} frame={frame} aspect={aspect} trouble={trouble} />
        {compared && (
          <div className="editor-other" style={mode === 'wipe' ? { clipPath: `inset(0 0 0 ${wipe}%)` } : {}}>
            <TakeView take={compared} media={media} frame={frame} aspect={aspect} />
          </div>
        )}
      </div>
      {take && <Modes take={take.take} mode={mode} choose={setMode} />}
      {compared && mode === 'wipe' && (
        <Slider label={t(editor.wipe)} value={wipe} onChange={setWipe} minValue={0} maxValue={100} width="100%" />
      )}
    </section>
  );
}

interface ModesProps {
  readonly take: number;
  readonly mode: string;
  readonly choose: (mode: string) => void;
}

const Modes = memo(function Modes({ take, mode, choose }: ModesProps) {
  const t = useWords();
  return (
    <ActionGroup
      aria-label={t(editor.compare)}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[mode]}
      onSelectionChange={(chosen) => choose(chosenOne(chosen) ?? 'alone')}
      density="compact"
      isQuiet
    >
      <Item key="alone">{t(editor.previewAlone)}</Item>
      <Item key="beside">{t(editor.besideTake, { take })}</Item>
      <Item key="wipe">{t(editor.wipeTake)}</Item>
    </ActionGroup>
  );
});
