/** Something that is being done with a pack, or how it ended. */
import { ActionButton, ProgressBar } from '@adobe/react-spectrum';
import type { PackWork } from '../../../../shared/protocol';
import { modelsWords, type Entry } from '../../../../shared/words';
import { useFormat } from '../../lib/format';
import { ProblemBox } from '../../lib/problem-box';
import { useWords } from '../../lib/use-words';

const DOING: Readonly<Record<PackWork['kind'], Entry>> = {
  pull: modelsWords.isPulling,
  import: modelsWords.isImporting,
  verify: modelsWords.isVerifying,
  remove: modelsWords.isRemoving,
};

const DONE: Readonly<Record<PackWork['kind'], Entry>> = {
  pull: modelsWords.pulled,
  import: modelsWords.pulled,
  verify: modelsWords.verified,
  remove: modelsWords.removed,
};

export function WorkRow({ work, stop }: { readonly work: PackWork; readonly stop: () => void }) {
  const t = useWords();
  const format = useFormat();
  const { name, kind, state, bytes, of, bytesPerSecond, secondsLeft, remark, problem } = work;
  if (state === 'failed' && problem)
    return <ProblemBox problem={problem} act={{ label: t(modelsWords.dismiss), press: stop }} />;
  if (state !== 'working') {
    return (
      <div className="work row spread" role="status">
        <span>{t(state === 'stopped' ? modelsWords.stopped : DONE[kind], { name })}</span>
        <ActionButton onPress={stop}>{t(modelsWords.dismiss)}</ActionButton>
      </div>
    );
  }
  const facts = [
    ...(of > 0 ? [`${format.bytes(bytes)} / ${format.bytes(of)}`] : []),
    ...(bytesPerSecond === null ? [] : [t(modelsWords.perSecond, { speed: format.bytes(bytesPerSecond) })]),
    ...(secondsLeft === null ? [] : [format.left(secondsLeft)]),
    ...(remark === null ? [] : [remark]),
  ];
  return (
    <div className="work">
      <div className="row spread">
        <div className="long">
          <ProgressBar
            label={t(DOING[kind], { name })}
            {...(of > 0 ? { value: bytes, maxValue: of } : { isIndeterminate: true })}
            width="100%"
          />
        </div>
        {(kind === 'pull' || kind === 'import') && <ActionButton onPress={stop}>{t(modelsWords.stop)}</ActionButton>}
      </div>
      <p className="quiet">{facts.join(' · ')}</p>
    </div>
  );
}
