/** The nearer/farther brush. */
import { ActionButton, ActionGroup, Item, Slider } from '@adobe/react-spectrum';
import { editor } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';
import { chosenOne } from './chosen-one';
import type { Brush } from '../shot/strokes';

export interface DepthPanelProps {
  readonly brush: Brush;
  readonly strokes: number;
  readonly take: (brush: Brush) => void;
  readonly clear: () => void;
}

export function DepthPanel({ brush, strokes, take, clear }: DepthPanelProps) {
  const t = useWords();
  return (
    <section aria-label={t(editor.depth)}>
      <p>{t(editor.depthHow)}</p>
      <ActionGroup
        aria-label={t(editor.brush)}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[brush.way]}
        onSelectionChange={(keys) => take({ ...brush, way: chosenOne(keys) === 'farther' ? 'farther' : 'nearer' })}
        density="compact"
      >
        <Item key="nearer">{t(editor.nearer)}</Item>
        <Item key="farther">{t(editor.farther)}</Item>
      </ActionGroup>
      <Slider
        label={t(editor.brushSize)}
        minValue={0.01}
        maxValue={0.3}
        step={0.01}
        value={brush.radius}
        formatOptions={{ style: 'percent' }}
        onChange={(radius) => take({ ...brush, radius })}
        width="100%"
      />
      <Slider
        label={t(editor.brushStrength)}
        minValue={0.05}
        maxValue={1}
        step={0.05}
        value={brush.strength}
        formatOptions={{ style: 'percent' }}
        onChange={(strength) => take({ ...brush, strength })}
        width="100%"
      />
      <p>{t(editor.strokes, { n: strokes })}</p>
      <ActionButton isDisabled={strokes === 0} onPress={clear}>
        {t(editor.clearStrokes)}
      </ActionButton>
    </section>
  );
}
