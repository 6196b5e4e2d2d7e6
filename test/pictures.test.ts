import { readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Run {
  text: string;
  style: object;
}
const setup = (name: string) => new URL(`../setup/pictures/${name}.mjs`, import.meta.url).href;
const { screenOf } = (await import(setup('screen'))) as { screenOf: (written: string) => Run[][] };
const { terminalSvg } = (await import(setup('terminal-svg'))) as {
  terminalSvg: (lines: Run[][], title: string) => string;
};

const textOf = (runs: Run[]) => runs.map(({ text }) => text).join('');

it('a terminal shows the last drawn text, in its colours', () => {
  const lines = screenOf(
    'start\r\na 1\r\nb 1\r\n\u001b[2A\u001b[0Ja 2\r\n\u001b[32m\u001b[1mPASS\u001b[22m  x\u001b[39m  \r\n',
  );
  expect(lines.map(textOf)).toEqual(['start', 'a 2', 'PASS  x', '']);
  expect(lines[2]).toEqual([
    { text: 'PASS', style: { bold: true, colour: 2 } },
    { text: '  x', style: { colour: 2 } },
  ]);
});

it('a picture of a terminal has every piece of text at its column', () => {
  const svg = terminalSvg([[{ text: 'case   <phase>', style: {} }]], 'a & b');
  expect(svg).toContain('>case</text>');
  expect(svg).toMatch(/x="76\.8"[^>]*>&lt;phase></);
  expect(svg).toContain('aria-label="a &amp; b"');
});

it.each(['terminal.svg', 'report-light.png', 'report-dark.png'])('%s exists, and is small', (name) => {
  const { size } = statSync(new URL(`../docs/pictures/${name}`, import.meta.url));
  expect(size).toBeGreaterThan(5_000);
  expect(size).toBeLessThan(200_000);
});

it('the picture of the terminal shows a run that passed', () => {
  const svg = readFileSync(new URL('../docs/pictures/terminal.svg', import.meta.url), 'utf8');
  expect(svg).toContain('>PASS</text>');
  expect(svg).toContain('First attempts, all servers together');
});
