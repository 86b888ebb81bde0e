/** The shots that can be opened, by sequence. */
import { SearchField } from '@adobe/react-spectrum';
import { useState } from 'react';
import { editorShots, type EditorEntry } from '../../../../shared/protocol/pages/editor';
import { editor, shell } from '../../../../shared/words';
import { hrefOf } from '../../lib/hash';
import { ProblemBox } from '../../lib/problem-box';
import { useCall } from '../../lib/use-call';
import { useWords } from '../../lib/use-words';
import { Thumbnail } from './thumbnail';

export function ShotPicker() {
  const t = useWords();
  const { data, problem, again } = useCall(editorShots, {});
  const [wanted, setWanted] = useState('');
  if (!data)
    return problem ? (
      <ProblemBox problem={problem} act={{ label: t(shell.tryAgain), press: again }} />
    ) : (
      <p>{t(shell.loading)}</p>
    );
  if (data.shots.length === 0) return <p className="editor-empty">{t(editor.noShots)}</p>;
  const words = wanted.trim().toLocaleLowerCase();
  const found = data.shots.filter(({ shotName, notes }) => `${shotName} ${notes}`.toLocaleLowerCase().includes(words));
  const sequences = [...new Set(found.map(({ sequenceId }) => sequenceId))];
  return (
    <>
      <p>{t(editor.choose)}</p>
      <SearchField label={t(editor.find)} value={wanted} onChange={setWanted} width="size-4600" />
      {sequences.map((id) => (
        <Sequence key={id} shots={found.filter((shot) => shot.sequenceId === id)} />
      ))}
    </>
  );
}

function Sequence({ shots }: { readonly shots: readonly EditorEntry[] }) {
  const t = useWords();
  return (
    <section>
      <h2>{shots[0]?.sequenceName}</h2>
      <ul className="editor-shots">
        {shots.map((shot) => (
          <li key={shot.jobId}>
            <a href={hrefOf('editor', shot.jobId)}>
              <Thumbnail jobId={shot.picture ?? null} />
              <strong>{shot.shotName}</strong>
              <span>{t(editor.takeNumber, { take: shot.take })}</span>
              <span className="editor-excerpt">{shot.notes}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
