/** Orders names as people do: SH2 before SH10, a before B. For Array.sort. */
export function naturalOrder(a: string, b: string): number {
  const split = (text: string): string[] => text.toLowerCase().match(/\d+|\D+/g) ?? [];
  const [left, right] = [split(a), split(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [l, r] = [left[i] ?? '', right[i] ?? ''];
    if (l === r) continue;
    if (/^\d/.test(l) && /^\d/.test(r)) {
      const difference = Number(l) - Number(r);
      if (difference !== 0) return difference;
    } else return l < r ? -1 : 1;
  }
  return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
}
