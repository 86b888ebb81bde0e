/** The note beside the board: what it says, how it is read, and whether it and the drawing say the same. */
import { Button, TextArea } from '@adobe/react-spectrum';
import { memo } from 'react';
import { formatMoves, resolveMoves, type CameraMove, type Shot } from '../../../../../shared/shot';
import { LIMITS } from '../../../../../shared/protocol';
import { editor } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';
import { corrected, disagrees, followed, noted, readNote } from '../agreement/agree';

export interface NotePanelProps {
  readonly shot: Shot;
  readonly change: (change: (shot: Shot) => Shot, joins?: string) => void;
}

export const NotePanel = memo(function NotePanel({ shot, change }: NotePanelProps) {
  const t = useWords();
  const byHand = corrected(shot);
  const moves = byHand ? (shot.moves ?? []) : resolveMoves(shot);
  return (
    <section aria-label={t(editor.note)}>
      <TextArea
        label={t(editor.note)}
        value={shot.notes}
        onChange={(text) => change((before) => noted(before, text.slice(0, LIMITS.notesLength)), 'note')}
        width="100%"
        height="size-1200"
      />
      <p className="editor-reading">
        {byHand ? t(editor.drawnByHand) : t(editor.readFromNote)} <Moves moves={moves} shot={shot} />
      </p>
      {disagrees(shot) && (
        <div className="editor-disagrees" role="status">
          <p>
            {t(editor.noteDiffers)} <Moves moves={readNote(shot)} shot={shot} />
          </p>
          <Button variant="secondary" onPress={() => change(followed)}>
            {t(editor.followNote)}
          </Button>
        </div>
      )}
    </section>
  );
});

function Moves({ moves, shot }: { readonly moves: readonly CameraMove[]; readonly shot: Shot }) {
  const t = useWords();
  if (moves.length === 0) return <em>{t(editor.noMove)}</em>;
  return (
    <>
      {moves.map((move, i) => (
        <code key={i} className="editor-move">
          {formatMoves([move], { rate: shot.rate })}
        </code>
      ))}
    </>
  );
}
