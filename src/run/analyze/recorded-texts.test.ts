import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ipPacketsOf, pcapFile } from '../../observations/import/capture/capture.test-support.js';
import { RECORDED_MEANINGS } from '../../report/words/checks/recorded-meanings.js';
import { Anonymiser } from '../../report/anonymise/anonymiser.js';
import { markdownReport } from '../../report/markdown/markdown.js';
import type { Result } from '../../results/result.js';
import { terminalReport } from '../../report/text/terminal.js';
import { analyze } from './analyze.js';
import type { AnalyzeOptions } from './analyze-options.js';

/**
 * The texts about captures and logs. These are no runs: they have no run directory, and nobody can run them again.
 */

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

/** A capture of the requests alone: the first byte of a BOOTP request, behind the headers of IPv4 and UDP, is 1. */
function requestsAlone(): string {
  const path = join(directory, 'requests.pcap');
  const requests = ipPacketsOf('dhcp4-ethernet.pcap').filter(({ ip }) => ip[28] === 1);
  writeFileSync(path, pcapFile(requests));
  return path;
}

const OF_RUNS =
  /page|witnesses\.jsonl|every node|[Rr]un it again|this run|load\.(?:life|fanout|rate)|too slow|logs\//;

describe('the advice on what to do next', () => {
  it.each([
    ['07-answers-only-duplicate.pcap', 'Each witness names the clients'],
    ['08-v6-cross-case-duplicate.pcap', 'The witnesses are listed above, and in the output of `--json`.'],
    ['19-v4-healthy-v6-unanswered.pcap', 'No answer was captured for dhcp6-ia-na.'],
    ['44-renewed-separately-then-given-away.pcap', 'Each witness names'],
    ['p-renew.out', 'The source does not say which leases were released in between.'],
    ['f-fragments.pcap', 'Nothing needs to be done.'],
  ])('of %s is nothing that only a run has', (name, says) => {
    const text = shown(judged(field(name)));
    expect(text).toContain(says);
    expect(text).not.toMatch(OF_RUNS);
  });

  it('names the source that can’t tell', () => {
    expect(shown(judged(field('19-v4-healthy-v6-unanswered.pcap')))).toContain("this capture can't tell");
    expect(shown(judged(field('p-renew.out')))).toContain("this log can't tell");
  });

  it('exists for every check of a source that others recorded', () => {
    const names = [
      ...judged(field('17-decline-then-other-client.pcap'), { declinedForS: 86_400 }).checks,
      ...judged(field('44-renewed-separately-then-given-away.pcap')).checks,
      ...judged(field('p-renew.out')).checks,
    ].map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(Object.keys(RECORDED_MEANINGS)));
  });
});

describe('a capture of requests alone', () => {
  it('asks to capture the answers, and gives no advice about the servers', () => {
    const result = judged(requestsAlone());
    expect(result.source?.notes).toContain('No answer about a lease was captured: capture the answers too.');
    const text = shown(result);
    expect(text).toContain('No answer was captured. If there were any, capture the answers too');
    expect(text).not.toContain("servers' logs");
  });
});

describe('several captures', () => {
  it('can be joined by the command in the hint, which a shell takes as it stands', () => {
    const odd = join(directory, 'we ird$x.pcap');
    copyFileSync(field('k-id0.pcap'), odd);
    expect(() => analyze([odd, field('k-id0.pcap')], [])).toThrow(
      expect.objectContaining({
        hint: expect.stringContaining(`mergecap -w all.pcapng '${odd}' ${field('k-id0.pcap')}`) as string,
      }) as Error,
    );
  });
});

describe('figures of attempts', () => {
  const narrow = (name: string) =>
    terminalReport(judged(field(name)), { runDirectory: '', columns: 80 }).split('\n');

  it('are shown for first attempts and for all attempts, where these differ', () => {
    expect(narrow('k-tworuns.pcap')).toEqual(
      expect.arrayContaining([
        'First attempts, all servers together; all attempts where they differ',
        'dhcp4 DISCOVER-OFFER       20     20       20          0    0%    0%',
        '       all attempts        40     40       21          0    0%    0%',
        '       all attempts        38     38       19          0    0%    0%',
      ]),
    );
    expect(shown(judged(field('11-fixed-xid.pcap')))).toMatch(/all attempts +│ +3 │ +3 │/);
    expect(markdownReport(judged(field('11-fixed-xid.pcap')))).toContain(
      '| dhcp4 | REQUEST-ACK, all attempts | 3 | 3 | 3 | 0 |',
    );
  });

  it('are shown for first attempts only where there are no others', () => {
    const text = narrow('f-fragments.pcap').join('\n');
    expect(text).toContain('First attempts, all servers together');
    expect(text).not.toContain(' all attempts ');
  });
});

describe('figures of servers', () => {
  it('are shown in the whole report', () => {
    const result = judged(field('04-vip-dsr.pcap'));
    const rows = result.cases.flatMap(({ phases }) =>
      phases.flatMap(({ perServer }) => perServer.filter(({ responses }) => responses > 0)),
    );
    expect(rows.length).toBeGreaterThan(0);
    const lines = shown(result, true).split('\n');
    expect(lines).toContain('By server, all attempts');
    for (const { name, requests, responses } of rows)
      expect(lines.some((line) => endsIn(line, [name, requests, responses]))).toBe(true);
    expect(shown(result)).not.toContain('By server');
    expect(markdownReport(result)).toContain('By server, all attempts');
  });

  const endsIn = (line: string, cells: unknown[]) => line.split(/ +/).slice(-3).join() === cells.join();
});

describe('witnesses of what others recorded', () => {
  it('name clients by their own identifiers, and not by a number', () => {
    const result = judged(field('08-v6-cross-case-duplicate.pcap'));
    for (const text of [shown(result), shown(result, true), markdownReport(result)]) {
      expect(text).not.toMatch(/client \d/);
      expect(text).toContain('client of dhcp6-ia-na-pd (DUID 00030001020000000001, IAID 1) by');
      expect(text).toContain('client (DUID 00030001020000000002, IAID 1) by');
    }
  });
});

describe('the comparison with an article', () => {
  it('does not say that the servers are Kea', () => {
    const text = shown(judged(field('22-two-vlans-same-address.pcap')), true);
    expect(text).toContain('# VLAN 100 dhcp4, 1 server\n');
    expect(text).not.toContain('kea-');
  });
});

describe('an anonymised result of several outputs', () => {
  it('shows which server belongs to which file', () => {
    const outputs = ['paris.out', 'server-1.out', 'berlin.out'].map((name) => join(directory, name));
    for (const path of outputs) copyFileSync(field('p-aval.out'), path);
    copyFileSync(field('p-concat.out'), join(directory, 'both.out'));
    const [one] = analyze([...outputs, join(directory, 'both.out')], []);
    const result = new Anonymiser().result(one?.result as Result);
    expect(result.source?.files).toEqual(['source-1.out', 'source-2.out', 'source-3.out', 'source-4.out']);
    const servers = result.cases.flatMap(({ phases }) => phases[0]?.perServer.map(({ name }) => name) ?? []);
    expect(servers).toEqual(['source-1', 'source-2', 'source-3', 'source-4#1', 'source-4#2']);
    const notes = result.source?.notes.join('\n') ?? '';
    expect(notes).toContain(
      'source-4.out has 2 outputs of perfdhcp; each counts as a server, source-4#1 to source-4#2.',
    );
    expect(notes).toContain('source-1: 4 lines after the lists were ignored');
    expect(JSON.stringify(result)).not.toMatch(/paris|berlin|both|name-\d/);
  });

  it('keeps words in sentences that are also the name of a file', () => {
    const path = join(directory, 'lease.pcap');
    copyFileSync(field('07-answers-only-duplicate.pcap'), path);
    const text = shown(new Anonymiser().result(judged(path)));
    expect(text).toContain('1 lease was held by several clients at once');
  });
});

describe('the notes on a capture', () => {
  it('say what became of fragments', () => {
    const { notes = [] } = judged(field('f-fragments.pcap')).source ?? {};
    expect(notes).toEqual(['Of 18 packets 12 are DHCP.', '12 fragments were put together to 6 datagrams.']);
    expect(judged(field('l-gre.pcap')).source?.notes.join()).not.toContain('fragment');
  });

  it('use the singular for one', () => {
    const notes = readdirSync(field('.'))
      .filter((name) => /\.(?:pcap|out)$/.test(name))
      .flatMap((name) => judged(field(name)).source?.notes ?? []);
    expect(notes).toContainEqual(expect.stringMatching(/^1 answer belongs to a request/));
    for (const note of notes)
      expect(note).not.toMatch(/(?<!\d)1 (?:\w+s (?:are|were|came|could)|of \d+ \w+ stand )/);
  });
});

describe('the fate of the clients', () => {
  it('is told in the singular for one', () => {
    expect(shown(judged(field('11-fixed-xid.pcap')))).toContain('1 of 1 client holds a lease');
    expect(shown(judged(field('k-tworuns.pcap')))).toContain('19 of 20 clients hold a lease');
  });
});
