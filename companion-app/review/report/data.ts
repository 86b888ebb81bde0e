/** What a report tells: plain facts about a run, gathered by whoever ran it. */

export interface ReportCheck {
  readonly name: string;
  readonly ok: boolean;
  /** 0–1, 1 is best. */
  readonly score: number;
  readonly detail: string;
}

export interface ReportShot {
  readonly name: string;
  readonly notes: string;
  /** Moves as people read them: "push in 12 %, f0–88". */
  readonly moves: readonly string[];
  /** "01:00:00:00". */
  readonly timecode: string;
  readonly frames: number;
  readonly state: 'placed' | 'rendered' | 'failed' | 'cancelled' | 'waiting';
  readonly engine: string;
  readonly provider: string;
  readonly seed: number;
  readonly take: number;
  /** Seconds of work, waiting not counted. */
  readonly seconds: number;
  /** Seconds of video made. */
  readonly videoSeconds: number;
  readonly checks: readonly ReportCheck[];
  readonly warnings: readonly string[];
  /** Sentences of what went wrong: what happened, what is safe, what to do. */
  readonly problem?: { readonly message: string; readonly safe: string; readonly action: string };
  /** JPEG pictures of first, middle and last frame. */
  readonly pictures: readonly Uint8Array[];
  readonly clip?: string;
}

export interface ReportData {
  readonly title: string;
  /** When the run ended, in words. */
  readonly made: string;
  readonly version: string;
  readonly machine: string;
  readonly rate: string;
  readonly shots: readonly ReportShot[];
  /** Files made besides the clips, name and what it is. */
  readonly files: readonly { readonly name: string; readonly about: string }[];
}

/** The night in one sentence: what is done, what is not, and how fast it went. */
export function verdict(data: ReportData): string {
  const made = data.shots.filter((shot) => shot.state === 'placed' || shot.state === 'rendered');
  const failed = data.shots.filter((shot) => shot.state === 'failed');
  const flagged = made.filter((shot) => shot.checks.some((check) => !check.ok));
  const seconds = made.reduce((sum, shot) => sum + shot.seconds, 0);
  const video = made.reduce((sum, shot) => sum + shot.videoSeconds, 0);
  const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
  const start = `${made.length} of ${count(data.shots.length, 'shot')} ${made.length === 1 ? 'is' : 'are'} animated: ${video.toFixed(1)} s of video in ${seconds.toFixed(1)} s of work`;
  const flags = flagged.length > 0 ? `; ${count(flagged.length, 'take')} failed a check` : '';
  const fails = failed.length > 0 ? `; ${failed.map((shot) => shot.name).join(', ')} could not be made` : '';
  return `${start}${flags}${fails}.`;
}
