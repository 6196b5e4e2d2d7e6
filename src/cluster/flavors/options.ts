/** Options of a database server, by their names in its option file. */
export type Options = Readonly<Record<string, string | number | boolean>>;
