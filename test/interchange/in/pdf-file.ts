/** Small PDF files of a test's own: frames, pictures and text at known places. */

export interface PdfPage {
  readonly width: number;
  readonly height: number;
  /** Stroked rectangles, points from the top left. */
  readonly frames?: readonly (readonly [number, number, number, number])[];
  /** Pictures of one colour, without a frame. */
  readonly pictures?: readonly (readonly [number, number, number, number])[];
  /** Lines of text at a place. */
  readonly texts?: readonly (readonly [number, number, string])[];
}

function content({ height, frames = [], pictures = [], texts = [] }: PdfPage): string {
  const drawn = frames.map(
    ([x, y, w, h]) =>
      `1.5 w ${x} ${height - y - h} ${w} ${h} re S 3 w ${x + w * 0.3} ${height - y - h * 0.8} m ${x + w * 0.6} ${height - y - h * 0.3} l S`,
  );
  const shown = pictures.map(([x, y, w, h]) => `q ${w} 0 0 ${h} ${x} ${height - y - h} cm /Im1 Do Q`);
  const written = texts.map(
    ([x, y, text]) => `BT /F1 10 Tf ${x} ${height - y} Td (${text.replace(/[()\\]/g, '\\$&')}) Tj ET`,
  );
  return [...drawn, ...shown, ...written].join('\n');
}

/** The bytes of a PDF with these pages. */
export function pdfFile(pages: readonly PdfPage[]): Buffer {
  const image =
    '<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Length 12 >>\nstream\n\x30\x60\x90\x90\x60\x30\x50\x80\xa0\x30\x30\x30\nendstream';
  const kids = pages.map((_, i) => `${5 + 2 * i} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    image,
    ...pages.flatMap((page, i) => {
      const stream = content(page);
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] /Contents ${6 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /Im1 4 0 R >> >> >>`,
        `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
      ];
    }),
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = body.length;
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}
