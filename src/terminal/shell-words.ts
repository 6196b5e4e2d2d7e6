const PLAIN = /^[\w./:=,@%+-]+$/;

/** Joins words into one command line, each quoted as a POSIX shell needs it. */
export function shellWords(words: readonly string[]): string {
  return words.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}
