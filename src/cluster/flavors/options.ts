/** What an option file of the server says, by its names there. */
export type Options = Readonly<Record<string, string | number | boolean>>;
