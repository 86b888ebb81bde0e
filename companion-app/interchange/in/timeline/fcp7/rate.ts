/** Rates in xmeml. */
import type { FrameRate } from '../../../../../shared/shot';
import type { XmlElement } from '../../xml/element';
import { rateOf, rateOfTimebase } from '../rates';

/** The rate an element states in its own <rate>, or null. */
export function statedRate(element: XmlElement | undefined): FrameRate | null {
  const rate = element?.at('rate');
  return rate === undefined ? null : rateOfTimebase(rate.number('timebase'), rate.flag(false, 'ntsc'));
}

/** The rate a sequence plays at: its own, or its format's, or its timecode's. */
export function sequenceRate(sequence: XmlElement): FrameRate | null {
  return (
    statedRate(sequence) ??
    statedRate(sequence.at('media', 'video', 'format', 'samplecharacteristics')) ??
    statedRate(sequence.at('timecode')) ??
    rateOf(sequence.number('framerate'))
  );
}
