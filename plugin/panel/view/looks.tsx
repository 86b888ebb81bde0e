/** What is burnt into every take of this sequence: kept with it, one Undo a change. */
import { useState, type ReactElement } from 'react';
import type { BurnIns } from '../../../shared/shot';
import { burnInWords, panel as words } from '../../../shared/words';
import { useDesk, usePanel, useWords } from './context';
import { ActionButton, Body, Checkbox } from './widgets';

const NONE: BurnIns = {
  shotName: false,
  timecode: false,
  frameCounter: false,
  notes: false,
  dialogue: false,
  slate: false,
};
const KEYS = ['shotName', 'timecode', 'frameCounter', 'notes', 'dialogue', 'slate'] as const;

export function Looks(): ReactElement {
  const say = useWords();
  const desk = useDesk();
  const [open, setOpen] = useState(false);
  const burnIns = usePanel((state) => state.timeline?.sheet.burnIns) ?? NONE;
  const on = KEYS.filter((key) => burnIns[key]);
  return (
    <div className="looks">
      <ActionButton
        quiet
        pressed={open}
        text={`${open ? '▾' : '▸'} ${say(words.look)}${on.length > 0 ? ` (${on.length})` : ''}`}
        onPress={() => setOpen(!open)}
      />
      {open ? (
        <div className="wrap" role="group" aria-label={say(words.look)}>
          <Body>{say(words.lookExplained)}</Body>
          {KEYS.map((key) => (
            <Checkbox
              key={key}
              text={say(burnInWords[key])}
              checked={burnIns[key]}
              onChange={(checked) => desk.setBurnIns({ ...burnIns, [key]: checked })}
            />
          ))}
        </div>
      ) : null}
    </div>
  );
}
