/**
 * The outline of a Photoshop file (Adobe, "Photoshop File Formats Specification"): header, lengths of the sections,
 * the colour profile. Read before the decoder runs, which would allocate first and overlook a missing end.
 */

export interface PsdStructure {
  readonly width: number;
  readonly height: number;
  /** The file ends before its picture does. */
  readonly cutShort: boolean;
  /** ICC profile of the document, if it carries one. */
  readonly profile: Uint8Array | null;
  /** Where the flattened picture begins, when it is 16-bit and packed by run lengths: ag-psd takes such a one for 8-bit. */
  readonly packed16?: number;
}

const HEADER_BYTES = 26;
const ICC_RESOURCE = 1039;
const [RAW, RLE] = [0, 1];

/** Null when not even the header is whole. */
export function psdStructure(bytes: Uint8Array): PsdStructure | null {
  if (bytes.length < HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const large = view.getUint16(4) === 2;
  const header = {
    channels: view.getUint16(12),
    height: view.getUint32(14),
    width: view.getUint32(18),
    depth: view.getUint16(22),
  };
  const { width, height } = header;
  try {
    const resourcesAt = HEADER_BYTES + 4 + view.getUint32(HEADER_BYTES);
    const resourcesEnd = resourcesAt + 4 + view.getUint32(resourcesAt);
    const profile = iccProfile(bytes, view, resourcesAt + 4, resourcesEnd);
    const layersLength = large ? Number(view.getBigUint64(resourcesEnd)) : view.getUint32(resourcesEnd);
    const pictureAt = resourcesEnd + (large ? 8 : 4) + layersLength;
    const cutShort = pictureAt + pictureBytes(view, pictureAt, header, large) > bytes.length;
    const packed16 =
      !cutShort && header.depth === 16 && view.getUint16(pictureAt) === RLE ? { packed16: pictureAt } : {};
    return { width, height, cutShort, profile, ...packed16 };
  } catch (error) {
    if (error instanceof RangeError) return { width, height, cutShort: true, profile: null };
    throw error;
  }
}

/** Length of the flattened picture's section. RangeError past the end of the file. */
function pictureBytes(
  view: DataView,
  at: number,
  header: { channels: number; width: number; height: number; depth: number },
  large: boolean,
): number {
  const compression = view.getUint16(at);
  const rows = header.height * header.channels;
  if (compression === RAW) return 2 + Math.ceil((header.width * header.depth) / 8) * rows;
  if (compression !== RLE) return 2;
  const entry = large ? 4 : 2;
  let sum = 2 + rows * entry;
  for (let row = 0; row < rows; row += 1) {
    const place = at + 2 + row * entry;
    sum += large ? view.getUint32(place) : view.getUint16(place);
  }
  return sum;
}

/** Walks the image resources: signature, id, padded name, padded data. */
function iccProfile(bytes: Uint8Array, view: DataView, from: number, to: number): Uint8Array | null {
  let at = from;
  while (at + 12 <= to) {
    const id = view.getUint16(at + 4);
    const nameBytes = view.getUint8(at + 6) + 1;
    const lengthAt = at + 6 + nameBytes + (nameBytes % 2);
    const length = view.getUint32(lengthAt);
    if (id === ICC_RESOURCE) return bytes.subarray(lengthAt + 4, lengthAt + 4 + length);
    at = lengthAt + 4 + length + (length % 2);
  }
  return null;
}
