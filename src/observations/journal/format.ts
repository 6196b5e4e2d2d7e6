/**
 * The journal file. It begins with a header of 16 bytes and the run's layout as JSON. Spaces behind the JSON fill
 * header and layout up to a multiple of 64 bytes. Then come the records (see `record.ts`).
 *
 * ```text
 * at  size  header
 *  0  8     "KEALEASE"
 *  8  u16   version, 1
 * 10  u16   bytes of a record, 64
 * 12  u32   bytes of the layout that follows
 * ```
 */
export const MAGIC = 'KEALEASE';
export const VERSION = 1;
export const HEADER_BYTES = 16;
/** Where the header has the length of the layout. */
export const LAYOUT_BYTES_AT = 12;

/** How errors name the file. */
export const JOURNAL_FILE = { what: 'the journal', otherwise: 'name another place with --out' } as const;
