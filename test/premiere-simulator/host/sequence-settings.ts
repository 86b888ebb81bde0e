/** A sequence's settings: a copy to be changed, and put back by an action [D]. */
import type { FrameRate, RectF, SequenceSettings, TimeDisplay } from '@adobe/premierepro';
import type { SequenceState } from '../model/state';
import { asHost, valid } from './adobe';
import { RAW } from './constants';
import { Handles, type SequenceHandle } from './handles';
import { SettingsRest } from './sequence-rest';
import { SimFrameRate } from './time';
import { frameRect } from './values';

type Wanted = Pick<SequenceState, 'ticksPerFrame' | 'dropFrame' | 'width' | 'height'>;

interface Draft {
  readonly handle: SequenceHandle;
  readonly wanted: Wanted;
}

const drafts = new Handles<Draft>();

/** Ticks a frame → display format, drop frame and not [I: which number stands for which format]. */
export function displayFormat({ ticksPerFrame, dropFrame }: Wanted): TimeDisplay {
  const formats = RAW.VideoDisplayFormatType;
  if (ticksPerFrame === 10_594_584_000n) return { type: formats.FPS_23_976 };
  if (ticksPerFrame === 10_160_640_000n) return { type: formats.FPS_25 };
  if (ticksPerFrame === 8_475_667_200n) return { type: dropFrame ? formats.FPS_29_97 : formats.FPS_29_97_NON_DROP };
  return { type: formats.FRAMES };
}

export class SimSequenceSettings extends SettingsRest implements SequenceSettings {
  constructor(handle: SequenceHandle) {
    super();
    const { ticksPerFrame, dropFrame, width, height } = handle.state;
    drafts.set(this, { handle, wanted: { ticksPerFrame, dropFrame, width, height } });
  }

  /** [D] Synchronous, as is its setter. */
  getVideoFrameRate(): FrameRate {
    return asHost<FrameRate>(new SimFrameRate(Number(drafts.of(this).wanted.ticksPerFrame)));
  }

  setVideoFrameRate(...[rate]: Parameters<SequenceSettings['setVideoFrameRate']>): boolean {
    valid(rate instanceof SimFrameRate && Number.isInteger(rate.ticksPerFrame) && rate.ticksPerFrame > 0);
    drafts.of(this).wanted.ticksPerFrame = BigInt(rate.ticksPerFrame);
    return true;
  }

  getVideoFrameRect(): Promise<RectF> {
    return this.#call('getVideoFrameRect', ({ width, height }) => frameRect(width, height));
  }

  setVideoFrameRect(...[rect]: Parameters<SequenceSettings['setVideoFrameRect']>): Promise<boolean> {
    return this.#call('setVideoFrameRect', (wanted) => {
      valid(rect.width > 0 && rect.height > 0);
      Object.assign(wanted, { width: Math.round(rect.width), height: Math.round(rect.height) });
      return true;
    });
  }

  getVideoDisplayFormat(): Promise<TimeDisplay> {
    return this.#call('getVideoDisplayFormat', displayFormat);
  }

  /** [I] Only 29.97 tells drop-frame from non-drop-frame; a format of another rate is taken and means nothing. */
  setVideoDisplayFormat(...[display]: Parameters<SequenceSettings['setVideoDisplayFormat']>): Promise<boolean> {
    return this.#call('setVideoDisplayFormat', (wanted) => {
      wanted.dropFrame = display.type === RAW.VideoDisplayFormatType.FPS_29_97;
      return true;
    });
  }

  getVideoFieldType(): Promise<number> {
    return this.#call('getVideoFieldType', () => RAW.VideoFieldType.PROGRESSIVE);
  }

  getVideoPixelAspectRatio(): Promise<string> {
    return this.#call('getVideoPixelAspectRatio', () => RAW.PixelAspectRatio.SQUARE);
  }

  #call<T>(member: string, act: (wanted: Wanted) => T): Promise<T> {
    const { handle, wanted } = drafts.of(this);
    return handle.session.world.call(`SequenceSettings.${member}`, () => act(wanted));
  }
}

/** What settings ask for. */
export function wantedBy(settings: SequenceSettings): Wanted {
  return drafts.of(settings).wanted;
}
