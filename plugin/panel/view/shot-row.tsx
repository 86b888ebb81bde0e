/** One shot of the list: what it is at a glance, and everything about it when it is open. */
import type { KeyboardEvent, MouseEvent, ReactElement } from 'react';
import { ENGINES } from '../../../shared/protocol';
import { changeWords, engineWords, panel as words, rowStateWords } from '../../../shared/words';
import type { ShotRow } from '../state/rows';
import { useDesk, useProblemLine, useWords } from './context';
import { Chips, Moves } from './moves';
import { Picture } from './picture';
import { Takes } from './takes';
import { ActionButton, Body, Button, Checkbox, Dropdown, ProgressBar, TextField } from './widgets';

interface RowProps {
  readonly row: ShotRow;
  readonly open: boolean;
  /** Chooses this shot: alone, added to or taken from those chosen, or with all between. */
  readonly onChoose: (how: 'alone' | 'toggle' | 'range') => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

export function ShotRowView({ row, open, onChoose, onKey }: RowProps): ReactElement {
  const say = useWords();
  const desk = useDesk();
  const click = (event: MouseEvent): void => {
    onChoose(event.ctrlKey || event.metaKey ? 'toggle' : event.shiftKey ? 'range' : 'alone');
  };
  const newest = row.takes[row.takes.length - 1];
  return (
    <div
      role="row"
      className={`row${row.chosen ? ' chosen' : ''}`}
      aria-selected={row.chosen}
      aria-label={`${row.name}, ${say(rowStateWords[row.state])}`}
      data-shot={row.id}
      tabIndex={0}
      onKeyDown={onKey}
    >
      <div role="gridcell" className="cell">
        <div className="row-head">
          <Checkbox text={row.name} checked={row.chosen} onChange={() => onChoose('toggle')} />
          <div className="row-end">
            <span className={`state ${row.state}`} data-state={row.state}>
              {say(rowStateWords[row.state])}
            </span>
            <ActionButton
              quiet
              text={open ? '▾' : '▸'}
              expanded={open}
              label={say(open ? words.closeShot : words.openShot, { shot: row.name })}
              onPress={() => desk.unfold(open ? null : row.id)}
            />
          </div>
        </div>
        <div className="row-click" onClick={click} onDoubleClick={() => desk.jump(row.startFrame)}>
          <Picture className="thumb" keys={row.pictures} alt={say(words.boardOf, { shot: row.name })} />
          <div className="row-text">
            <span className="time">{`${row.timecode} · ${say(words.framesShort, { n: row.frames })}`}</span>
            {open ? null : (
              <span className={row.note === '' ? 'note none' : 'note'}>
                {row.note === '' ? say(words.noNote) : row.note}
              </span>
            )}
            <span className="time made">
              {[
                ...(row.takes.length > 0 ? [say(words.takeCount, { n: row.takes.length })] : []),
                say(engineWords[engineKey(newest?.engine ?? row.engine)]),
              ].join(' · ')}
            </span>
          </div>
        </div>
        {(open || row.moves.length === 0) && row.changed.length === 0 ? null : (
          <div className="chips">
            {row.changed.map((change) => (
              <span className="tag changed" data-change={change} key={change}>
                {say(changeWords[change])}
              </span>
            ))}
            {open ? null : <Chips moves={row.moves} />}
          </div>
        )}
        {row.done === null ? null : <ProgressBar done={row.done} label={say(words.progressOf, { shot: row.name })} />}
        {open ? <Details row={row} /> : null}
      </div>
    </div>
  );
}

/** Engines of a newer companion are shown as the automatic choice that they are to this panel. */
const engineKey = (engine: string): (typeof ENGINES)[number] => ENGINES.find((known) => known === engine) ?? 'auto';

function Details({ row }: { readonly row: ShotRow }): ReactElement {
  const say = useWords();
  const line = useProblemLine();
  const desk = useDesk();
  return (
    <div className="details">
      {row.problem ? <Body className="error">{line(row.problem, true)}</Body> : null}
      <Body className="whole-note">{row.note === '' ? say(words.noNote) : row.note}</Body>
      <Moves row={row} />
      <div className="line">
        <Dropdown
          label={say(words.engine)}
          value={row.engine}
          options={ENGINES.map((engine) => ({ value: engine, text: say(engineWords[engine]) }))}
          onChange={(engine) => desk.sheet.setEngine(row.id, row.name, engine)}
        />
        <Button variant="cta" text={say(words.animateShot)} onPress={() => desk.animateShots([row.id])} />
      </div>
      {row.prompt ? (
        <TextField
          area
          className="words"
          label={say(words.prompt)}
          placeholder={
            row.prompt.ofNote === '' ? say(words.prompt) : `${say(words.promptOfNote)}: ${row.prompt.ofNote}`
          }
          value={row.prompt.own}
          onDone={(text) => desk.sheet.setPrompt(row.id, row.name, text)}
        />
      ) : null}
      <Takes row={row} />
    </div>
  );
}
