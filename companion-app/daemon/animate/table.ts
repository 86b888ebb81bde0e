/** The table a run ends with, for a terminal. */
import { framesToSeconds } from '../../../shared/shot';
import type { Run } from './run';

function row(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, i) => (i === 0 || i === cells.length - 1 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
    .join('  ');
}

/** Shots with frames, seconds of video, seconds of work and speed as a multiple of real time. */
export function tableOfRun(run: Run): string {
  const head = ['shot', 'frames', 'video s', 'work s', 'real time', 'state'];
  const body = run.shots.map((item) => {
    const video = framesToSeconds(item.shot.frames, run.rate);
    const work = item.take?.seconds;
    return [
      item.shot.name,
      String(item.shot.frames),
      video.toFixed(2),
      work === undefined ? '–' : work.toFixed(1),
      work === undefined || work === 0 ? '–' : `${(video / work).toFixed(2)} ×`,
      item.problem
        ? `${item.state}: ${[item.problem.message, item.problem.action].filter(Boolean).join(' ')}`
        : item.state,
    ];
  });
  const made = run.shots.filter((item) => item.take);
  const video = made.reduce((sum, item) => sum + framesToSeconds(item.shot.frames, run.rate), 0);
  const work = made.reduce((sum, item) => sum + (item.take?.seconds ?? 0), 0);
  const total = [
    'all',
    String(made.reduce((sum, item) => sum + item.shot.frames, 0)),
    video.toFixed(2),
    work.toFixed(1),
    work > 0 ? `${(video / work).toFixed(2)} ×` : '–',
    '',
  ];
  const widths = head.map((_, i) =>
    Math.max(...[head, ...body, total].map((cells) => (i === 5 ? 0 : (cells[i] ?? '').length))),
  );
  const rule = '─'.repeat(widths.reduce((sum, w) => sum + w + 2, 6));
  return [row(head, widths), rule, ...body.map((cells) => row(cells, widths)), rule, row(total, widths)]
    .map((line) => line.trimEnd())
    .join('\n');
}
