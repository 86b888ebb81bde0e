/** The report as one self-contained HTML file: pictures inside, no script, nothing from the network. */
import { verdict, type ReportData, type ReportShot } from './data';
import { REPORT_STYLE } from './style';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe inside HTML elements and quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);

const speed = (shot: ReportShot): string =>
  shot.seconds > 0 ? `${(shot.videoSeconds / shot.seconds).toFixed(2)} ×` : '–';

function strip(shot: ReportShot): string {
  if (shot.pictures.length === 0) return '<div class="strip"><div class="none">no picture</div></div>';
  const names = ['first', 'middle', 'last'];
  const images = shot.pictures.map(
    (jpeg, i) =>
      `<img alt="${escapeHtml(`${shot.name}, ${names[i] ?? 'a'} frame`)}" src="data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}">`,
  );
  return `<div class="strip">${images.join('')}</div>`;
}

/** Failed checks stand open, passed ones fold away. */
function checksOf(shot: ReportShot): string {
  const line = (check: ReportShot['checks'][number]): string =>
    `<p class="check${check.ok ? '' : ' bad'}"><b>${check.ok ? '✓' : '✗'}</b> ${escapeHtml(check.name)}: ${escapeHtml(check.detail)}</p>`;
  const passed = shot.checks.filter((check) => check.ok);
  const failed = shot.checks.filter((check) => !check.ok);
  const folded =
    passed.length === 0
      ? ''
      : `<details><summary>${passed.length} checks passed</summary>${passed.map(line).join('')}</details>`;
  return failed.map(line).join('') + folded;
}

function section(shot: ReportShot): string {
  const checks = checksOf(shot);
  const problem = shot.problem
    ? `<p class="problem">${escapeHtml([shot.problem.message, shot.problem.safe, shot.problem.action].filter(Boolean).join(' '))}</p>`
    : '';
  const made =
    shot.engine === ''
      ? ''
      : `<p class="facts">${escapeHtml(`${shot.engine} on ${shot.provider}, seed ${shot.seed}, ${shot.seconds.toFixed(1)} s of work`)}</p>`;
  return `<section class="shot">${strip(shot)}<div>
<h3>${escapeHtml(shot.name)} <small>${escapeHtml(shot.timecode)} · ${shot.frames} f${shot.take > 0 ? ` · take ${shot.take}` : ''}</small> <span class="state ${shot.state}">${shot.state}</span></h3>
${shot.notes === '' ? '' : `<p class="note">${escapeHtml(shot.notes)}</p>`}
<ul class="moves">${shot.moves.map((move) => `<li>${escapeHtml(move)}</li>`).join('')}</ul>
${made}${problem}${shot.warnings.map((w) => `<p class="warning">${escapeHtml(w)}</p>`).join('')}${checks}
</div></section>`;
}

function table(data: ReportData): string {
  const rows = data.shots.map(
    (shot) =>
      `<tr><td>${escapeHtml(shot.name)}</td><td class="n">${shot.frames}</td><td class="n">${shot.videoSeconds.toFixed(2)}</td><td class="n">${shot.seconds.toFixed(1)}</td><td class="n">${speed(shot)}</td><td>${shot.state}</td></tr>`,
  );
  const made = data.shots.filter((shot) => shot.state === 'placed' || shot.state === 'rendered');
  const seconds = data.shots.reduce((sum, shot) => sum + shot.seconds, 0);
  const video = made.reduce((sum, shot) => sum + shot.videoSeconds, 0);
  const total = `<tr><td>all</td><td class="n">${made.reduce((sum, shot) => sum + shot.frames, 0)}</td><td class="n">${video.toFixed(2)}</td><td class="n">${seconds.toFixed(1)}</td><td class="n">${seconds > 0 ? `${(video / seconds).toFixed(2)} ×` : '–'}</td><td></td></tr>`;
  return `<div class="scroll"><table><thead><tr><th>shot</th><th class="n">frames</th><th class="n">seconds of video</th><th class="n">seconds of work</th><th class="n">real time</th><th>state</th></tr></thead><tbody>${rows.join('')}</tbody><tfoot>${total}</tfoot></table></div>`;
}

/** The whole page. */
export function reportHtml(data: ReportData): string {
  const bad = data.shots.some((shot) => shot.state === 'failed');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escapeHtml(data.title)} – Inbetween report</title><style>${REPORT_STYLE}</style></head><body><main>
<h1>${escapeHtml(data.title)}</h1>
<p class="made">${escapeHtml(`${data.made} · ${data.rate} fps · ${data.machine} · Inbetween ${data.version}`)}</p>
<p class="verdict${bad ? ' bad' : ''}">${escapeHtml(verdict(data))}</p>
<h2>Shots</h2>
${data.shots.map(section).join('\n')}
<h2>Time</h2>
${table(data)}
<h2>Files</h2>
<ul>${data.files.map((file) => `<li><code>${escapeHtml(file.name)}</code> ${escapeHtml(file.about)}</li>`).join('')}</ul>
</main></body></html>
`;
}
