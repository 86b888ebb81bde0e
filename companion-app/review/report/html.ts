/** The report as one self-contained HTML file: pictures inside, no script, nothing from the network. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Report } from '../../../shared/protocol';
import { reportWords, say, type Language } from '../../../shared/words';
import { FILE_STYLE, REPORT_STYLE, ReportView } from './view';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);

/** The whole page. */
export function reportHtml(report: Report, language: Language = 'en'): string {
  const title = escapeHtml(report.title);
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<title>${title} – Inbetween ${escapeHtml(say(language, reportWords.title))}</title><style>${FILE_STYLE}${REPORT_STYLE}</style></head>
<body><main><h1 dir="auto">${title}</h1>${renderToStaticMarkup(createElement(ReportView, { report, language, look: 'auto' }))}</main></body></html>
`;
}
