/** Which boards a clip of the edited sequence shows. */
import { parseBoardName } from '../../../shared/shot';
import type { ReadClip } from '../in';
import { lastPart } from '../in/media/names';
import type { Panel } from './panel';

const plain = (text: string): string => text.normalize('NFC').trim().toLowerCase();
const stem = (name: string): string => plain(lastPart(name)).replace(/\.[a-z0-9]{2,5}$/, '');
/** Letters and digits alone, as file names of takes keep them. */
const code = (text: string): string => plain(text).replaceAll(/[^\p{L}\p{N}]+/gu, '');
/** "SH010_t03_<job>", "SH010_t02" and "SH010_v2" are takes of SH010. */
const withoutTake = (name: string): string =>
  name.replace(/_t\d{1,4}(?:_[0-9a-z][0-9a-z-]{7,63})?$/, '').replace(/[_ -](?:v|take ?)\d{1,4}$/, '');

/** The boards, and whether the clip stands for a whole shot. */
export interface Match {
  readonly panels: readonly Panel[];
  readonly whole: boolean;
}

export class Matcher {
  private readonly byPath = new Map<string, Panel[]>();
  private readonly byStem = new Map<string, Panel[]>();
  private readonly byPlace = new Map<string, Panel[]>();
  private readonly byShot = new Map<string, Panel[]>();
  private readonly ids: { id: string; panel: Panel }[] = [];

  constructor(panels: readonly Panel[]) {
    const add = (index: Map<string, Panel[]>, key: string, panel: Panel): void => {
      if (key !== '') index.set(key, [...(index.get(key) ?? []), panel]);
    };
    for (const panel of panels) {
      const { board } = panel;
      for (const file of [board.path, ...board.layers.map((layer) => layer.path)])
        if (file !== undefined) add(this.byPath, file, panel);
      add(this.byStem, stem(board.name), panel);
      add(this.byShot, code(panel.shot), panel);
      const slate = parseBoardName(board.name);
      if (slate.board !== '') add(this.byPlace, `${code(slate.shot)}/${slate.board}`, panel);
      if (board.id !== undefined && board.id.length >= 4) this.ids.push({ id: plain(board.id), panel });
    }
  }

  /** Null where the clip shows none of the boards. */
  of(clip: ReadClip, layers: readonly ReadClip[] = []): Match | null {
    const names = [clip.name, clip.media.path].filter((name) => name !== '');
    const found =
      [clip, ...layers].flatMap((c) => this.byPath.get(c.media.path) ?? []).slice(0, 1)[0] ??
      names.flatMap((name) => this.byStem.get(stem(name)) ?? [])[0] ??
      names.flatMap((name) => this.withId(stem(name)))[0] ??
      names.flatMap((name) => this.atPlace(name))[0];
    // A drawing's own file may stand for several boards (blank paper, a held picture): the first of them is meant.
    if (found !== undefined && !this.standsForShot(clip, found)) return { panels: [found], whole: false };
    for (const name of names) {
      const shot =
        this.byShot.get(code(withoutTake(stem(name)))) ?? this.byShot.get(code(parseBoardName(stem(name)).shot));
      if (shot) return { panels: shot, whole: true };
    }
    return found === undefined ? null : { panels: [found], whole: false };
  }

  /** A movie named like the first board of a longer shot is the shot. */
  private standsForShot(clip: ReadClip, found: Panel): boolean {
    return clip.media.kind === 'movie' && (this.byShot.get(code(found.shot)) ?? []).length > 1;
  }

  private withId(name: string): Panel[] {
    const parts = name.split(/[^\p{L}\p{N}]+/u);
    return this.ids.filter(({ id }) => parts.includes(id)).map(({ panel }) => panel);
  }

  private atPlace(name: string): Panel[] {
    const slate = parseBoardName(lastPart(name));
    return slate.board === '' ? [] : (this.byPlace.get(`${code(slate.shot)}/${slate.board}`) ?? []);
  }
}
