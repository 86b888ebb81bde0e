/** A shot's camera moves as chips; one opened is corrected in place. What is corrected is kept with the shot. */
import { useState, type ReactElement } from 'react';
import { AMOUNT_UNIT, EASES, MOVE_KINDS, type CameraMove } from '../../../shared/shot';
import { easeWords, moveWords, panel as words } from '../../../shared/words';
import { addMove, AMOUNT_RANGE, amountText, changeMove, removeMove, type MoveChange } from '../state/chips';
import type { ShotRow } from '../state/rows';
import { useDesk, useWords } from './context';
import { ActionButton, Body, Dropdown, Slider, TextField } from './widgets';

export function useChipText(): (move: CameraMove) => string {
  const say = useWords();
  return (move) => [say(moveWords[move.kind]), amountText(move), move.subject].filter(Boolean).join(' ');
}

/** Chips that only tell, for the closed row. */
export function Chips({ moves }: { readonly moves: readonly CameraMove[] }): ReactElement {
  const text = useChipText();
  return (
    <>
      {moves.map((move, i) => (
        <span className={move.confidence < 0.6 ? 'chip unsure' : 'chip'} key={`${move.kind}-${i}`}>
          {text(move)}
        </span>
      ))}
    </>
  );
}

export function Moves({ row }: { readonly row: ShotRow }): ReactElement {
  const say = useWords();
  const desk = useDesk();
  const text = useChipText();
  const [at, setAt] = useState<number | null>(null);
  const { moves, frames } = row;
  const set = (next: readonly CameraMove[]): void => desk.sheet.setMoves(row.id, row.name, next);
  const open = at === null ? undefined : moves[at];
  return (
    <div>
      <div className="chips" role="group" aria-label={say(words.moves)}>
        {moves.map((move, i) => (
          <ActionButton
            key={`${move.kind}-${i}`}
            className={move.confidence < 0.6 ? 'chip-button unsure' : 'chip-button'}
            pressed={at === i}
            text={`${text(move)} ${move.from}–${move.to}`}
            label={`${text(move)} ${move.from}–${move.to}: ${say(words.correctMove)}`}
            onPress={() => setAt(at === i ? null : i)}
          />
        ))}
        {moves.length === 0 ? <Body>{say(words.noMoves)}</Body> : null}
        <ActionButton
          quiet
          text={`+ ${say(words.addMove)}`}
          onPress={() => {
            set(addMove(moves, frames));
            setAt(moves.length);
          }}
        />
        {row.corrected ? (
          <ActionButton
            quiet
            text={say(words.backToNote)}
            onPress={() => {
              setAt(null);
              desk.sheet.setMoves(row.id, row.name, null);
            }}
          />
        ) : null}
      </div>
      {open && at !== null ? (
        <MoveEditor
          move={open}
          frames={frames}
          onChange={(change) => set(changeMove(moves, at, change, frames))}
          onRemove={() => {
            setAt(null);
            set(removeMove(moves, at));
          }}
        />
      ) : null}
    </div>
  );
}

interface EditorProps {
  readonly move: CameraMove;
  readonly frames: number;
  readonly onChange: (change: MoveChange) => void;
  readonly onRemove: () => void;
}

function MoveEditor({ move, frames, onChange, onRemove }: EditorProps): ReactElement {
  const say = useWords();
  const unit = AMOUNT_UNIT[move.kind];
  const [least, most, step] = AMOUNT_RANGE[unit];
  const whole = (text: string, change: (value: number) => MoveChange): void => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value)) onChange(change(value));
  };
  return (
    <div className="editor">
      <Dropdown
        label={say(words.kind)}
        value={move.kind}
        options={MOVE_KINDS.map((kind) => ({ value: kind, text: say(moveWords[kind]) }))}
        onChange={(kind) => onChange({ kind })}
      />
      {unit === 'none' ? null : (
        <div className="amount">
          <span className="field-name">{say(words.amount)}</span>
          <Slider
            label={say(words.amount)}
            value={move.amount}
            {...{ least, most, step }}
            onDone={(amount) => onChange({ amount })}
          />
          <span className="field-value">{amountText(move)}</span>
        </div>
      )}
      <div className="line">
        <TextField
          className="frames"
          type="number"
          label={say(words.fromFrame)}
          value={String(move.from)}
          onDone={(text) => whole(text, (from) => ({ from }))}
        />
        <span className="dash">–</span>
        <TextField
          className="frames"
          type="number"
          label={say(words.toFrame, { frames })}
          value={String(move.to)}
          onDone={(text) => whole(text, (to) => ({ to }))}
        />
        <Dropdown
          label={say(words.ease)}
          value={move.ease}
          options={EASES.map((ease) => ({ value: ease, text: say(easeWords[ease]) }))}
          onChange={(ease) => onChange({ ease })}
        />
      </div>
      <ActionButton quiet text={say(words.removeMove)} onPress={onRemove} />
    </div>
  );
}
