/** Every shot by its first, middle and last frame; it moves while it is pointed at or has the focus. */
import type { ReportShot } from '../../../../shared/protocol/pages';
import { reportWords as words } from '../../../../shared/words';
import { standingOf } from './verdict';
import { standingWords, type Speech } from './words';

export type HrefOf = (shot: ReportShot, index: number) => string;

interface SheetProps {
  readonly shots: readonly ReportShot[];
  readonly s: Speech;
  readonly hrefOf: HrefOf | undefined;
}

export function ContactSheet({ shots, s, hrefOf = (_shot, index) => `#shot-${index + 1}` }: SheetProps) {
  return (
    <>
      {shots.some(({ loop }) => loop !== undefined) && <p className="soft hint">{s.t(words.hoverHint)}</p>}
      <div className="sheet">
        {shots.map((shot, index) => (
          <figure key={shot.key}>
            <a href={hrefOf(shot, index)}>
              <Strip shot={shot} s={s} />
            </a>
            <figcaption>
              <b>{shot.name}</b> <Badge shot={shot} s={s} />
              <span className="soft">
                {shot.timecode} · {s.t(words.frames, { n: shot.frames })}
                {shot.take > 0 && ` · ${s.t(words.takeNumber, { n: shot.take })}`}
              </span>
            </figcaption>
          </figure>
        ))}
      </div>
    </>
  );
}

const WHICH = ['first', 'middle', 'last'];

function Strip({ shot, s }: { readonly shot: ReportShot; readonly s: Speech }) {
  const { pictures, loop, name } = shot;
  if (pictures.length === 0)
    return (
      <span className="none">
        <span className="hidden">{name}: </span>
        {s.t(words.noPicture)}
      </span>
    );
  return (
    <span className={pictures.length === 1 ? 'strip one' : 'strip'}>
      {pictures.map((src, i) => (
        <img key={WHICH[i]} src={src} alt={s.t(words.frameOf, { shot: name, which: WHICH[i] ?? 'last' })} />
      ))}
      {loop !== undefined && <img className="loop" src={loop} alt="" />}
    </span>
  );
}

export function Badge({ shot, s }: { readonly shot: ReportShot; readonly s: Speech }) {
  const standing = standingOf(shot);
  return <span className={`badge ${standing}`}>{s.t(standingWords[standing])}</span>;
}
