/** The shot editor: a shot to choose, or the one the address names. */
import './editor.css';
import { editorShot } from '../../../../shared/protocol/pages/editor';
import { editor, shell } from '../../../../shared/words';
import { goTo, type Place } from '../../lib/hash';
import { ProblemBox } from '../../lib/problem-box';
import { useCall } from '../../lib/use-call';
import { useWords } from '../../lib/use-words';
import { Editor } from './editor';
import { ShotPicker } from './picker';

export function EditorPage({ place }: { readonly place: Place }) {
  const [jobId] = place.rest;
  return jobId === undefined ? <ShotPicker /> : <Opened key={jobId} jobId={jobId} />;
}

function Opened({ jobId }: { readonly jobId: string }) {
  const t = useWords();
  const { data, problem, again } = useCall(editorShot, { jobId });
  if (data) return <Editor spec={data.spec} takes={data.takes} nextTake={data.nextTake} news={again} />;
  if (problem)
    return <ProblemBox problem={problem} act={{ label: t(editor.otherShot), press: () => goTo('editor') }} />;
  return <p>{t(shell.loading)}</p>;
}
