import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ipPacketsOf, pcapFile } from '../observations/capture/capture.test-support.js';
import { RECORDED_MEANINGS } from '../reference/recorded-meanings.js';
import type { Result } from '../report/result.js';
import { terminalReport } from '../report/terminal.js';
import { analyze } from './analyze.js';
import type { AnalyzeOptions } from './analyze-options.js';

/** What is said of captures and logs, which are no runs: nothing was written, and nothing can be run again. */

const field = (name: string) => fileURLToPath(new URL(`field/${name}`, import.meta.url));

function judged(path: string, options: AnalyzeOptions = {}): Result {
  const [one] = analyze([path], [], options);
  if (one === undefined) throw new Error('nothing was judged');
  return one.result;
}

const shown = (result: Result, verbose = false) =>
  terminalReport(result, { runDirectory: '', columns: 500, verbose });

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'texts-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A capture of the requests alone: the first byte of a BOOTP message, behind the headers of IPv4 and UDP, is 1. */
function requestsAlone(): string {
  const path = join(directory, 'requests.pcap');
  const requests = ipPacketsOf('dhcp4-ethernet.pcap').filter(({ ip }) => ip[28] === 1);
  writeFileSync(path, pcapFile(requests));
  return path;
}

const OF_RUNS =
  /page|witnesses\.jsonl|every node|[Rr]un it again|this run|load\.(?:life|fanout|rate)|too slow|logs\//;

describe('what to do next', () => {
  it.each([
    ['07-answers-only-duplicate.pcap', 'Each witness names the clients'],
    ['08-v6-cross-case-duplicate.pcap', 'They stand above, and in the JSON of `--json`.'],
    ['19-v4-healthy-v6-unanswered.pcap', 'No answer was captured for dhcp6-ia-na.'],
    ['44-renewed-separately-then-given-away.pcap', 'Each witness names'],
    ['p-renew.out', 'It is not known which leases were given back in between.'],
    ['f-fragments.pcap', 'Nothing needs to be done.'],
  ])('of %s is nothing that only a run has', (name, says) => {
    const text = shown(judged(field(name)));
    expect(text).toContain(says);
    expect(text).not.toMatch(OF_RUNS);
  });

  it('says who can’t tell', () => {
    expect(shown(judged(field('19-v4-healthy-v6-unanswered.pcap')))).toContain("this capture can't tell");
    expect(shown(judged(field('p-renew.out')))).toContain("this log can't tell");
  });

  it('is known for every check of what others recorded', () => {
    const names = [
      ...judged(field('17-decline-then-other-client.pcap'), { declinedForS: 86_400 }).checks,
      ...judged(field('44-renewed-separately-then-given-away.pcap')).checks,
      ...judged(field('p-renew.out')).checks,
    ].map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(Object.keys(RECORDED_MEANINGS)));
  });
});

describe('a capture of requests alone', () => {
  it('says that the answers must be captured, and not what servers have to do', () => {
    const result = judged(requestsAlone());
    expect(result.source?.notes).toContain('No answer about a lease was captured: capture the answers too.');
    const text = shown(result);
    expect(text).toContain('No answer was captured. If there were any, capture the answers too');
    expect(text).not.toContain("servers' logs");
  });
});

describe('several captures', () => {
  it('are joined by a command that a shell takes as it stands', () => {
    const odd = join(directory, 'we ird$x.pcap');
    copyFileSync(field('k-id0.pcap'), odd);
    expect(() => analyze([odd, field('k-id0.pcap')], [])).toThrow(
      expect.objectContaining({
        hint: expect.stringContaining(`mergecap -w all.pcapng '${odd}' ${field('k-id0.pcap')}`) as string,
      }) as Error,
    );
  });
});
