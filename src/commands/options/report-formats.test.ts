import { expect, it } from 'vitest';
import { reportFormats } from './report-formats.js';

it.each([
  [undefined, undefined],
  ['html', ['html']],
  ['html, junit', ['html', 'junit']],
  [
    ['html', 'csv,html'],
    ['html', 'csv'],
  ],
  ['none', []],
])('--report %j', (given, formats) => expect(reportFormats(given)).toEqual(formats));

it.each([
  ['junt', 'did you mean junit?'],
  ['html,none', 'none alone'],
  ['', 'it takes html, timeline, junit, markdown, csv'],
])('--report %j is refused with what it takes', (given, hint) => {
  expect(() => reportFormats(given)).toThrow(
    expect.objectContaining({ code: 'USAGE', hint: expect.stringContaining(hint) as string }),
  );
});
