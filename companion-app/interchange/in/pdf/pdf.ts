/** Boards in a PDF: a page each, or the panels drawn on a page, with the text under them. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { PDFiumDocument, PDFiumPage } from '@hyzyla/pdfium';
import sharp, { type Sharp } from 'sharp';
import { parseBoardName, type Sheets } from '../../../../shared/shot';
import type { Storyboard, StoryboardBoard, StoryboardShot } from '../../storyboard';
import { IN_LIMITS } from '../file/limits';
import { readBytes } from '../file/read-text';
import { empty, tooLarge, unreadable } from '../file/refuse';
import { Warnings } from '../file/warnings';
import { sortWords } from '../timeline/words';
import type { PanelsWish } from '../sheet/cut';
import type { GreyPage, Rect } from '../sheet/page';
import { sheetPanels } from '../sheet/panels';
import { drawnFrames, panelsAmong } from './frames';
import { loadPdf, PageInsides, type Box } from './pdfium';

/** Long side of a rendered page in pixels. */
const LONG_SIDE = 2880;
/** Long side of the page on which panels are looked for. */
const SEARCH_SIDE = 900;
/** And where none is drawn with clean lines: sheets that were scanned. */
const SCAN_SIDE = 1200;
/** Pages as large as this are architects' plans, not boards: points. */
const MOST_POINTS = 14_400;

interface Rendered {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

async function render(page: PDFiumPage, insides: PageInsides): Promise<Rendered> {
  const scale = LONG_SIDE / Math.max(insides.width, insides.height);
  const { data, width, height } = await page.render({ scale, render: 'bitmap' });
  const rgba = Uint8Array.from(data);
  for (let i = 0; i + 2 < rgba.length; i += 4) [rgba[i], rgba[i + 2]] = [rgba[i + 2] ?? 0, rgba[i] ?? 0];
  return { width, height, rgba };
}

const image = ({ rgba, width, height }: Rendered): Sharp =>
  sharp(rgba, { raw: { width, height, channels: 4 } }).flatten({ background: '#ffffff' });

async function greyPage(picture: Rendered, side: number): Promise<{ page: GreyPage; up: number }> {
  const scale = side / Math.max(picture.width, picture.height);
  const size = { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) };
  const grey = await image(picture).resize(size.width, size.height, { fit: 'fill' }).greyscale().raw().toBuffer();
  return { page: { ...size, grey: new Uint8Array(grey) }, up: 1 / scale };
}

async function panelsOf(picture: Rendered, insides: PageInsides, sheets: Sheets): Promise<Rect[]> {
  if (sheets === 'whole') return [];
  const { page, up } = await greyPage(picture, SEARCH_SIDE);
  const points = picture.width / insides.width;
  const clamp = (rect: Rect): Rect => ({
    x0: Math.max(0, Math.round(rect.x0)),
    y0: Math.max(0, Math.round(rect.y0)),
    x1: Math.min(picture.width, Math.round(rect.x1)),
    y1: Math.min(picture.height, Math.round(rect.y1)),
  });
  const frames = drawnFrames(page).map((r) => clamp({ x0: r.x0 * up, y0: r.y0 * up, x1: r.x1 * up, y1: r.y1 * up }));
  const pictures = insides
    .pictures()
    .map((b) => clamp({ x0: b.left * points, y0: b.top * points, x1: b.right * points, y1: b.bottom * points }))
    .filter((r) => r.x1 - r.x0 > 0.14 * picture.width && r.y1 - r.y0 > 0.08 * picture.height)
    .filter((r) => (r.x1 - r.x0) * (r.y1 - r.y0) < 0.94 * picture.width * picture.height);
  const panels = panelsAmong([...frames, ...pictures]);
  if (panels.length > 1) return panels;
  const scan = await greyPage(picture, SCAN_SIDE);
  const onSheet = sheetPanels(scan.page, sheets === 'cut').map(({ rect: r }) =>
    clamp({ x0: r.x0 * scan.up, y0: r.y0 * scan.up, x1: r.x1 * scan.up, y1: r.y1 * scan.up }),
  );
  return onSheet.length > 0 ? onSheet : panels;
}

/** Text below a panel, down to the next one under it; else beside it. */
function textOf(panel: Rect, all: readonly Rect[], insides: PageInsides, points: number): string {
  const below = all.filter((r) => r !== panel && r.y0 >= panel.y1 - 4 && r.x0 < panel.x1 && r.x1 > panel.x0);
  const beside = all.filter((r) => r !== panel && r.x0 >= panel.x1 - 4 && r.y0 < panel.y1 && r.y1 > panel.y0);
  const height = panel.y1 - panel.y0;
  const box = (left: number, top: number, right: number, bottom: number): Box => ({
    left: left / points,
    top: top / points,
    right: right / points,
    bottom: bottom / points,
  });
  const next = Math.min(panel.y1 + 1.2 * height, insides.height * points, ...below.map((r) => r.y0));
  const under = insides.textIn(box(panel.x0 - 8, panel.y1, panel.x1 + 8, next));
  if (under !== '') return under;
  const edge = Math.min(insides.width * points, ...beside.map((r) => r.x0));
  return insides.textIn(box(panel.x1, panel.y0 - 8, edge, panel.y1 + 8));
}

interface PageBoard {
  readonly shot: string;
  readonly board: StoryboardBoard;
}

function described(text: string, file: string, fallback: string): PageBoard {
  const lines = text.split(/\r\n|[\r\n]/).map((line) => line.trim());
  const first = parseBoardName(lines[0] ?? '');
  const named = first.code === 'token' && (lines[0] ?? '').length <= 40;
  const words = sortWords([(named ? [first.words, ...lines.slice(1)] : lines).join('\n')]);
  return {
    shot: named ? first.shot : fallback,
    board: { name: path.basename(file), path: file, layers: [], ...words },
  };
}

async function boardsOf(
  picture: Rendered,
  insides: PageInsides,
  page: { number: number; of: number },
  { folder, sheets, warnings }: PanelsWish,
): Promise<PageBoard[]> {
  const { number, of } = page;
  const panels = await panelsOf(picture, insides, sheets);
  const id = String(number).padStart(String(of).length, '0');
  const points = picture.width / insides.width;
  if (panels.length === 0 || (panels.length === 1 && insides.text() === '')) {
    const file = path.join(folder, `page-${id}.png`);
    await image(picture).png().toFile(file);
    return [described(insides.text(), file, `page ${number}`)];
  }
  if (panels.length > 1) warnings.add(`Page ${number} holds ${panels.length} framed panels; each became a board.`);
  const boards: PageBoard[] = [];
  for (const [i, panel] of panels.entries()) {
    const part = panels.length > 1;
    const file = path.join(folder, `page-${id}${part ? `-panel-${i + 1}` : ''}.png`);
    const crop = { left: panel.x0, top: panel.y0, width: panel.x1 - panel.x0, height: panel.y1 - panel.y0 };
    await image(picture).extract(crop).png().toFile(file);
    const name = part ? `page ${number} panel ${i + 1}` : `page ${number}`;
    boards.push(described(textOf(panel, panels, insides, points), file, name));
  }
  return boards;
}

async function readPage(
  document: PDFiumDocument,
  page: { number: number; of: number },
  wish: PanelsWish,
): Promise<PageBoard[]> {
  const insides = new PageInsides(document.getPage(page.number - 1));
  try {
    if (!(insides.width > 0 && insides.height > 0) || Math.max(insides.width, insides.height) > MOST_POINTS) {
      wish.warnings.add(`Page ${page.number} has a size no board has and was left out.`);
      return [];
    }
    const picture = await render(document.getPage(page.number - 1), insides);
    return await boardsOf(picture, insides, page, wish);
  } finally {
    insides.close();
  }
}

async function open(file: string, bytes: Uint8Array): Promise<PDFiumDocument> {
  try {
    return await loadPdf(bytes);
  } catch (error) {
    const locked = error instanceof Error && /password|security/i.test(error.message);
    throw unreadable(
      file,
      locked ? 'it is locked with a password' : 'it is no PDF or damaged',
      locked ? 'Save a copy without the password.' : 'Export it again as PDF, or as one picture a board.',
      error,
    );
  }
}

/**
 * Reads a PDF; its pictures are written into `folder`. Throws InbetweenError `board-unreadable`, `board-too-large` or `board-missing`.
 */
export async function readPdf(file: string, folder: string, sheets: Sheets = 'auto'): Promise<Storyboard> {
  const document = await open(file, await readBytes(file, IN_LIMITS.documentBytes));
  const warnings = new Warnings();
  try {
    const pages = document.getPageCount();
    if (pages > IN_LIMITS.pages)
      throw tooLarge(file, `${pages} pages of at most ${IN_LIMITS.pages}`, 'Export a part of it by itself.');
    await mkdir(folder, { recursive: true });
    const shots: (StoryboardShot & { boards: StoryboardBoard[] })[] = [];
    for (let i = 0; i < pages; i += 1) {
      for (const { shot, board } of await readPage(
        document,
        { number: i + 1, of: pages },
        { folder, sheets, warnings },
      )) {
        const last = shots.at(-1);
        if (last?.name === shot) last.boards.push(board);
        else shots.push({ name: shot, boards: [board] });
      }
    }
    if (shots.length === 0) throw empty(file, 'holds no page that could be a board', 'Export it again as PDF.');
    return { name: path.basename(file).replace(/\.pdf$/i, ''), shots, sounds: [], warnings: warnings.list() };
  } finally {
    document.destroy();
  }
}
