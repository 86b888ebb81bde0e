/** The chosen key in numbers, and how the camera leaves it. */
import { Item, NumberField, Picker } from '@adobe/react-spectrum';
import { editor } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';
import { KEY_EASES, type Key } from '../agreement/keys';
import { LEAST_SCALE, MOST_ROLL, type Box } from '../geometry/box';

export const EASE_WORDS = {
  linear: editor.easeLinear,
  'ease-in': editor.easeIn,
  'ease-out': editor.easeOut,
  'ease-in-out': editor.easeBoth,
  snap: editor.easeSnap,
  hold: editor.easeHold,
} as const;

export interface KeyPanelProps {
  readonly own: Key;
  readonly last: boolean;
  readonly set: (box: Box) => void;
  readonly ease: (ease: Key['ease']) => void;
}

export function KeyPanel({ own, last, set, ease }: KeyPanelProps) {
  const t = useWords();
  const { box } = own;
  const percent = { style: 'percent', maximumFractionDigits: 1 } as const;
  const field = { width: '100%', hideStepper: true } as const;
  return (
    <section aria-label={t(editor.camera)}>
      <div className="editor-fields">
        <NumberField
          {...field}
          label={t(editor.centreX)}
          formatOptions={percent}
          value={box.x}
          step={0.001}
          onChange={(x) => set({ ...box, x })}
        />
        <NumberField
          {...field}
          label={t(editor.centreY)}
          formatOptions={percent}
          value={box.y}
          step={0.001}
          onChange={(y) => set({ ...box, y })}
        />
        <NumberField
          {...field}
          label={t(editor.boxWidth)}
          formatOptions={percent}
          value={box.scale}
          step={0.001}
          minValue={LEAST_SCALE}
          onChange={(scale) => set({ ...box, scale })}
        />
        <NumberField
          {...field}
          label={t(editor.roll)}
          value={box.roll}
          step={0.1}
          minValue={-MOST_ROLL}
          maxValue={MOST_ROLL}
          onChange={(roll) => set({ ...box, roll })}
        />
      </div>
      <Picker
        label={t(editor.ease)}
        isDisabled={last}
        selectedKey={own.ease}
        onSelectionChange={(key) => {
          const chosen = KEY_EASES.find((one) => one === key);
          if (chosen) ease(chosen);
        }}
        width="100%"
      >
        {KEY_EASES.map((one) => (
          <Item key={one}>{t(EASE_WORDS[one])}</Item>
        ))}
      </Picker>
    </section>
  );
}
