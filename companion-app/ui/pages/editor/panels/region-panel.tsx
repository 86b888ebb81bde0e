/** Motion regions by name: when each goes, where to, how. */
import { ActionButton, ActionGroup, Item, NumberField, Picker, TextField } from '@adobe/react-spectrum';
import { EASES, type MotionRegion, type Shot } from '../../../../../shared/shot';
import { LIMITS } from '../../../../../shared/protocol';
import { editor } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';
import { changed, roomForRegion, withEnd, without, withLasso } from '../shot/regions';
import { chosenOne } from './chosen-one';
import { EASE_WORDS } from './key-panel';

export interface RegionPanelProps {
  readonly shot: Shot;
  readonly chosen: string | null;
  readonly pen: 'lasso' | 'path';
  readonly choose: (id: string) => void;
  readonly takePen: (pen: 'lasso' | 'path') => void;
  readonly change: (change: (shot: Shot) => Shot, joins?: string) => void;
}

/** A lasso for those who cannot draw one: around the middle of the drawing. */
const MIDDLE = [
  { x: 0.4, y: 0.35 },
  { x: 0.6, y: 0.35 },
  { x: 0.6, y: 0.65 },
  { x: 0.4, y: 0.65 },
];

export function RegionPanel({ shot, chosen, pen, choose, takePen, change }: RegionPanelProps) {
  const t = useWords();
  const regions = shot.regions ?? [];
  const own = regions.find(({ id }) => id === chosen);
  const name = (n: number): string => t(editor.regionName, { n });
  return (
    <section aria-label={t(editor.regions)}>
      <p>{roomForRegion(shot) ? t(editor.regionsHow) : t(editor.regionsFull)}</p>
      <div className="row">
        <ActionGroup
          aria-label={t(editor.pen)}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[pen]}
          onSelectionChange={(keys) => takePen(chosenOne(keys) === 'path' ? 'path' : 'lasso')}
          disabledKeys={own ? [] : ['path']}
          density="compact"
        >
          <Item key="lasso">{t(editor.lasso)}</Item>
          <Item key="path">{t(editor.path)}</Item>
        </ActionGroup>
        <ActionButton
          isDisabled={!roomForRegion(shot)}
          onPress={() => change((before) => withLasso(before, MIDDLE, name))}
        >
          {t(editor.addRegion)}
        </ActionButton>
      </div>
      {regions.length > 0 && (
        <div className="row editor-regions">
          {regions.map((region, i) => (
            <ActionButton
              key={region.id}
              isQuiet={region.id !== chosen}
              aria-pressed={region.id === chosen}
              onPress={() => choose(region.id)}
            >
              {i + 1}. {region.name}
            </ActionButton>
          ))}
        </div>
      )}
      {own && <Region key={own.id} own={own} frames={shot.frames} change={change} />}
    </section>
  );
}

interface RegionProps {
  readonly own: MotionRegion;
  readonly frames: number;
  readonly change: RegionPanelProps['change'];
}

function Region({ own, frames, change }: RegionProps) {
  const t = useWords();
  const end = own.path.at(-1) ?? { x: 0, y: 0 };
  const set = (part: Partial<MotionRegion>, joins?: string): void =>
    change((shot) => changed(shot, own.id, part), joins);
  const percent = { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' } as const;
  const field = { width: '100%', hideStepper: true } as const;
  return (
    <>
      <TextField
        label={t(editor.name)}
        value={own.name}
        maxLength={LIMITS.nameLength}
        onChange={(name) => set({ name }, `name ${own.id}`)}
        width="100%"
      />
      <div className="editor-fields">
        <NumberField
          {...field}
          label={t(editor.goesX)}
          formatOptions={percent}
          step={0.001}
          value={end.x}
          onChange={(x) => change((shot) => withEnd(shot, own.id, { ...end, x }))}
        />
        <NumberField
          {...field}
          label={t(editor.goesY)}
          formatOptions={percent}
          step={0.001}
          value={end.y}
          onChange={(y) => change((shot) => withEnd(shot, own.id, { ...end, y }))}
        />
        <NumberField
          {...field}
          label={t(editor.fromFrame)}
          value={own.from + 1}
          minValue={1}
          maxValue={own.to}
          onChange={(n) => set({ from: n - 1 })}
        />
        <NumberField
          {...field}
          label={t(editor.toFrame)}
          value={own.to}
          minValue={own.from + 1}
          maxValue={frames}
          onChange={(to) => set({ to })}
        />
      </div>
      <Picker
        label={t(editor.ease)}
        selectedKey={own.ease}
        onSelectionChange={(key) => {
          const ease = EASES.find((one) => one === key);
          if (ease) set({ ease });
        }}
        width="100%"
      >
        {EASES.map((ease) => (
          <Item key={ease}>{t(EASE_WORDS[ease])}</Item>
        ))}
      </Picker>
      <ActionButton onPress={() => change((shot) => without(shot, own.id))} marginTop="size-100">
        {t(editor.removeRegion)}
      </ActionButton>
    </>
  );
}
