import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importCapture } from '../../observations/import/capture/import.js';
import { importPerfdhcp } from '../../observations/import/perfdhcp/import.js';
import { Anonymiser } from '../../report/anonymise/anonymiser.js';
import type { Result } from '../../results/result.js';
import { terminalReport } from '../../report/text/terminal.js';
import { judgeImported } from './imported-source.js';

/**
 * Text that somebody put into a log or a message is shown as plain text. An anonymised result does not contain it.
 */

const TAKEN = '\u001b]0;taken\u0007</script><img src=x onerror=alert(1)>\u202e';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'hostile-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const field = (name: string) => readFileSync(fileURLToPath(new URL(`./field/${name}`, import.meta.url)));

function written(name: string, bytes: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

const shown = (result: Result) => terminalReport(result, { runDirectory: '', verbose: true });

describe('a line behind the lists of a log', () => {
  const withLine = (line: string) =>
    judgeImported(
      importPerfdhcp([written('log.out', field('p-trail.out').toString().replace('EXIT 3', line))]),
      [],
    );

  it('is shown without control characters', () => {
    const text = shown(withLine(TAKEN));
    expect(text).toContain('taken');
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
  });

  it('is no part of an anonymised result', () => {
    const result = withLine('see ticket "12" of Alice Smith on dhcp1.example.com 10.9.8.7');
    expect(shown(result)).toMatch(/Alice\s+Smith/);
    const anonymised = new Anonymiser().result(result);
    expect(JSON.stringify(anonymised)).not.toMatch(/Alice|Smith|ticket|example|10\.9\.8\.7/);
    expect(shown(anonymised)).toContain('ignored');
  });
});

it('a client identifier with control characters is shown in hexadecimal', () => {
  // A client that is given another client's lease. Its identifier is as long as the one that it replaces.
  const capture = field('07-answers-only-duplicate.pcap');
  const hardware = Buffer.from(capture.subarray(24 + 16 + 14 + 20 + 8 + 28).subarray(0, 6));
  const hostile = Buffer.from('\u001b[31m<');
  expect(hostile).toHaveLength(hardware.length);
  for (let at = capture.indexOf(hardware); at >= 0; at = capture.indexOf(hardware)) hostile.copy(capture, at);
  const result = judgeImported(importCapture(written('a.pcap', capture)), []);
  expect(result.verdict).toBe('fail');
  const text = shown(result);
  expect(text).toContain(hostile.toString('hex'));
  // eslint-disable-next-line no-control-regex -- it is what is looked for
  expect(text).not.toMatch(/\u001b/);
});
