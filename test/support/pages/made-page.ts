/** Pages from made-up results, by a name for messages. */
export type PagesByName = Readonly<Record<string, string>>;

/** A name or setting without a place for a line break. */
export const LONG = 'x'.repeat(120);
