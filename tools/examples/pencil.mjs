// A pencil: wobbly, doubled, seeded strokes as SVG paths, the way a storyboard is drawn.

/** Seeded uniform numbers in [0,1) (mulberry32). */
export function seeded(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const f = (n) => n.toFixed(1);

/** One sheet being drawn. Sizes in pixels of the finished board. */
export class Sheet {
  constructor(width, height, seed) {
    this.width = width;
    this.height = height;
    this.rnd = seeded(seed);
    this.parts = [];
  }

  jitter(amount) {
    return (this.rnd() - 0.5) * 2 * amount;
  }

  /** Points along a polyline, with wobble, about one every `step` pixels. */
  #wobble(points, amount, step = 46, least = 1) {
    const out = [];
    for (let i = 0; i + 1 < points.length; i++) {
      const [ax, ay] = points[i];
      const [bx, by] = points[i + 1];
      const n = Math.max(least, Math.round(Math.hypot(bx - ax, by - ay) / step));
      for (let k = i === 0 ? 0 : 1; k <= n; k++) {
        const t = k / n;
        const edge = (k === 0 || k === n ? 0.35 : 1) * Math.min(1, step / 46, Math.hypot(bx - ax, by - ay) / 60);
        out.push([ax + (bx - ax) * t + this.jitter(amount * edge), ay + (by - ay) * t + this.jitter(amount * edge)]);
      }
    }
    return out;
  }

  #path(points, closed) {
    const p = points;
    let d = `M${f(p[0][0])} ${f(p[0][1])}`;
    for (let i = 1; i + 1 < p.length; i++) {
      const mx = (p[i][0] + p[i + 1][0]) / 2;
      const my = (p[i][1] + p[i + 1][1]) / 2;
      d += `Q${f(p[i][0])} ${f(p[i][1])} ${f(mx)} ${f(my)}`;
    }
    const last = p[p.length - 1];
    d += `L${f(last[0])} ${f(last[1])}`;
    return closed ? `${d}Z` : d;
  }

  /** A pencil line. `tone` 0 black … 1 white; `twice` goes over it again, loosely. */
  line(points, { w = 4, tone = 0.15, wobble = 2.2, twice = true, least = 1 } = {}) {
    const grey = Math.round(tone * 255);
    const one = (width, amount, opacity) =>
      this.parts.push(
        `<path d="${this.#path(this.#wobble(points, amount, 46, least), false)}" fill="none" stroke="rgb(${grey},${grey},${grey})" stroke-width="${f(width)}" stroke-opacity="${opacity}" stroke-linecap="round" stroke-linejoin="round"/>`,
      );
    one(w, wobble, 0.92);
    if (twice) one(w * 0.6, wobble * 1.9, 0.5);
  }

  /** A closed shape: filled with `fill` (0–1 grey, null for none) and outlined. Covers what is behind it. */
  shape(points, { fill = 0.985, w = 4, tone = 0.12, wobble = 2.2, outline = true, twice = true } = {}) {
    const ring = [...points, points[0]];
    const pts = this.#wobble(ring, wobble * 0.5, 46, 5);
    if (fill !== null) {
      const grey = Math.round(fill * 255);
      this.parts.push(`<path d="${this.#path(pts, true)}" fill="rgb(${grey},${grey},${grey})"/>`);
    }
    if (outline) this.line(ring, { w, tone, wobble, twice, least: points.length < 9 ? 4 : 1 });
  }

  /** Points of an ellipse, `turn` in radians. */
  ellipse(cx, cy, rx, ry, turn = 0, from = 0, to = Math.PI * 2, n = 22) {
    const out = [];
    for (let i = 0; i <= n; i++) {
      const a = from + ((to - from) * i) / n;
      const x = Math.cos(a) * rx;
      const y = Math.sin(a) * ry;
      out.push([cx + x * Math.cos(turn) - y * Math.sin(turn), cy + x * Math.sin(turn) + y * Math.cos(turn)]);
    }
    return out;
  }

  /** Hatching inside a convex quad a-b-c-d, strokes run from side a-b to side d-c. */
  hatch([a, b, c, d], { n = 14, w = 2.4, tone = 0.45 } = {}) {
    for (let i = 0; i <= n; i++) {
      const t = (i + this.jitter(0.25)) / n;
      this.line(
        [
          [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t],
          [d[0] + (c[0] - d[0]) * t, d[1] + (c[1] - d[1]) * t],
        ],
        { w, tone, wobble: 1.6, twice: false },
      );
    }
  }

  /** A limb: tube from a to b, radius r1 to r2, closed and filled. */
  limb(a, b, r1, r2, style = {}) {
    const angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
    const nx = -Math.sin(angle);
    const ny = Math.cos(angle);
    this.shape(
      [
        [a[0] + nx * r1, a[1] + ny * r1],
        [b[0] + nx * r2, b[1] + ny * r2],
        [b[0] + Math.cos(angle) * r2 * 0.6, b[1] + Math.sin(angle) * r2 * 0.6],
        [b[0] - nx * r2, b[1] - ny * r2],
        [a[0] - nx * r1, a[1] - ny * r1],
      ],
      { w: 3.6, wobble: 1.4, ...style },
    );
  }

  text(x, y, words, size = 30) {
    this.parts.push(`<text x="${f(x)}" y="${f(y)}" font-family="DejaVu Sans, sans-serif" font-size="${size}" fill="rgb(70,70,70)">${words}</text>`);
  }

  svg() {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}">
<rect width="100%" height="100%" fill="rgb(252,251,247)"/>
${this.parts.join('\n')}
</svg>
`;
  }
}
