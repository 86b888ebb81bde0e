/** A picture with a hole, and the same in cells of a few pixels: what the search for matching texture runs on. */
export interface Cells {
  /** Pixels along a cell's side. */
  readonly side: number;
  readonly width: number;
  readonly height: number;
  /** Mean colours, three a cell. */
  readonly rgb: Float32Array;
  /** 1 where the colours are known, from the start or since filled. */
  readonly known: Uint8Array;
  /** What is copied into a cell comes from cells of its kind. */
  readonly kind: Uint8Array;
}

export interface Holed {
  readonly width: number;
  readonly height: number;
  /** Interleaved RGB; what is in the hole is filled in place. */
  readonly rgb: Uint8Array;
  /** 1 on pixels to be filled. */
  readonly hole: Uint8Array;
  /** What a pixel belongs to (wall or floor): neither is carried on into the other. All one where it is absent. */
  readonly kind?: Uint8Array;
}

/** Whole cells only: pixels left over at the right and lower edge belong to the last ones. */
export function cellsOfPicture(picture: Holed, side: number): Cells {
  const width = Math.max(1, Math.floor(picture.width / side));
  const height = Math.max(1, Math.floor(picture.height / side));
  const cells = {
    side,
    width,
    height,
    rgb: new Float32Array(3 * width * height),
    known: new Uint8Array(width * height),
    kind: new Uint8Array(width * height),
  };
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) measure(picture, cells, x, y);
  return cells;
}

/** Pixel range of a cell along one side of the picture. */
export const pixelsOf = (cell: number, count: number, side: number, length: number): [from: number, to: number] => [
  cell * side,
  cell === count - 1 ? length : (cell + 1) * side,
];

function measure(picture: Holed, cells: Cells, x: number, y: number): void {
  const [x0, x1] = pixelsOf(x, cells.width, cells.side, picture.width);
  const [y0, y1] = pixelsOf(y, cells.height, cells.side, picture.height);
  const at = y * cells.width + x;
  let n = 0;
  let open = false;
  const sum = [0, 0, 0];
  for (let py = y0; py < y1; py++) {
    for (let px = x0; px < x1; px++) {
      const from = py * picture.width + px;
      if (picture.hole[from]) open = true;
      n++;
      for (let c = 0; c < 3; c++) sum[c]! += picture.rgb[3 * from + c]!;
    }
  }
  for (let c = 0; c < 3; c++) cells.rgb[3 * at + c] = sum[c]! / Math.max(1, n);
  cells.known[at] = open ? 0 : 1;
  cells.kind[at] = picture.kind?.[((y0 + y1) >> 1) * picture.width + ((x0 + x1) >> 1)] ?? 0;
}

/** Measures a filled cell anew; it counts as known from then on. */
export function settle(picture: Holed, cells: Cells, x: number, y: number): void {
  measure(picture, cells, x, y);
  cells.known[y * cells.width + x] = 1;
}
