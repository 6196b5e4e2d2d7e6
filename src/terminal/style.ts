import { styleText } from 'node:util';

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

/** Without a look at the stream or the environment: whoever chooses this style has decided. */
const painted =
  (format: Parameters<typeof styleText>[0]): Paint =>
  (text) =>
    styleText(format, text, { validateStream: false });

export const ANSI: Style = {
  bold: painted('bold'),
  dim: painted('dim'),
  red: painted('red'),
  green: painted('green'),
  yellow: painted('yellow'),
};
