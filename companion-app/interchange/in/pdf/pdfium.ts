/** PDFium, opened once, and the few calls of it that its wrapper keeps to itself: where things lie on a page. */
import { PDFiumLibrary, type PDFiumDocument, type PDFiumPage } from '@hyzyla/pdfium';
import { z } from 'zod';

type Library = Awaited<ReturnType<typeof PDFiumLibrary.init>>;
let library: Promise<Library> | undefined;

/** A document; the library is compiled at the first use. Rejects with what PDFium says of bytes that are no PDF. */
export async function loadPdf(bytes: Uint8Array): Promise<PDFiumDocument> {
  library ??= PDFiumLibrary.init();
  return (await library).loadDocument(bytes);
}

/** In points, from the page's top left corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The calls that are needed, by PDFium's own names. Its memory moves when it grows: `HEAPU8` is asked anew after each call. */
interface Calls {
  readonly _FPDF_ClosePage: (page: number) => void;
  readonly _FPDFText_LoadPage: (page: number) => number;
  readonly _FPDFText_ClosePage: (text: number) => void;
  readonly _FPDFText_GetBoundedText: (
    text: number,
    left: number,
    top: number,
    right: number,
    bottom: number,
    buffer: number,
    length: number,
  ) => number;
  readonly _FPDFPage_GetObject: (page: number, index: number) => number;
  readonly _FPDFPageObj_GetBounds: (object: number, left: number, bottom: number, right: number, top: number) => number;
  readonly HEAPU8: Uint8Array;
  readonly wasmExports: { malloc(bytes: number): number; free(pointer: number): void };
}

const NAMES = [
  '_FPDF_ClosePage',
  '_FPDFText_LoadPage',
  '_FPDFText_ClosePage',
  '_FPDFText_GetBoundedText',
  '_FPDFPage_GetObject',
  '_FPDFPageObj_GetBounds',
] as const;

function hasCalls(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const all: Readonly<Record<string, unknown>> = Object.fromEntries(
    [...NAMES, 'HEAPU8', 'wasmExports'].map((name): [string, unknown] => [name, Reflect.get(value, name)]),
  );
  const { HEAPU8: memory, wasmExports: exports } = all;
  const own = typeof exports === 'object' && exports !== null && 'malloc' in exports && 'free' in exports;
  return own && memory instanceof Uint8Array && NAMES.every((name) => typeof all[name] === 'function');
}

const zInside = z.object({ pageIdx: z.number(), module: z.custom<Calls>(hasCalls) });
type Inside = z.output<typeof zInside>;

const MOST_TEXT = 8000;
const MOST_OBJECTS = 5000;

/** A page whose insides can be asked; where the wrapper hides them, it has no boxes and no text by place. */
export class PageInsides {
  private readonly inside: Inside | null;
  private readonly size: { width: number; height: number };

  constructor(private readonly page: PDFiumPage) {
    const read = zInside.safeParse(page);
    this.inside = read.success ? read.data : null;
    const { originalWidth, originalHeight } = page.getOriginalSize();
    this.size = { width: originalWidth, height: originalHeight };
  }

  get width(): number {
    return this.size.width;
  }

  get height(): number {
    return this.size.height;
  }

  /** Boxes of the pictures on the page. */
  pictures(): Box[] {
    const { inside } = this;
    if (!inside) return [];
    const { module, pageIdx } = inside;
    const place = module.wasmExports.malloc(16);
    const boxes: Box[] = [];
    try {
      for (let i = 0; i < Math.min(this.page.getObjectCount(), MOST_OBJECTS); i += 1) {
        if (this.page.getObject(i).type !== 'image') continue;
        const object = module._FPDFPage_GetObject(pageIdx, i);
        if (!module._FPDFPageObj_GetBounds(object, place, place + 4, place + 8, place + 12)) continue;
        const memory = new DataView(module.HEAPU8.buffer, place, 16);
        const at = (byte: number): number => memory.getFloat32(byte, true);
        boxes.push({ left: at(0), right: at(8), top: this.height - at(12), bottom: this.height - at(4) });
      }
    } finally {
      module.wasmExports.free(place);
    }
    return boxes;
  }

  /** Text whose letters lie in a box, line by line. */
  textIn(box: Box): string {
    const { inside } = this;
    if (!inside) return '';
    const { module, pageIdx } = inside;
    const text = module._FPDFText_LoadPage(pageIdx);
    if (text === 0) return '';
    const place = module.wasmExports.malloc(2 * MOST_TEXT);
    try {
      const [top, bottom] = [this.height - box.top, this.height - box.bottom];
      const written = module._FPDFText_GetBoundedText(text, box.left, top, box.right, bottom, place, MOST_TEXT);
      const letters = Math.max(0, Math.min(written, MOST_TEXT));
      const bytes = module.HEAPU8.slice(place, place + 2 * letters);
      return new TextDecoder('utf-16le').decode(bytes).replaceAll('\0', '').trim();
    } finally {
      module.wasmExports.free(place);
      module._FPDFText_ClosePage(text);
    }
  }

  /** Frees the page; it must not be asked any more. Rendering a page frees it too: what is asked needs one of its own. */
  close(): void {
    this.inside?.module._FPDF_ClosePage(this.inside.pageIdx);
  }

  /** All text of the page. */
  text(): string {
    return this.page.getText().slice(0, MOST_TEXT).trim();
  }
}
