/** What kind of media a file is, by its name: timelines name files that need not be there. */
const STILL =
  /\.(?:png|jpe?g|jpe|webp|tiff?|psd|psb|gif|avif|bmp|dib|tga|exr|dpx|hei[cf]|ai|eps|svg|pct|pict|iff|sgi)$/i;
const SOUND = /\.(?:wav|wave|bwf|aiff?|aifc|mp3|m4a|aac|flac|ogg|oga|opus|wma|caf|ac3|eac3|mka)$/i;

export type MediaKind = 'movie' | 'still' | 'sound';

/** `otherwise` decides for names without a telling extension. */
export function mediaKind(name: string, otherwise: MediaKind): MediaKind {
  const plain = name.replace(/[?#].*$/, '');
  if (STILL.test(plain) || STILL.test(name)) return 'still';
  if (SOUND.test(plain) || SOUND.test(name)) return 'sound';
  return otherwise;
}
