/** I2VGen-XL's crop: shrunk with a box filter until one side fits, then the middle. Source: diffusers pipeline_i2vgen_xl.py. */
import { cropMiddle, resize, type Rgb } from './resample';

/** Whole times b goes into a, as Python counts: the quotient itself may round up to the next whole number. */
function wholeTimes(a: number, b: number): number {
  const quotient = (a - (a % b)) / b;
  return Math.round(quotient);
}

/**
 * The middle of the picture at width × height. Never smaller than asked, where rounding would leave a black edge.
 * @param edges true to leave that edge, as diffusers does
 */
export function centreCrop(picture: Rgb, width: number, height: number, edges = false): Rgb {
  const scale = Math.min(picture.width / width, picture.height / height);
  const [least, lowest] = edges ? [1, 1] : [width, height];
  const shrunk = resize(
    picture,
    Math.max(least, wholeTimes(picture.width, scale)),
    Math.max(lowest, wholeTimes(picture.height, scale)),
    'box',
  );
  return cropMiddle(shrunk, width, height);
}
