// Draws a terminal's lines as a picture that stands alone and needs no font of its own.

const SIZE = 14;
const CELL = 8.4;
const LINE = 19;
const MARGIN = 18;
const BAR = 34;

const GROUND = '#0d1117';
const TEXT = '#e6edf3';
/** The eight colours in the order of ECMA-48. They can be told apart on the ground. */
const COLOURS = ['#6e7681', '#ff7b72', '#3fb950', '#d29922', '#79c0ff', '#d2a8ff', '#76e3ea', '#f0f6fc'];

/**
 * @param lines as screenOf gives them
 * @param {string} title the text in the bar of the window
 */
export function terminalSvg(lines, title) {
  const columns = Math.max(
    60,
    ...lines.map((runs) => runs.reduce((sum, { text }) => sum + [...text].length, 0)),
  );
  const width = Math.ceil(columns * CELL + 2 * MARGIN);
  const height = BAR + lines.length * LINE + MARGIN;
  const dots = ['#ff5f57', '#febc2e', '#28c840']
    .map((fill, index) => `<circle cx="${MARGIN + 4 + index * 20}" cy="17" r="6" fill="${fill}"/>`)
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
<rect width="${width}" height="${height}" rx="10" fill="${GROUND}" stroke="#30363d"/>
${dots}<text x="${width / 2}" y="22" fill="#8b949e" font-family="system-ui, sans-serif" font-size="13" text-anchor="middle">${escaped(title)}</text>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${SIZE}" fill="${TEXT}">
${lines.map((runs, index) => lineSvg(runs, BAR + (index + 0.75) * LINE)).join('')}</g>
</svg>
`;
}

/** Draws each piece at its column and as wide as its cells, so that columns stay columns in any font. */
function lineSvg(runs, y) {
  let column = 0;
  return runs
    .map(({ text, style }) => {
      const from = column;
      column += [...text].length;
      return piecesOf(text)
        .map(({ piece, at }) => pieceSvg(piece, MARGIN + (from + at) * CELL, y, style))
        .join('');
    })
    .join('');
}

/** The pieces between blanks of two and more. A picture would draw such blanks as one. */
function piecesOf(text) {
  return Array.from(text.matchAll(/\S+(?: \S+)*/gu), ({ 0: piece, index }) => ({
    piece,
    at: [...text.slice(0, index)].length,
  }));
}

function pieceSvg(piece, x, y, style) {
  const length = ([...piece].length * CELL).toFixed(1);
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${attributes(style)}>${escaped(piece)}</text>\n`;
}

function attributes({ bold, dim, colour }) {
  return [
    bold ? ' font-weight="700"' : '',
    dim ? ' fill-opacity="0.6"' : '',
    colour === undefined ? '' : ` fill="${COLOURS[colour]}"`,
  ].join('');
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
