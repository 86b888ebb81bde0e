/** What holds for every take of this sequence from now on: kept with it, one Undo a change. */
import { useState, type ReactElement } from 'react';
import { LIMITS } from '../../../shared/protocol';
import { NO_HANDLES, type BurnIns, type Handles } from '../../../shared/shot';
import { burnInWords, panel as words } from '../../../shared/words';
import type { ShotRow } from '../state/rows';
import { useDesk, usePanel, useWords } from './context';
import { ActionButton, Body, Checkbox, Label, TextField } from './widgets';

const NONE: BurnIns = {
  shotName: false,
  timecode: false,
  frameCounter: false,
  notes: false,
  dialogue: false,
  slate: false,
};
const KEYS = ['shotName', 'timecode', 'frameCounter', 'notes', 'dialogue', 'slate'] as const;

export function SequenceSettings({ rows }: { readonly rows: readonly ShotRow[] }): ReactElement {
  const say = useWords();
  const [open, setOpen] = useState(false);
  const burnIns = usePanel((state) => state.timeline?.sheet.burnIns) ?? NONE;
  const handles = usePanel((state) => state.timeline?.sheet.handles) ?? NO_HANDLES;
  const diffusion = rows.some(({ engine }) => engine === 'diffusion');
  const set = KEYS.filter((key) => burnIns[key]).length + (handles.before + handles.after > 0 ? 1 : 0);
  return (
    <div className="settings">
      <ActionButton
        quiet
        expanded={open}
        text={`${open ? '▾' : '▸'} ${say(words.allTakes)}${set > 0 ? ` (${set})` : ''}`}
        onPress={() => setOpen(!open)}
      />
      {open ? (
        <div className="settings-open">
          <BurnInChoice burnIns={burnIns} />
          <HandleFields handles={handles} />
          {diffusion ? <ModelWords /> : null}
        </div>
      ) : null}
    </div>
  );
}

function BurnInChoice({ burnIns }: { readonly burnIns: BurnIns }): ReactElement {
  const say = useWords();
  const desk = useDesk();
  return (
    <div className="setting" role="group" aria-label={say(words.burntIn)}>
      <Label>{say(words.burntIn)}</Label>
      <div className="wrap">
        {KEYS.map((key) => (
          <Checkbox
            key={key}
            text={say(burnInWords[key])}
            checked={burnIns[key]}
            onChange={(checked) => desk.sheet.setBurnIns({ ...burnIns, [key]: checked })}
          />
        ))}
      </div>
    </div>
  );
}

function HandleFields({ handles }: { readonly handles: Handles }): ReactElement {
  const say = useWords();
  const desk = useDesk();
  const change = (side: keyof Handles, text: string): void => {
    const frames = Math.min(LIMITS.handleFrames, Math.max(0, Math.round(Number(text))));
    if (Number.isFinite(frames) && frames !== handles[side]) desk.sheet.setHandles({ ...handles, [side]: frames });
  };
  const sides = [
    ['before', words.handleBefore],
    ['after', words.handleAfter],
  ] as const;
  return (
    <div className="setting" role="group" aria-label={say(words.handles)}>
      <Label>{say(words.handles)}</Label>
      <div className="line">
        {sides.map(([side, name]) => (
          <div className="field" key={side}>
            <span className="field-name">{say(name)}</span>
            <TextField
              className="frames"
              type="number"
              label={`${say(words.handles)}: ${say(name)}`}
              value={String(handles[side])}
              onDone={(text) => change(side, text)}
            />
          </div>
        ))}
      </div>
      <Body className="hint">{say(words.handlesExplained)}</Body>
    </div>
  );
}

function ModelWords(): ReactElement {
  const say = useWords();
  const desk = useDesk();
  const style = usePanel((state) => state.timeline?.sheet.styleLine) ?? '';
  const negative = usePanel((state) => state.timeline?.sheet.negative) ?? '';
  return (
    <div className="setting" role="group" aria-label={say(words.forDiffusion)}>
      <Label>{say(words.forDiffusion)}</Label>
      <TextField
        area
        className="words"
        label={say(words.styleLine)}
        placeholder={`${say(words.styleLine)}: ${say(words.styleExample)}`}
        value={style}
        onDone={desk.sheet.setStyleLine}
      />
      <TextField
        area
        className="words"
        label={say(words.negative)}
        placeholder={`${say(words.negative)}: ${say(words.negativeUsual)}`}
        value={negative}
        onDone={desk.sheet.setNegative}
      />
    </div>
  );
}
