/** Motion brush: lassos around what moves by itself, and the way each goes. */
import { editor } from '../../../../../shared/words';
import type { MotionRegion, Point } from '../../../../../shared/shot';
import { useWords } from '../../../lib/use-words';
import type { Rect } from '../geometry/box';
import { toFrame } from '../geometry/place';
import { wayOf } from '../shot/regions';
import { lineOf, px } from './scale';

export interface RegionLayerProps {
  readonly regions: readonly MotionRegion[];
  readonly chosen: string | null;
  readonly place: Rect;
  readonly aspect: number;
  /** What is being drawn now, in parts of the drawing. */
  readonly line: readonly Point[];
  readonly choose: (id: string) => void;
  /** Keys pressed on a region: carried by this much of the drawing, or removed. */
  readonly carry: (region: MotionRegion, by: Point) => void;
  readonly remove: (id: string) => void;
}

const WAYS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function RegionLayer({ regions, chosen, place, aspect, line, choose, carry, remove }: RegionLayerProps) {
  const t = useWords();
  const seen = (points: readonly Point[]): string =>
    lineOf(
      points.map((point) => toFrame(point, place)),
      aspect,
    );
  return (
    <g>
      {regions.map((region, i) => {
        const way = wayOf(region);
        const end = way.at(-1);
        const [start] = region.outline;
        const goes = region.path.some(({ x, y }) => Math.hypot(x, y) > 0.004);
        return (
          <g
            key={region.id}
            className={`editor-region r${i + 1}${region.id === chosen ? ' chosen' : ''}`}
            role="button"
            tabIndex={0}
            aria-pressed={region.id === chosen}
            aria-label={t(editor.regionLabel, { name: region.name })}
            onFocus={() => choose(region.id)}
            onKeyDown={(event) => {
              const to = WAYS[event.key];
              const by = event.shiftKey ? 0.05 : 0.01;
              if (event.key === 'Delete' || event.key === 'Backspace') remove(region.id);
              else if (to) carry(region, { x: to.x * by, y: to.y * by });
              else return;
              event.preventDefault();
              event.stopPropagation();
            }}
          >
            <polygon className="area" points={seen(region.outline)} />
            {goes && <polyline className="halo" points={seen(way)} />}
            {goes && <polyline className="way" points={seen(way)} />}
            {goes && end && (
              <circle className="goal" r="11" transform={`translate(${px(toFrame(end, place), aspect)})`} />
            )}
            {start && (
              <g
                className="editor-tag"
                transform={`translate(${px(toFrame(start, place), aspect)})`}
                aria-hidden="true"
              >
                <rect x="-22" y="-23" width="44" height="46" rx="23" />
                <text x="0" y="11" textAnchor="middle">
                  {i + 1}
                </text>
              </g>
            )}
          </g>
        );
      })}
      {line.length > 1 && <polyline className="editor-drawing" points={seen(line)} />}
    </g>
  );
}
