/** Text for formats in which a line is a record and a tab a column: every control character and line end becomes a space. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ').trim();
