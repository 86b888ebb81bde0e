/** Values as JSON with BigInts and Maps kept: between the page that holds the simulator and the process that holds the files. */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export const pack = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown): unknown => {
    if (typeof each === 'bigint') return { $bigint: each.toString() };
    return each instanceof Map ? { $map: [...each.entries()] } : each;
  });

export const unpack = (text: string): unknown =>
  JSON.parse(text, (_key, each: Json): unknown => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    if (typeof each['$bigint'] === 'string') return BigInt(each['$bigint']);
    if (Array.isArray(each['$map']))
      return new Map(each['$map'].flatMap((entry) => (Array.isArray(entry) ? [[entry[0], entry[1]] as const] : [])));
    return each;
  });
