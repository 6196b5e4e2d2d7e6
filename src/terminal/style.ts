type Paint = (text: string) => string;

/** Ways to make text stand out on a terminal. Each function leaves the visible characters unchanged. */
export interface Style {
  bold: Paint;
  dim: Paint;
  red: Paint;
  green: Paint;
  yellow: Paint;
}

const same = (text: string) => text;

export const PLAIN: Style = { bold: same, dim: same, red: same, green: same, yellow: same };

const escape = (code: number, end: number) => (text: string) => `\u001b[${code}m${text}\u001b[${end}m`;

/** Control sequences of ECMA-48, "select graphic rendition". */
export const ANSI: Style = {
  bold: escape(1, 22),
  dim: escape(2, 22),
  red: escape(31, 39),
  green: escape(32, 39),
  yellow: escape(33, 39),
};
