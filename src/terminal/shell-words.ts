const PLAIN = /^[\w./:=,@%+-]+$/;

/** As a POSIX shell takes them. */
export function shellWords(words: readonly string[]): string {
  return words.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}
