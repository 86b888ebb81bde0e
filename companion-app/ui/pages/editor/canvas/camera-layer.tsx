/** Start and end frames of the camera as storyboards draw them: boxes, arrows from one to the next, handles on the chosen one. */
import { editor } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';
import type { Key } from '../agreement/keys';
import { cornersOf, pulled, turnedTo, type Box } from '../geometry/box';
import { boxByKey } from './box-keys';
import { lineOf, px, quadOf, UNIT } from './scale';
import { usePull, type Pull } from './use-pull';

export interface CameraLayerProps {
  readonly keys: readonly Key[];
  readonly chosen: number;
  readonly aspect: number;
  readonly choose: (index: number) => void;
  /** The chosen key's box as it is being pulled; null gives the pull up. */
  readonly drag: (index: number, box: Box | null) => void;
  readonly set: (index: number, box: Box, joins?: string) => void;
  readonly remove: (index: number) => void;
}

export function CameraLayer(props: CameraLayerProps) {
  const { keys, chosen, aspect } = props;
  const order = [...keys.keys()].filter((i) => i !== chosen);
  return (
    <g>
      {keys.slice(1).map((key, i) => (
        <Arrow key={key.frame} from={keys[i] ?? key} to={key} aspect={aspect} />
      ))}
      {[...order, chosen].map((i) => {
        const key = keys[i];
        return key && <Frame key={i} {...props} index={i} own={key} />;
      })}
    </g>
  );
}

/** Thin lines from corner to corner, a bold arrow from middle to middle. */
function Arrow({ from, to, aspect }: { readonly from: Key; readonly to: Key; readonly aspect: number }) {
  const [a, b] = [cornersOf(from.box, aspect), cornersOf(to.box, aspect)];
  const [dx, dy] = [(to.box.x - from.box.x) * aspect, to.box.y - from.box.y];
  const length = Math.hypot(dx, dy);
  const head = { x: to.box.x * aspect * UNIT, y: to.box.y * UNIT, angle: (Math.atan2(dy, dx) * 180) / Math.PI };
  return (
    <g className="editor-arrow" aria-hidden="true">
      {a.map((corner, i) => (
        <polyline key={i} className="thin" points={lineOf([corner, b[i] ?? corner], aspect)} />
      ))}
      {length > 0.02 && (
        <>
          <polyline className="halo" points={lineOf([from.box, to.box], aspect)} />
          <polyline className="bold" points={lineOf([from.box, to.box], aspect)} />
          <path
            className="head"
            d="M 0 0 L -34 -16 L -34 16 Z"
            transform={`translate(${head.x} ${head.y}) rotate(${head.angle})`}
          />
        </>
      )}
    </g>
  );
}

interface FrameProps extends CameraLayerProps {
  readonly index: number;
  readonly own: Key;
}

function Frame({ keys, chosen, aspect, choose, drag, set, remove, index, own }: FrameProps) {
  const t = useWords();
  const { box } = own;
  const selected = index === chosen;
  const role = index === 0 ? 'start' : index === keys.length - 1 ? 'end' : 'middle';
  const name =
    role === 'start'
      ? t(editor.startFrame)
      : role === 'end'
        ? t(editor.endFrame)
        : t(editor.keyAt, { frame: own.frame + 1 });
  const follow = (of: (to: { x: number; y: number }) => Box): Pull => {
    let last: Box | null = null;
    return {
      move: (to) => drag(index, (last = of(to))),
      end: (given) => (given && last ? set(index, last) : drag(index, null)),
    };
  };
  const body = usePull(aspect, (from) => {
    choose(index);
    return follow((to) => ({ ...box, x: box.x + to.x - from.x, y: box.y + to.y - from.y }));
  });
  const corners = cornersOf(box, aspect);
  const top = { x: (corners[0].x + corners[1].x) / 2, y: (corners[0].y + corners[1].y) / 2 };
  const outline = quadOf(corners, aspect);
  const values = {
    name,
    x: Math.round(box.x * 100),
    y: Math.round(box.y * 100),
    width: Math.round(box.scale * 100),
    roll: Math.round(box.roll),
  };
  return (
    <g
      className={`editor-box ${role}${selected ? ' chosen' : ''}`}
      role="button"
      tabIndex={0}
      aria-pressed={selected}
      aria-label={t(editor.boxLabel, values)}
      data-key={index}
      onFocus={() => choose(index)}
      onKeyDown={(event) => {
        if ((event.key === 'Delete' || event.key === 'Backspace') && keys.length > 1) remove(index);
        else {
          const next =
            event.ctrlKey || event.metaKey || event.altKey ? null : boxByKey(box, event.key, event.shiftKey, aspect);
          if (!next) return;
          set(index, next, `keys ${index}`);
        }
        event.preventDefault();
        event.stopPropagation();
      }}
      {...body}
    >
      <polygon className={selected ? 'body' : 'edge'} points={outline} />
      <polygon className="halo" points={outline} />
      <polygon className="line" points={outline} />
      <Tag at={px(corners[0], aspect)} text={role === 'start' ? 'A' : role === 'end' ? 'B' : String(own.frame + 1)} />
      {selected && (
        <>
          <Handle at={px(top, aspect)} round aspect={aspect} pull={() => follow((to) => turnedTo(box, to, aspect))} />
          {corners.map((corner, i) => (
            <Handle
              key={i}
              corner={i}
              at={px(corner, aspect)}
              aspect={aspect}
              pull={() => follow((to) => pulled(box, i, to, aspect))}
            />
          ))}
        </>
      )}
    </g>
  );
}

function Tag({ at, text }: { readonly at: string; readonly text: string }) {
  return (
    <g className="editor-tag" transform={`translate(${at})`} aria-hidden="true">
      <rect x="10" y="10" width={22 + 20 * text.length} height="46" rx="6" />
      <text x={21 + 10 * text.length} y="44" textAnchor="middle">
        {text}
      </text>
    </g>
  );
}

interface HandleProps {
  readonly at: string;
  readonly aspect: number;
  readonly corner?: number;
  readonly round?: boolean;
  readonly pull: () => Pull;
}

/** A corner, or the round one that turns. Fingers get a larger one than is seen. */
function Handle({ at, aspect, pull, corner, round }: HandleProps) {
  const pulls = usePull(aspect, pull);
  return (
    <g
      className={`editor-handle${round ? ' turn' : ` corner-${corner ?? 0}`}`}
      transform={`translate(${at})`}
      aria-hidden="true"
      {...pulls}
    >
      <rect className="reach" x="-32" y="-32" width="64" height="64" />
      {round ? <circle r="13" /> : <rect x="-12" y="-12" width="24" height="24" />}
    </g>
  );
}
