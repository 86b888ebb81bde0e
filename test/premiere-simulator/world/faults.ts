/** Every way the host is known to fail, each off until a test turns it on. Lists are used up one call at a time. */

/**
 * How one exportSequenceFrame goes wrong [R]:
 * - `true-but-missing`: answers true, writes nothing;
 * - `false-but-written`: answers false, the file is there;
 * - `late`: answers true, the file lands `exportDelayMs` later;
 * - `double-extension`: the file is NAME.png.png;
 * - `late-double-extension`: both;
 * - `false-missing`: an honest failure; `throws`: rejects.
 */
export type ExportFault =
  | 'true-but-missing'
  | 'false-but-written'
  | 'late'
  | 'double-extension'
  | 'late-double-extension'
  | 'false-missing'
  | 'throws';

export interface Faults {
  /** For the next exports, in order; null is an export that goes well. */
  exports: (ExportFault | null)[];
  /** For every export once the list is used up. */
  everyExport: ExportFault | null;
  /** How long a late export takes to land, in milliseconds of the clock. */
  exportDelayMs: number;
  /** How long after importFiles answered an item appears in its bin [R]. */
  importDelayMs: number;
  /** For the next imports, in order: true is one that answers true and never registers anything [R]. */
  importsLost: boolean[];
  /** For the next imports: true is one that answers false although the item registers [I]. */
  importsDenied: boolean[];
  /** How the host spells a media path (backslashes, another Unicode form, /private in front) [R]. */
  spellPath: (path: string) => string;
  /** For the next transactions: true answers false and applies nothing [R]. */
  transactionsRefused: boolean[];
  /** For the next addAction calls: true answers false and adds nothing [R]. */
  actionsRefused: boolean[];
  /** createInsertProjectItemAction past the last track succeeds without making one [R]. */
  insertMakesNoTrack: boolean;
  /** In- and out-point setters succeed and change nothing [R]. */
  inOutSettersFail: boolean;
  /** How many times getActiveSequence still answers the old project's sequence after a switch of projects [R]. */
  staleSequenceReads: number;
  /** For the next createSequence calls: true is one that rejects [I]. */
  sequencesRefused: boolean[];
  /** Settings of a sequence are taken and change nothing [I]. */
  settingsIgnored: boolean;
  /** Ticks of the grid that in and out points of a still are put on: of another rate than the sequence's, they miss its frames [I]. */
  stillGrid: bigint | null;
  /** Properties of a sequence throw as "does not support action based setting" [D]. */
  propertiesReadOnly: boolean;
}

export function noFaults(): Faults {
  return {
    exports: [],
    everyExport: null,
    exportDelayMs: 700,
    importDelayMs: 40,
    importsLost: [],
    importsDenied: [],
    spellPath: (path) => path,
    transactionsRefused: [],
    actionsRefused: [],
    insertMakesNoTrack: false,
    inOutSettersFail: false,
    staleSequenceReads: 0,
    sequencesRefused: [],
    settingsIgnored: false,
    stillGrid: null,
    propertiesReadOnly: false,
  };
}
