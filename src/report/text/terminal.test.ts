import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../evidence/evidence.js';
import { prefix, SyntheticRun, v4, v6 } from '../../judgement/synthetic.test-support.js';
import { FACTS, dhcp4AsPublished, dhcp6WithRefusals, resultOf } from '../report.test-support.js';
import { ANSI, PLAIN } from '../../terminal/style.js';
import { terminalReport, type TerminalOptions } from './terminal.js';

const { runDirectory } = FACTS;
/** Marks what is bold. */
const MARKED = { ...PLAIN, bold: (text: string) => `<${text}>` };
const lines = (text: string) => text.split('\n');

/** Thirty clients get ten leases. */
function failing(): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 90 });
  for (let client = 0; client < 90; client++) run.lease(client, v4(client % 30));
  return run;
}

describe('the report on the terminal', () => {
  it('shows address and prefix of one message in separate rows, within 80 columns', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 300 });
    for (let client = 0; client < 300; client++) {
      for (const phase of [0, 1] as const) {
        const asked = run.ask(client, phase).give(v6(phase === 0 ? client >> 1 : client));
        if (client < 30 && phase === 1) asked.refuse(6, { answerIndex: 0, leaseType: 'prefix' });
        else asked.give(prefix(client, 64), { answerIndex: 0 });
      }
    }
    const report = terminalReport(resultOf([run]), { runDirectory, verbose: true });
    const table = lines(report).filter((line) => / (address|prefix) |SOLICIT-ADV|REQUEST-REPLY\b/.test(line));
    expect(table.slice(3)).toMatchInlineSnapshot(`
      [
        "dhcp6-ia-na-pd  REQUEST-REPLY: answers with another lease than the offer 299",
        "dhcp6-ia-na-pd SOLICIT-ADVERTISE address server-1      100    100",
        "               SOLICIT-ADVERTISE prefix  server-1      100    100",
        "               REQUEST-REPLY address     server-1      100    100",
        "               REQUEST-REPLY prefix      server-1      100     90",
        "Duplicates for SOLICIT-ADVERTISE address (150/300, 50% with 100% appearance)",
        "No duplicates for SOLICIT-ADVERTISE prefix (0/300, 0%).",
        "No duplicates for REQUEST-REPLY address (0/300, 0%).",
        "No duplicates for REQUEST-REPLY prefix (0/270, 0%).",
        "- dhcp6-ia-na-pd REQUEST-REPLY: 30 clients were refused at first",
        "dhcp6-ia-na-pd SOLICIT-ADVERTISE",
        " address                              300    300      150        150   50%  100%",
        " prefix                               300    300      300          0    0%    0%",
        "               REQUEST-REPLY",
        " address                              300    300      300          0    0%    0%",
        " prefix                               300    270      270          0    0%    0%",
        "dhcp6-ia-na-pd  REQUEST-REPLY: no lease was held by two clients; 270 of 300",
        "                clients hold an address and a prefix",
      ]
    `);
    expect(lines(report).every((line) => line.length <= 80)).toBe(true);
  });

  it('has this text', () => {
    const report = terminalReport(resultOf([dhcp4AsPublished(), dhcp6WithRefusals()]), { runDirectory });
    expect(report).toMatchInlineSnapshot(`
      "
      First attempts, all servers together; all attempts where they differ
      case        phase             requests leases distinct duplicates dup % app %
      dhcp4       DISCOVER-OFFER         357    356      120        119 33.4% 99.2%
       published  reproduced                    356                 119   33%   99%
                  REQUEST-ACK            356    356      356          0    0%    0%
       published  can't be compared               0                   0     –     –
      dhcp6-ia-na SOLICIT-ADVERTISE       90     80       30         30 37.5%  100%
       published  partly reproduced             355                 118   33%   99%
                   all attempts          100     90       30         30 33.3%  100%
                  REQUEST-REPLY           80     80       80          0    0%    0%
       published  reproduced                    355                   0    0%     –
                   all attempts           90     90       90          0    0%    0%

      Requests and their answers
      dhcp4  DISCOVER-OFFER: 357 requests, 356 answered in time, 0 answered late, 0
             refused, 1 unanswered

      Leases that clients hold
      dhcp4  REQUEST-ACK: no lease was held by two clients; 356 of 357 clients hold a
             lease
      dhcp6-ia-na  REQUEST-REPLY: no lease was held by two clients; 90 of 90 clients
                   hold a lease

      PASS  galera: every check holds, and all 4 expected figures are as expected;
      only partly as published: dhcp6-ia-na SOLICIT-ADVERTISE, where duplicates are as
      published, but 11% of the requests got no lease (published: 1%)
      Nothing needs to be done.
      reports/galera/20221121T010203Z
      "
    `);
  });

  it('ends with the verdict, what to do next, and the page or else the run directory', () => {
    const result = resultOf([failing()]);
    const page = `${runDirectory}/report.html`;
    const tail = (options: Partial<TerminalOptions>) =>
      lines(terminalReport(result, { runDirectory, columns: 400, ...options })).slice(-4);
    expect(tail({ page })).toEqual([
      expect.stringMatching(
        /^FAIL {2}galera: dhcp4 REQUEST-ACK: 30 leases were held by several clients at once/,
      ),
      expect.stringContaining('witnesses.jsonl'),
      page,
      '',
    ]);
    expect(tail({}).slice(-2)).toEqual([runDirectory, '']);
    expect(tail({ runDirectory: '' }).at(-2)).toContain('witnesses.jsonl');
  });

  it('shows what explains the verdict, and everything if verbose', () => {
    const result = resultOf([failing()], {
      evidence: { drops: [{ socket: 'kea dhcp4 server-1', drops: 2 }] },
    });
    const titles = (verbose: boolean) =>
      lines(terminalReport(result, { runDirectory, verbose, style: MARKED })).flatMap(
        (line) => /^<([^<>]+)>$/.exec(line)?.[1] ?? [],
      );
    const shown = [
      'First attempts, all servers together',
      'Leases that clients hold',
      'Witnesses',
      "Reproduction: can't tell",
      'Failed checks (1)',
      'Inconclusive checks (1)',
    ];
    expect(titles(false)).toEqual(shown);
    const all = titles(true);
    expect(all.slice(-shown.length)).toEqual(shown);
    expect(all).toContain('Environment');
    expect(all.length).toBeGreaterThan(shown.length + 2);
  });

  it('counts failed and inconclusive checks separately, and equally in every report', () => {
    const facts = { scenario: { ...FACTS.scenario, published: undefined } };
    const drops = [{ socket: 'kea dhcp4 server-1', drops: 2 }];
    const result = resultOf([failing()], { facts, evidence: { drops } });
    const count = (verdict: string) => result.checks.filter((check) => check.verdict === verdict).length;
    expect([count('fail'), count('inconclusive')]).toEqual([1, 1]);
    const report = terminalReport(result, { runDirectory });
    expect(report).toContain('Failed checks (1)');
    expect(report).toContain('Inconclusive checks (1)');
    expect(report.match(/^failed {8}/gm)).toHaveLength(1);
    expect(report.match(/^inconclusive {2}/gm)).toHaveLength(1);
    expect(report).not.toMatch(/and \d+ more check/);
  });

  it('names each check that does not hold, with expected and actual', () => {
    const report = terminalReport(resultOf([failing()]), { runDirectory });
    expect(report).toContain('conformance.heldConcurrently dhcp4 REQUEST-ACK');
    expect(report).toContain('expected 0; found 30');
    expect(report).not.toContain('conformance.wrongClient');
  });

  it('names a check of the scenario by its text, with its case and phase', () => {
    const checks = ['first.duplicatePercent <= 2%', 'dhcp*.clientsWithLease >= 99.9%'];
    const facts = { scenario: { ...FACTS.scenario, checks } };
    const report = terminalReport(resultOf([dhcp4AsPublished()], { facts }), { runDirectory });
    expect(report).toContain(`\
failed        first.duplicatePercent <= 2%
              dhcp4 DISCOVER-OFFER: expected <= 2%; found 33.4%
failed        dhcp*.clientsWithLease >= 99.9%
              dhcp4: expected >= 99.9% of clients; found 99.7% (356 of 357)
`);
  });

  it('shows figures outside and premises not kept, and all of them if verbose', () => {
    const drops = [{ socket: 'kea dhcp4 server-1', drops: 2 }];
    const marks = (verbose: boolean, evidence: Partial<Evidence>, one = dhcp4AsPublished()) => {
      const report = terminalReport(resultOf([one], { evidence }), { runDirectory, verbose });
      const marked = report.match(/^(as expected|outside|can't tell|kept|not kept)(?= {3})/gm) ?? [];
      return [...new Set(marked)];
    };
    expect(marks(false, {})).toEqual([]);
    expect(marks(true, {})).toEqual(['as expected', 'kept']);
    expect(marks(false, { drops })).toEqual(['not kept']);
    expect(marks(true, { drops })).toEqual(['as expected', 'not kept', 'kept']);
    const alone = new SyntheticRun({ name: 'dhcp4', clients: 90 });
    for (let client = 0; client < 90; client++) alone.lease(client, v4(client));
    expect(marks(false, {}, alone)).toEqual(['outside']);
    expect(marks(false, { drops }, alone)).toEqual(["can't tell", 'not kept']);
  });

  it('shows the first witnesses, and counts the others', () => {
    const shown = (verbose: boolean) => {
      const report = terminalReport(resultOf([failing()]), { runDirectory, verbose });
      return [report.match(/- dhcp4 held-concurrently/g)?.length, /and (\d+) more$/m.exec(report)?.[1]];
    };
    expect(shown(false)).toEqual([5, '25']);
    expect(shown(true)).toEqual([20, '10']);
  });

  it('claims nothing about duplicates without an answer', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.ask(0, 0).timeout();
    const report = terminalReport(resultOf([run]), { runDirectory });
    expect(report).toMatch(/^INCONCLUSIVE/m);
    expect(report).not.toContain('no lease was held by two clients');
  });

  it.each([80, 100, 140])('fits into %i columns', (columns) => {
    const result = resultOf([dhcp4AsPublished(), dhcp6WithRefusals(), failing()]);
    const report = terminalReport(result, { runDirectory, columns, verbose: true });
    for (const line of lines(report)) expect(line.length).toBeLessThanOrEqual(columns);
  });

  it('has the same text in colour', () => {
    const result = resultOf([dhcp4AsPublished(), failing()]);
    for (const columns of [80, 140]) {
      const plain = terminalReport(result, { runDirectory, columns });
      const coloured = terminalReport(result, { runDirectory, columns, style: ANSI });
      expect(coloured).not.toBe(plain);
      const visible = lines(stripVTControlCharacters(coloured)).map((line) => line.trimEnd());
      expect(visible).toEqual(lines(plain));
    }
  });
});
