/** One shot in the editor: the board large, tools over it, timeline below, note and numbers beside it. */
import { useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import type { Problem } from '../../../../shared/problem';
import type { JobSpec } from '../../../../shared/protocol';
import type { EditorTake } from '../../../../shared/protocol/pages/editor';
import { ProblemBox } from '../../lib/problem-box';
import { CameraLayer } from './canvas/camera-layer';
import { DepthLayer } from './canvas/depth-layer';
import { RegionLayer } from './canvas/region-layer';
import { Stage } from './canvas/stage';
import { WHOLE } from './geometry/box';
import { limitsOf, placeOf } from './geometry/place';
import { Compare } from './panels/compare';
import { DepthPanel } from './panels/depth-panel';
import { KeyPanel } from './panels/key-panel';
import { NotePanel } from './panels/note-panel';
import { RegionPanel } from './panels/region-panel';
import { SendPanel } from './panels/send-panel';
import { useBoard } from './preview/use-board';
import { carried, without } from './shot/regions';
import { strokesOn, withoutStrokes } from './shot/strokes';
import { Timeline } from './timeline/timeline';
import { Toolbar, type Tool } from './toolbar';
import { useBrush } from './use-brush';
import { useCamera } from './use-camera';
import { useCameraEdit } from './use-camera-edit';
import { useEditor } from './use-editor';
import { useLassos } from './use-lassos';
import { usePlaying } from './use-playing';
import { useWords } from '../../lib/use-words';
import { editor } from '../../../../shared/words';

export interface EditorProps {
  readonly spec: JobSpec;
  readonly takes: readonly EditorTake[];
  readonly nextTake: number;
  readonly news: () => void;
}

export function Editor({ spec, takes, nextTake, news }: EditorProps) {
  const t = useWords();
  const editing = useEditor(spec);
  const { shot, change } = editing;
  const { seed } = spec;
  const aspect = shot.size.width / shot.size.height;
  const [tool, setTool] = useState<Tool>('camera');
  const [chosenKey, setChosenKey] = useState(Infinity);
  const { frame, go, playing, play } = usePlaying(shot);
  const keys = useCamera(shot, seed);
  const chosen = Math.min(chosenKey, keys.length - 1);
  const own = keys[chosen] ?? { frame: 0, box: WHOLE, ease: 'linear' as const };
  const board = useBoard(shot, seed, frame, 'drawing');
  const relief = useBoard(shot, seed, frame, tool === 'depth' ? 'relief' : null);
  const size = board.picture?.size ?? shot.size;
  const place = useMemo(() => placeOf(size, shot.size, shot.fit), [size.width, size.height, shot.size, shot.fit]);
  const limits = useMemo(() => limitsOf(place), [place]);
  const camera = useCameraEdit(editing, keys, limits, aspect);
  const lassos = useLassos(editing, place, (n) => t(editor.regionName, { n }));
  const brush = useBrush(editing, place, frame);
  const [trouble, setTrouble] = useState<Problem | null>(null);
  const problem = trouble ?? board.problem;

  const choose = (index: number): void => {
    setChosenKey(index);
    const key = keys[index];
    if (key && !playing && index !== chosen) go(key.frame);
  };
  // The picture beside the board shows the framing that is being drawn.
  useEffect(() => {
    if (tool === 'camera' && !playing) go(own.frame);
  }, [tool, own.frame]);

  const undoKeys = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.target instanceof HTMLTextAreaElement || isTextInput(event.target))
      return;
    const key = event.key.toLowerCase();
    const step =
      key === 'y' || (key === 'z' && event.shiftKey)
        ? editing.steps.redo
        : key === 'z'
          ? editing.steps.undo
          : undefined;
    if (step === undefined) return;
    event.preventDefault();
    step?.();
  };

  return (
    <div className="editor" onKeyDown={undoKeys}>
      <Toolbar tool={tool} choose={setTool} steps={editing.steps} name={shot.name} sequence={spec.sequence.name} />
      <div className="editor-board">
        <Stage
          label={t(editor.board, { name: shot.name })}
          tool={tool}
          aspect={aspect}
          place={place}
          limits={limits}
          board={board.picture}
          relief={tool === 'depth' ? relief.picture : null}
          pull={tool === 'camera' ? () => null : tool === 'regions' ? lassos.pull : brush.pull}
          {...(tool === 'depth' ? { keys: brush.keys } : {})}
        >
          {tool === 'camera' && (
            <CameraLayer
              keys={keys}
              chosen={chosen}
              aspect={aspect}
              choose={choose}
              drag={camera.drag}
              set={camera.set}
              remove={(index) => camera.remove?.(index)}
            />
          )}
          {tool === 'regions' && (
            <RegionLayer
              regions={shot.regions ?? []}
              chosen={lassos.chosen}
              place={place}
              aspect={aspect}
              line={lassos.line}
              choose={lassos.choose}
              carry={(region, by) => change((before) => carried(before, region, by), `carry ${region.id}`)}
              remove={(id) => change((before) => without(before, id))}
            />
          )}
          {tool === 'depth' && (
            <DepthLayer brush={brush.brush} place={place} aspect={aspect} line={brush.line} pen={brush.pen} />
          )}
        </Stage>
        <Timeline
          shot={shot}
          keys={keys}
          chosen={chosen}
          frame={frame}
          playing={playing}
          go={(to) => {
            play(false);
            go(to);
          }}
          play={play}
          choose={choose}
          move={camera.move}
          add={camera.add && !keys.some((key) => key.frame === frame) ? () => camera.add?.(frame, own.box) : null}
          remove={camera.remove && (() => camera.remove?.(chosen))}
        />
        {problem && <ProblemBox problem={problem} />}
        <SendPanel spec={spec} shot={editing.kept} nextTake={nextTake} news={news} />
      </div>
      <div className="editor-side">
        <Compare shot={shot} seed={seed} frame={frame} aspect={aspect} take={takes[0]} trouble={setTrouble} />
        <NotePanel shot={editing.kept} change={change} />
        {tool === 'camera' && (
          <KeyPanel
            own={own}
            last={chosen === keys.length - 1}
            set={(box) => camera.set(chosen, box)}
            ease={(ease) => camera.ease(chosen, ease)}
          />
        )}
        {tool === 'regions' && (
          <RegionPanel
            shot={shot}
            chosen={lassos.chosen}
            pen={lassos.pen}
            choose={lassos.choose}
            takePen={lassos.takePen}
            change={change}
          />
        )}
        {tool === 'depth' && (
          <DepthPanel
            brush={brush.brush}
            take={brush.take}
            strokes={strokesOn(shot, frame).length}
            clear={() => change((before) => withoutStrokes(before, frame))}
          />
        )}
      </div>
    </div>
  );
}

/** Text fields have an undo of their own. */
const isTextInput = (target: EventTarget): boolean => target instanceof HTMLInputElement && target.type === 'text';
