/** A shot as the storyboard has it: its boards, its length, its words. */
import type { StoryboardShotRow } from '../../../../shared/protocol';
import { framesToSeconds, type FrameRate } from '../../../../shared/shot';
import { boardsWords, problemLine } from '../../../../shared/words';
import { useFormat } from '../../lib/format';
import { useLanguage } from '../../lib/preferences';
import { useWords } from '../../lib/use-words';
import { BoardPicture } from './board-picture';

export interface ShotCardProps {
  readonly id: string;
  readonly shot: StoryboardShotRow;
  readonly rate: FrameRate;
}

export function ShotCard({ id, shot, rate }: ShotCardProps) {
  const t = useWords();
  const format = useFormat();
  const language = useLanguage();
  const { name, frames, notes, action, dialogue, boards, problem } = shot;
  const seconds = format.number(framesToSeconds(frames, rate), 2);
  return (
    <li className="shot-card">
      <div className="shot-boards">
        {boards.map((board) => (
          <BoardPicture key={board.n} id={id} n={board.n} alt={t(boardsWords.board, { name: board.name })} />
        ))}
      </div>
      <div className="shot-words">
        <h3>{name}</h3>
        <p className="quiet">{t(boardsWords.length, { seconds, frames })}</p>
        {notes !== '' && <p>{notes}</p>}
        {action !== '' && <p>{t(boardsWords.action, { text: action })}</p>}
        {dialogue !== '' && <p>{t(boardsWords.dialogue, { text: dialogue })}</p>}
        {problem && <p className="bad">{problemLine(language, problem)}</p>}
      </div>
    </li>
  );
}
