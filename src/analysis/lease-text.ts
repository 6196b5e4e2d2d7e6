/** @param word the address as a 32-bit number */
export function ipv4Text(word: number): string {
  return [24, 16, 8, 0].map((shift) => (word >>> shift) & 0xff).join('.');
}

/**
 * RFC 5952 section 4: lower case, no leading zeros, the first longest run of two or more zero groups as `::`.
 *
 * @param words four 32-bit numbers
 */
export function ipv6Text(words: readonly number[]): string {
  const groups = words.flatMap((word) => [word >>> 16, word & 0xffff]);
  let start = 0;
  let longest = 1;
  for (let from = 0; from < groups.length; from++) {
    let to = from;
    while (groups[to] === 0) to++;
    if (to - from > longest) {
      start = from;
      longest = to - from;
    }
    if (to > from) from = to;
  }
  const text = (some: readonly number[]) => some.map((group) => group.toString(16)).join(':');
  if (longest === 1) return text(groups);
  return `${text(groups.slice(0, start))}::${text(groups.slice(start + longest))}`;
}
