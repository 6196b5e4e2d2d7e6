import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { dhcp4AsPublished, resultOf } from '../report/report.test-support.js';
import { printLastLines, printRun } from './print-run.js';

let runDirectory: string;
beforeEach(() => {
  runDirectory = join(mkdtempSync(join(tmpdir(), 'print-')), 'p\u001b[31m');
  mkdirSync(runDirectory);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(join(runDirectory, '..'), { recursive: true });
});

function printed(print: () => void): string {
  const texts: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => texts.push(String(text)) > 0);
  print();
  return texts.join('');
}

it('writes control characters in the name of a run directory out', () => {
  const result = resultOf([dhcp4AsPublished()]);
  for (const withPage of [false, true]) {
    if (withPage) writeFileSync(join(runDirectory, 'report.html'), '');
    const all = [
      printed(() => printLastLines({ result, runDirectory })),
      ...(['quiet', 'normal'] as const).map((verbosity) =>
        printed(() => printRun({ result, runDirectory }, { verbosity })),
      ),
    ];
    for (const text of all) {
      expect(text).toContain('p\\u001b[31m');
      expect(text).not.toContain('\u001b[31m');
    }
  }
});
