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

/** More shots than this are shown smaller. */
const MANY = 24;

export function ContactSheet({ shots, s, hrefOf }: SheetProps) {
  return (
    <>
      {shots.some(({ loop }) => loop !== undefined) && <p className="soft hint">{s.t(words.hoverHint)}</p>}
      <div className={shots.length > MANY ? 'sheet many' : 'sheet'}>
        {shots.map((shot, index) => (
          <figure key={shot.key}>
            {hrefOf ? (
              <a href={hrefOf(shot, index)}>
                <Strip shot={shot} s={s} />
              </a>
            ) : (
              <Strip shot={shot} s={s} alone />
            )}
            <figcaption>
              <Name shot={shot} href={hrefOf ? undefined : `#shot-${index + 1}`} /> <Badge shot={shot} s={s} />
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

function Name({ shot: { name }, href }: { readonly shot: ReportShot; readonly href: string | undefined }) {
  const shown = (
    <bdi>
      <b>{name}</b>
    </bdi>
  );
  return href === undefined ? shown : <a href={href}>{shown}</a>;
}

interface StripProps {
  readonly shot: ReportShot;
  readonly s: Speech;
  /** Not within a link: it takes the focus itself, so that a tap or Tab sets it going. */
  readonly alone?: boolean;
}

function Strip({ shot, s, alone = false }: StripProps) {
  const { pictures, loop, name } = shot;
  if (pictures.length === 0)
    return (
      <span className="none">
        <span className="hidden">{name}: </span>
        {s.t(words.noPicture)}
      </span>
    );
  const own = alone && loop !== undefined ? { tabIndex: 0, role: 'group', 'aria-label': name } : {};
  return (
    <span className={pictures.length === 1 ? 'strip one' : 'strip'} {...own}>
      {pictures.map((src, i) => (
        <img
          key={WHICH[i]}
          src={src}
          decoding="async"
          alt={s.t(words.frameOf, { shot: name, which: WHICH[i] ?? 'last' })}
        />
      ))}
      {loop !== undefined && <img className="loop" src={loop} decoding="async" alt="" />}
    </span>
  );
}

export function Badge({ shot, s }: { readonly shot: ReportShot; readonly s: Speech }) {
  const standing = standingOf(shot);
  return <span className={`badge ${standing}`}>{s.t(standingWords[standing])}</span>;
}
