/** A storyboard in the list. */
import { ActionButton } from '@adobe/react-spectrum';
import type { StoryboardEntry } from '../../../../shared/protocol';
import { boardsWords, problemLine } from '../../../../shared/words';
import { useFormat } from '../../lib/format';
import { hrefOf } from '../../lib/hash';
import { useLanguage } from '../../lib/preferences';
import { useWords } from '../../lib/use-words';
import { BoardPicture } from './board-picture';

export interface StoryboardRowProps {
  readonly entry: StoryboardEntry;
  readonly remove: () => void;
}

export function StoryboardRow({ entry, remove }: StoryboardRowProps) {
  const t = useWords();
  const format = useFormat();
  const language = useLanguage();
  const { id, name, at, state, shots, boards, wanted, problem } = entry;
  const about = state === 'ready' ? t(boardsWords.size, { shots, boards }) : t(boardsWords[state]);
  return (
    <li className="storyboard-row">
      {boards > 0 ? <BoardPicture id={id} n={0} alt="" /> : <span className="board-picture" />}
      <div className="long">
        <h3>
          <a href={hrefOf('boards', id)}>{name}</a>
        </h3>
        <p className={state === 'failed' ? 'bad' : 'quiet'}>
          {about} · {format.date(at)}
        </p>
        {problem && <p>{problemLine(language, problem)}</p>}
        {wanted && <p>{t(boardsWords.waitsForPanel)}</p>}
      </div>
      <ActionButton isDisabled={state === 'reading'} onPress={remove} aria-label={`${t(boardsWords.remove)} – ${name}`}>
        {t(boardsWords.remove)}
      </ActionButton>
    </li>
  );
}
