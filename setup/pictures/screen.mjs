// Works out what a terminal shows once everything has been written to it. Knows as much of ECMA-48 as this program
// and npm use.

/* eslint-disable-next-line no-control-regex */
const SEQUENCE = /\u001b\[([0-9;?]*)([A-Za-z])|[\r\n]|[^\u001b\r\n]+|\u001b[()][0-9A-Za-z]|\u001b./g;

/**
 * @param {string} written all that a terminal was given
 * @returns {{ text: string, style: object }[][]} its lines as runs of characters of one style
 */
export function screenOf(written) {
  const lines = [[]];
  let row = 0;
  let column = 0;
  let style = {};
  for (const [token, parameters, command] of written.matchAll(SEQUENCE)) {
    if (token === '\r') column = 0;
    else if (token === '\n') lines[(row += 1)] ??= [];
    else if (command === 'm') style = styled(style, parameters);
    else if (command === 'A') row = Math.max(0, row - Number(parameters || 1));
    else if (command === 'G') column = Number(parameters || 1) - 1;
    else if (command === 'K') lines[row].length = Math.min(lines[row].length, column);
    else if (command === 'J') {
      lines.length = row + 1;
      lines[row].length = Math.min(lines[row].length, column);
    } else if (!token.startsWith('\u001b')) {
      for (const character of token) lines[row][column++] = { character, style };
    }
  }
  return lines.map(runsOf);
}

/** Select graphic rendition: weight, and the eight colours. */
function styled(before, parameters) {
  const style = { ...before };
  for (const code of parameters.split(';').map(Number)) {
    if (code === 0) for (const key of Object.keys(style)) delete style[key];
    else if (code === 1) style.bold = true;
    else if (code === 2) style.dim = true;
    else if (code === 22) (delete style.bold, delete style.dim);
    else if (code >= 30 && code <= 37) style.colour = code - 30;
    else if (code === 39) delete style.colour;
  }
  return style;
}

function runsOf(cells) {
  const runs = [];
  for (const { character, style } of Array.from(cells, (cell) => cell ?? { character: ' ', style: {} })) {
    const last = runs.at(-1);
    if (last !== undefined && JSON.stringify(last.style) === JSON.stringify(style)) last.text += character;
    else runs.push({ text: character, style });
  }
  while (runs.length > 0 && runs.at(-1).text.trimEnd() === '') runs.pop();
  const last = runs.at(-1);
  if (last !== undefined) last.text = last.text.trimEnd();
  return runs;
}
