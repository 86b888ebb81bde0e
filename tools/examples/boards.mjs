// The seven boards of "The Last Delivery", six shots.
import { Sheet } from './pencil.mjs';
import { anna, box, lamp, room } from './figures.mjs';

function shot010() {
  const s = new Sheet(1920, 1080, 10);
  room(s, { vx: 960, vy: 430, bx0: 560, by0: 190, bx1: 1380, by1: 660 });
  // window with the moon
  s.shape([[690, 290], [910, 290], [910, 500], [690, 500]], { fill: 0.62, w: 4 });
  s.shape(s.ellipse(845, 350, 34, 34), { fill: 0.99, w: 2.5 });
  s.line([[800, 290], [800, 500]], { w: 3 });
  s.line([[690, 395], [910, 395]], { w: 3 });
  // shelves on the left wall
  for (const y of [330, 440]) s.line([[330, y + 30], [540, y]], { w: 3.4 });
  for (let i = 0; i < 6; i++) s.shape([[350 + i * 30, 356 - i * 4], [370 + i * 30, 353 - i * 4], [370 + i * 30, 300 - i * 3], [350 + i * 30, 302 - i * 3]], { fill: 0.75 - (i % 3) * 0.15, w: 2.4 });
  // door on the right wall
  s.shape([[1480, 742], [1600, 822], [1600, 250], [1480, 310]], { fill: 0.9, w: 3.6 });
  s.shape(s.ellipse(1580, 560, 8, 10), { fill: 0.3, w: 2 });
  // table behind Anna, then Anna, then crates in front
  box(s, 1130, 760, 250, 110, [60, -46]);
  s.shape(s.ellipse(1240, 618, 26, 9), { fill: 0.7, w: 2.4 });
  s.shape([[1222, 618], [1258, 618], [1252, 572], [1228, 572]], { fill: 0.85, w: 2.4 });
  s.hatch([[820, 905], [1060, 905], [1120, 935], [860, 935]], { n: 18, tone: 0.5 });
  anna(s, 930, 910, 560, { look: 0.4, right: [0.35, 0.5] });
  box(s, 90, 1060, 300, 230, [90, -70], 0.9);
  s.line([[90, 945], [390, 945]], { w: 3 });
  s.hatch([[392, 840], [475, 770], [475, 985], [392, 1055]], { n: 9, tone: 0.4 });
  return s;
}

function shot020() {
  const s = new Sheet(1920, 1080, 20);
  s.shape([[0, 800], [1920, 760], [1920, 1080], [0, 1080]], { fill: 0.92, outline: false });
  s.line([[0, 800], [1240, 774]], { w: 3.4 });
  s.line([[1240, 774], [1920, 860]], { w: 3.4 });
  s.line([[1240, 0], [1240, 774]], { w: 3 });
  // door in the far wall
  s.shape([[1400, 792], [1690, 830], [1690, 170], [1400, 210]], { fill: 0.82, w: 4.4 });
  s.shape([[1436, 470], [1650, 480], [1650, 250], [1436, 270]], { fill: 0.9, w: 3 });
  s.shape([[1436, 740], [1650, 764], [1650, 540], [1436, 530]], { fill: 0.9, w: 3 });
  s.shape(s.ellipse(1668, 510, 12, 14), { fill: 0.25, w: 2.4 });
  s.hatch([[1705, 180], [1800, 160], [1800, 880], [1705, 840]], { n: 10, tone: 0.55 });
  s.line([[1660, 860], [1780, 960], [1560, 960], [1480, 850]], { w: 2.4, tone: 0.5 });
  // pictures on the wall
  s.shape([[820, 220], [1080, 220], [1080, 420], [820, 420]], { fill: 0.95, w: 3.6 });
  s.line([[840, 400], [920, 300], [980, 360], [1020, 320], [1062, 400]], { w: 2.6, tone: 0.4 });
  anna(s, 430, 1420, 1240, { look: 0.9, left: [-0.15, 0.3], right: [0.45, 1.4] });
  return s;
}

function shot030(second) {
  const s = new Sheet(1920, 1080, 30);
  s.shape([[0, 720], [1920, 720], [1920, 1080], [0, 1080]], { fill: 0.9, outline: false });
  s.line([[0, 720], [1920, 716]], { w: 3.4 });
  for (const x of [240, 620, 1300, 1700]) s.line([[x, 0], [x, 718]], { w: 2, tone: 0.7, twice: false });
  s.shape([[1420, 130], [1680, 130], [1680, 430], [1420, 430]], { fill: 0.6, w: 4 });
  s.line([[1550, 130], [1550, 430]], { w: 3 });
  const hands = second
    ? anna(s, 960, 1290, 1120, { look: -0.8, face: -0.1, left: [-0.9, -1.6], right: [0.3, 0.2], lean: -0.3 })
    : anna(s, 960, 1290, 1120, { look: 0.2, face: 0.08, left: [-0.35, 1.5], right: [0.35, -1.3] });
  const [hx, hy] = second ? hands.left : [hands.right[0] - 60, hands.right[1] - 10];
  s.shape([[hx - 70, hy - 96], [hx + 86, hy - 78], [hx + 74, hy + 24], [hx - 82, hy + 4]], { fill: 1, w: 4 });
  s.line([[hx - 70, hy - 94], [hx + 4, hy - 34], [hx + 84, hy - 76]], { w: 3 });
  box(s, 130, 1060, 420, 190, [90, -60], 0.95);
  return s;
}

function shot040() {
  const s = new Sheet(1080, 1920, 40);
  // a tower in three-point perspective, seen from its foot
  s.shape([[0, 1620], [1080, 1560], [1080, 1920], [0, 1920]], { fill: 0.9, outline: false });
  s.line([[0, 1620], [1080, 1560]], { w: 3.6 });
  s.shape([[250, 1640], [620, 1700], [570, 180], [400, 200]], { fill: 0.96, w: 4.6 });
  s.shape([[620, 1700], [880, 1600], [690, 190], [570, 180]], { fill: 0.72, w: 4.6 });
  s.shape([[378, 205], [570, 182], [712, 195], [560, 60]], { fill: 0.5, w: 4.4 });
  for (let i = 0; i < 7; i++) {
    const t = i / 7;
    const y = 1490 - t * 1180;
    const k = 1 - t * 0.58;
    const cx = 440 + t * 48;
    s.shape([[cx - 46 * k, y], [cx + 46 * k, y + 8 * k], [cx + 44 * k, y - 92 * k], [cx - 44 * k, y - 98 * k]], { fill: i === 4 ? 1 : 0.42, w: 3 });
    s.line([[250 + 150 * t, 1640 - 1440 * t], [620 - 50 * t, 1700 - 1520 * t], [880 - 190 * t, 1600 - 1410 * t]], { w: 2.2, tone: 0.55, twice: false });
  }
  s.shape(s.ellipse(850, 300, 70, 70), { fill: 0.99, w: 3 });
  for (const [x, y, r] of [[120, 520, 80], [200, 500, 100], [300, 530, 70]]) s.line(s.ellipse(x, y, r, r * 0.6, 0, Math.PI, Math.PI * 2), { w: 2.8, tone: 0.5 });
  anna(s, 800, 1850, 360, { look: -0.6, face: -0.08, left: [-0.3, 0], right: [0.25, 0] });
  lamp(s, 150, 1880, 640);
  return s;
}

function shot050() {
  const s = new Sheet(2048, 858, 50);
  s.shape([[0, 610], [2048, 610], [2048, 858], [0, 858]], { fill: 0.88, outline: false });
  // houses behind
  for (const [x, w, h, g] of [[0, 260, 420, 0.9], [260, 330, 500, 0.82], [590, 240, 380, 0.92], [1010, 360, 470, 0.86], [1370, 280, 540, 0.93], [1650, 400, 430, 0.84]]) {
    s.shape([[x, 612], [x + w, 612], [x + w, 612 - h], [x, 612 - h]], { fill: g, w: 3, tone: 0.35 });
    s.shape([[x - 8, 612 - h], [x + w + 8, 612 - h], [x + w * 0.5, 612 - h - 70]], { fill: g - 0.2, w: 3, tone: 0.35 });
    for (let i = 0; i < 2; i++) for (let j = 0; j < 2; j++) s.shape([[x + w * (0.18 + i * 0.42), 612 - h + 90 + j * 130], [x + w * (0.38 + i * 0.42), 612 - h + 90 + j * 130], [x + w * (0.38 + i * 0.42), 612 - h + 170 + j * 130], [x + w * (0.18 + i * 0.42), 612 - h + 170 + j * 130]], { fill: (i + j) % 2 ? 0.55 : 0.99, w: 2, tone: 0.4, twice: false });
  }
  s.line([[0, 612], [2048, 608]], { w: 3.4 });
  s.line([[0, 668], [2048, 662]], { w: 2.6, tone: 0.5 });
  for (let i = 0; i < 9; i++) s.line([[180 + i * 210, 720], [120 + i * 230, 780]], { w: 2, tone: 0.65, twice: false });
  s.hatch([[830, 614], [1010, 614], [1010, 560], [830, 560]], { n: 12, tone: 0.55 });
  anna(s, 1240, 740, 360, { look: -0.8, left: [-0.5, 0.4], right: [0.5, 0.5], lean: -0.5 });
  box(s, 1330, 750, 90, 60, [24, -18], 0.85);
  lamp(s, 330, 830, 720);
  lamp(s, 1820, 830, 720);
  return s;
}

function shot060() {
  const s = new Sheet(1920, 1080, 60);
  s.line([[0, 560], [1920, 520]], { w: 2.4, tone: 0.6 });
  s.shape([[0, 780], [1920, 700], [1920, 1080], [0, 1080]], { fill: 0.9, outline: false });
  s.line([[0, 780], [1920, 700]], { w: 3.4 });
  // the door knocker far behind, the letter box, the parcel in her hand in front
  s.shape([[1180, 760], [1660, 730], [1660, 60], [1180, 90]], { fill: 0.8, w: 4 });
  s.shape([[1240, 420], [1600, 405], [1600, 130], [1240, 150]], { fill: 0.88, w: 3 });
  s.line(s.ellipse(1420, 500, 44, 56), { w: 6, tone: 0.2 });
  s.shape([[1350, 640], [1500, 634], [1500, 668], [1350, 674]], { fill: 0.3, w: 3 });
  s.hatch([[1665, 60], [1800, 50], [1800, 720], [1665, 728]], { n: 12, tone: 0.5 });
  s.limb([140, 1120], [640, 800], 150, 104, { w: 5, fill: 0.8 });
  s.shape([[560, 700], [960, 640], [1010, 900], [610, 970]], { fill: 0.95, w: 5.4 });
  s.line([[575, 790], [985, 735]], { w: 4 });
  s.line([[760, 668], [805, 936]], { w: 4 });
  s.shape(s.ellipse(640, 812, 96, 84, -0.4), { fill: 0.99, w: 5 });
  for (let i = 0; i < 4; i++) s.limb([668 + i * 4, 760 + i * 36], [772 + i * 4, 742 + i * 37], 25, 20, { w: 4 });
  s.limb([600, 770], [690, 690], 30, 24, { w: 4 });
  return s;
}

export const boards = {
  SH010: shot010,
  SH020: shot020,
  SH030_A: () => shot030(false),
  SH030_B: () => shot030(true),
  SH040: shot040,
  SH050: shot050,
  SH060: shot060,
};
