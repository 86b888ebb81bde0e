// People and things of the example sequence, built from closed pencil shapes.

/**
 * Anna, standing. `x,y` is the point between her feet, `h` her height. `pose`: arms and head.
 * Angles in radians, 0 hangs straight down, positive to the viewer's right.
 */
export function anna(s, x, y, h, pose = {}) {
  const { left = [0.25, 0.15], right = [-0.2, -0.1], look = 0, lean = 0, face = 0 } = pose;
  const u = h / 8;
  const w = Math.max(2.6, h / 150);
  const hip = [x + lean * u * 0.4, y - u * 3.9];
  const neck = [x + lean * u, y - u * 6.6];
  const style = { w };
  // legs and boots
  for (const side of [-1, 1]) {
    const foot = [x + side * u * 0.62, y - u * 0.25];
    s.limb([hip[0] + side * u * 0.38, hip[1]], foot, u * 0.36, u * 0.24, style);
    s.shape(s.ellipse(foot[0] + side * u * 0.16, foot[1] + u * 0.12, u * 0.45, u * 0.2), { fill: 0.35, w });
  }
  const arm = (side, [upper, fore]) => {
    const shoulder = [neck[0] + side * u * 0.82, neck[1] + u * 0.45];
    const elbow = [shoulder[0] + Math.sin(upper) * u * 1.55, shoulder[1] + Math.cos(upper) * u * 1.55];
    const hand = [elbow[0] + Math.sin(upper + fore) * u * 1.4, elbow[1] + Math.cos(upper + fore) * u * 1.4];
    s.limb(shoulder, elbow, u * 0.34, u * 0.28, { w, fill: 0.8 });
    s.limb(elbow, hand, u * 0.28, u * 0.2, { w, fill: 0.8 });
    s.shape(s.ellipse(hand[0], hand[1], u * 0.24, u * 0.24, 0, 0, Math.PI * 2, 10), { w, fill: 0.99 });
    return hand;
  };
  const hands = { left: arm(-1, left) };
  // coat
  s.shape(
    [
      [neck[0] - u * 0.85, neck[1] + u * 0.2],
      [neck[0] + u * 0.85, neck[1] + u * 0.2],
      [hip[0] + u * 0.8, hip[1] - u * 0.4],
      [hip[0] + u * 1.25, hip[1] + u * 1.35],
      [hip[0] - u * 1.25, hip[1] + u * 1.35],
      [hip[0] - u * 0.8, hip[1] - u * 0.4],
    ],
    { fill: 0.8, w: w * 1.15 },
  );
  s.line([[neck[0], neck[1] + u * 0.4], [hip[0], hip[1] + u * 1.2]], { w: w * 0.7, tone: 0.3 });
  hands.right = arm(1, right);
  // head
  s.limb([neck[0], neck[1] + u * 0.3], [neck[0] + look * u * 0.1, neck[1] - u * 0.2], u * 0.26, u * 0.24, style);
  const hx = neck[0] + look * u * 0.22;
  const hy = neck[1] - u * 0.75;
  s.shape(s.ellipse(hx, hy, u * 0.62, u * 0.78, look * 0.12), { w: w * 1.1, fill: 0.99 });
  s.shape(s.ellipse(hx - look * u * 0.12, hy - u * 0.34, u * 0.7, u * 0.56, look * 0.12, Math.PI * 0.98, Math.PI * 2.02, 12), { w, fill: 0.3 });
  s.shape(s.ellipse(hx - look * u * 0.55 - u * 0.1, hy - u * 0.75, u * 0.3, u * 0.3), { w, fill: 0.3 });
  for (const side of [-1, 1]) {
    const ex = hx + look * u * 0.2 + side * u * 0.22;
    s.shape(s.ellipse(ex, hy + u * 0.05 + face * u, u * 0.055, u * 0.075, 0, 0, Math.PI * 2, 8), { w: w * 0.6, fill: 0.1, twice: false });
    s.line([[ex - u * 0.12, hy - u * 0.16 + face * u], [ex + u * 0.12, hy - u * 0.19 + face * u]], { w: w * 0.6, twice: false });
  }
  s.line([[hx + look * u * 0.24 - u * 0.14, hy + u * 0.43 + face * u], [hx + look * u * 0.24 + u * 0.16, hy + u * 0.41 + face * u]], { w: w * 0.7, twice: false });
  s.line([[hx + look * u * 0.3, hy + u * 0.12], [hx + look * u * 0.4, hy + u * 0.26], [hx + look * u * 0.26, hy + u * 0.28]], { w: w * 0.6, twice: false });
  return hands;
}

/** A room in one-point perspective: vanishing point vx,vy; the back wall is the rectangle bx0,by0–bx1,by1. */
export function room(s, { vx, vy, bx0, by0, bx1, by1 }) {
  const W = s.width;
  const H = s.height;
  s.shape([[bx0, by1], [bx1, by1], [W + 40, H + 40], [-40, H + 40]], { fill: 0.93, outline: false });
  s.line([[bx0, by0], [bx1, by0]], { w: 3 });
  s.line([[bx0, by1], [bx1, by1]], { w: 3.6 });
  s.line([[bx0, by0], [bx0, by1]], { w: 3 });
  s.line([[bx1, by0], [bx1, by1]], { w: 3 });
  const out = (x, y) => {
    const k = 3;
    return [vx + (x - vx) * k, vy + (y - vy) * k];
  };
  for (const [x, y] of [[bx0, by0], [bx1, by0], [bx0, by1], [bx1, by1]]) s.line([[x, y], out(x, y)], { w: 3.4 });
  for (let i = 1; i < 8; i++) {
    const x = bx0 + ((bx1 - bx0) * i) / 8;
    s.line([[x, by1], out(x, by1)], { w: 2, tone: 0.62, twice: false });
  }
  for (const k of [1.18, 1.45, 1.9, 2.6]) {
    const y = vy + (by1 - vy) * k;
    s.line([[vx + (bx0 - vx) * k, y], [vx + (bx1 - vx) * k, y]], { w: 2, tone: 0.66, twice: false });
  }
}

/** A box seen a little from above: front face x,y (bottom left), w,h; `d` is how far the top recedes (dx,dy). */
export function box(s, x, y, w, h, [dx, dy], fill = 0.96) {
  s.shape([[x + w, y], [x + w, y - h], [x + w + dx, y - h + dy], [x + w + dx, y + dy]], { fill: fill - 0.14 });
  s.shape([[x, y - h], [x + w, y - h], [x + w + dx, y - h + dy], [x + dx, y - h + dy]], { fill });
  s.shape([[x, y], [x + w, y], [x + w, y - h], [x, y - h]], { fill: fill - 0.04 });
}

export function lamp(s, x, y, h) {
  s.shape([[x - h * 0.02, y], [x + h * 0.02, y], [x + h * 0.014, y - h * 0.86], [x - h * 0.014, y - h * 0.86]], { fill: 0.45, w: 3 });
  s.shape([[x - h * 0.06, y], [x + h * 0.06, y], [x + h * 0.03, y - h * 0.06], [x - h * 0.03, y - h * 0.06]], { fill: 0.4, w: 3 });
  s.shape([[x - h * 0.035, y - h * 0.86], [x + h * 0.035, y - h * 0.86], [x + h * 0.06, y - h * 0.97], [x - h * 0.06, y - h * 0.97]], { fill: 1, w: 3 });
  s.shape([[x - h * 0.075, y - h * 0.97], [x + h * 0.075, y - h * 0.97], [x, y - h * 1.02]], { fill: 0.35, w: 3 });
}
