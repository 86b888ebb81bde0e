/** What an FCPXML file declares before its story: formats, assets, compound clips. */
import { frameRate, TimeError, type FrameRate, type Size } from '../../../../../shared/shot';
import type { XmlElement } from '../../xml/element';
import { reduced, ZERO, type Seconds } from '../seconds';
import { parseSeconds } from './time';

export interface Asset {
  readonly path: string;
  readonly start: Seconds;
  readonly duration: Seconds;
  readonly video: boolean;
  readonly comment: string;
}

const NAMED = /FFVideoFormat.*?p(\d{2,3})(\d{2})?$/;

function rateOfFormat(format: XmlElement): FrameRate | null {
  const frame = parseSeconds(format.attributes.frameDuration);
  try {
    if (frame && frame.num > 0n) {
      const { num, den } = reduced(frame);
      return frameRate(Number(den), Number(num));
    }
    const named = NAMED.exec(format.attributes.name ?? '');
    if (!named?.[1]) return null;
    const digits = named[1] + (named[2] ?? '');
    const known: Record<string, [number, number]> = {
      '2398': [24000, 1001],
      '2997': [30000, 1001],
      '5994': [60000, 1001],
    };
    return frameRate(...(known[digits] ?? [Number(named[1]), 1]));
  } catch (error) {
    if (error instanceof TimeError) return null;
    throw error;
  }
}

export class Resources {
  private readonly byId = new Map<string, XmlElement>();

  constructor(root: XmlElement) {
    // Up to version 1.2 they stood within each project.
    for (const resources of root.deep())
      if (resources.name === 'resources')
        for (const element of resources.children)
          if (element.attributes.id !== undefined && !this.byId.has(element.attributes.id))
            this.byId.set(element.attributes.id, element);
  }

  /** Rate and size of a format; null each where it says none. */
  format(id: string | undefined): { rate: FrameRate | null; size: Size | null } {
    const format = id === undefined ? undefined : this.byId.get(id);
    if (format?.name !== 'format') return { rate: null, size: null };
    const [width, height] = [Number(format.attributes.width), Number(format.attributes.height)];
    const fits = [width, height].every((side) => Number.isInteger(side) && side >= 2 && side <= 16_384);
    return { rate: rateOfFormat(format), size: fits ? { width, height } : null };
  }

  asset(id: string | undefined): Asset | null {
    const asset = id === undefined ? undefined : this.byId.get(id);
    if (asset?.name !== 'asset') return null;
    const original =
      asset.all('media-rep').find((rep) => rep.attributes.kind !== 'proxy-media') ?? asset.at('media-rep');
    return {
      path: original?.attributes.src ?? asset.attributes.src ?? asset.attributes.name ?? '',
      start: parseSeconds(asset.attributes.start) ?? ZERO,
      duration: parseSeconds(asset.attributes.duration) ?? ZERO,
      video: asset.attributes.hasVideo === '1' || asset.attributes.hasAudio !== '1',
      comment: asset.text('note'),
    };
  }

  /** The format of what an item refers to: an asset's, or that of a compound clip's sequence. */
  formatBehind(id: string | undefined): string | undefined {
    const named = id === undefined ? undefined : this.byId.get(id);
    return (named?.name === 'media' ? (named.at('sequence') ?? named.at('multicam')) : named)?.attributes.format;
  }

  /** The sequence inside a compound clip. */
  compound(id: string | undefined): XmlElement | null {
    const media = id === undefined ? undefined : this.byId.get(id);
    return media?.at('sequence') ?? null;
  }

  /** A multicam clip's angle by its id, else its first, and when the clip's own time begins. */
  angle(id: string | undefined, angleId: string | undefined): { angle: XmlElement; start: Seconds } | null {
    const multicam = (id === undefined ? undefined : this.byId.get(id))?.at('multicam');
    const angles = multicam?.all('mc-angle') ?? [];
    const angle = angles.find((each) => each.attributes.angleID === angleId) ?? angles[0];
    return angle ? { angle, start: parseSeconds(multicam?.attributes.tcStart) ?? ZERO } : null;
  }
}
