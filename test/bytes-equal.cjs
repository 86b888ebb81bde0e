/** Pictures and files are compared whole: element by element, as jest does by itself, a megabyte takes a second. */
'use strict';

const bytesOf = ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength);

/** True for the same bytes in the same kind of array; what differs is left to jest, which says where. */
function sameBytes(a, b) {
  if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b) || a.constructor !== b.constructor) return undefined;
  return bytesOf(a).equals(bytesOf(b)) ? true : undefined;
}

expect.addEqualityTesters([sameBytes]);
