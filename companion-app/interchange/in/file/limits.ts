/** What a storyboard may be at most; beyond that a file is refused before it is parsed. */
export const IN_LIMITS = {
  /** A project, a timeline or a table as a file, bytes. */
  textBytes: 96 * 1024 * 1024,
  /** A workbook unpacked, bytes. */
  sheetBytes: 24 * 1024 * 1024,
  /** A document of boards, bytes. */
  documentBytes: 512 * 1024 * 1024,
  /** Clips of one timeline, nested ones counted each time they are used. */
  clips: 20_000,
  /** Boards of one storyboard. */
  boards: 20_000,
  /** Sequences within sequences. */
  nesting: 16,
  /** Elements within elements of an XML file. */
  xmlDepth: 256,
  /** Frames of a timeline: 24 hours at 120 frames a second. */
  frames: 10_368_000,
  /** Files looked at when media are searched beside a timeline. */
  searched: 50_000,
  /** Folders below the timeline's own that are searched. */
  searchDepth: 5,
  /** Pixels of a picture that is cut into pages or panels. */
  pixels: 200_000_000,
  /** Pages of a document. */
  pages: 2000,
  /** Sentences handed on about what could not be read. */
  warnings: 200,
} as const;
