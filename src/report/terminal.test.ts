import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { prefix, SyntheticRun, v4, v6 } from '../analysis/synthetic.test-support.js';
import { FACTS, dhcp4AsPublished, dhcp6WithRefusals, resultOf } from './report.test-support.js';
import { ANSI } from '../terminal/style.js';
import { terminalReport } from './terminal.js';

const { runDirectory } = FACTS;
const lines = (text: string) => text.split('\n');

/** Thirty clients are given ten leases. */
function failing(): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 90 });
  for (let client = 0; client < 90; client++) run.lease(client, v4(client % 30));
  return run;
}

describe('the report on the terminal', () => {
  it('tells address and prefix of one message apart, within 80 columns', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 300 });
    for (let client = 0; client < 300; client++) {
      for (const phase of [0, 1] as const) {
        const asked = run.ask(client, phase).give(v6(phase === 0 ? client >> 1 : client));
        if (client < 30 && phase === 1) asked.refuse(6, { answerIndex: 0, leaseType: 'prefix' });
        else asked.give(prefix(client, 64), { answerIndex: 0 });
      }
    }
    const report = terminalReport(resultOf([run]), { runDirectory });
    const table = lines(report).filter((line) => / (address|prefix) |SOLICIT-ADV|REQUEST-REPLY\b/.test(line));
    expect(table.slice(1)).toMatchInlineSnapshot(`
      [
        "                clients hold an address and a prefix",
        "dhcp6-ia-na-pd SOLICIT-ADVERTISE",
        " address                              300    300      150        150   50%  100%",
        " prefix                               300    300      300          0    0%    0%",
        "               REQUEST-REPLY",
        " address                              300    300      300          0    0%    0%",
        " prefix                               300    270      270          0    0%    0%",
        "- dhcp6-ia-na-pd REQUEST-REPLY: 30 clients were refused at first",
        "Duplicates for SOLICIT-ADVERTISE address (150/300, 50% with 100% appearance)",
        "No duplicates for SOLICIT-ADVERTISE prefix (0/300, 0%).",
        "No duplicates for REQUEST-REPLY address (0/300, 0%).",
        "No duplicates for REQUEST-REPLY prefix (0/270, 0%).",
        "dhcp6-ia-na-pd SOLICIT-ADVERTISE 1.0 / 1.0 / 1.0 / 1.0 · REQUEST-REPLY 1.0 / 1.0",
      ]
    `);
    expect(lines(report).every((line) => line.length <= 80)).toBe(true);
  });

  it('reads like this', () => {
    const report = terminalReport(resultOf([dhcp4AsPublished(), dhcp6WithRefusals()]), { runDirectory });
    expect(report).toMatchInlineSnapshot(`
      "PASS  galera: every check holds

      dhcp4  REQUEST-ACK: no lease was held by two clients; 356 of 357 clients hold a
             lease
      dhcp6-ia-na  REQUEST-REPLY: no lease was held by two clients; 90 of 90 clients
                   hold a lease

      First attempts, all servers together
      case        phase             requests leases distinct duplicates dup % app %
      dhcp4       DISCOVER-OFFER         357    356      120        119 33.4% 99.2%
       published  reproduced                    356                 119   33%   99%
                  REQUEST-ACK            356    356      356          0    0%    0%
       published  can't be compared               0                   0     –     –
      dhcp6-ia-na SOLICIT-ADVERTISE       90     80       30         30 37.5%  100%
       published  reproduced                    355                 118   33%   99%
                  REQUEST-REPLY           80     80       80          0    0%    0%
       published  reproduced                    355                   0    0%     –

      What explains the figures
      - dhcp4 REQUEST-ACK: the article has no answers to compare with
      - dhcp6-ia-na SOLICIT-ADVERTISE: 10 of 90 SOLICITs were refused (NoAddrsAvail
        10), which lifts the share of duplicates: counted as answers they make it
        30/90, 33%

      In the article's format
      # 3 x kea-dhcp4 servers
      Duplicates for DISCOVER-OFFER (119/356, 33% with 99% appearance)
      No duplicates for REQUEST-ACK (0/356, 0%).
      # 3 x kea-dhcp6 servers, IA_NA
      Duplicates for SOLICIT-ADVERTISE (30/80, 37% with 100% appearance)
      No duplicates for REQUEST-REPLY (0/80, 0%).

      Latency in ms: median / p99 / p99.9 / longest
      dhcp4        DISCOVER-OFFER 1.0 / 1.0 / 1.0 / 1.0, 1 timeout · REQUEST-ACK 1.0 /
                   1.0 / 1.0 / 1.0 · starts late 0.0 / 0.0 / 0.0 / 0.0
      dhcp6-ia-na  SOLICIT-ADVERTISE 1.0 / 1.0 / 1.0 / 1.0 · REQUEST-REPLY 1.0 / 1.0 /
                   1.0 / 1.0 · starts late 0.0 / 0.0 / 0.0 / 0.0

      Kea 2.2.0 (iterative, single-threaded) on galera 10.11.6 (wsrep 26.4.23); Node
      20.20.2; 2 CPUs; seed 7
      reports/galera/20221121T010203Z
      "
    `);
  });

  it('begins with the verdict and the second phase, ends with the run directory', () => {
    const [first, , third, ...rest] = lines(terminalReport(resultOf([failing()]), { runDirectory }));
    expect(first).toMatch(/^FAIL/);
    expect(third).toContain('REQUEST-ACK: 30 leases were held by two clients at once');
    expect(rest.slice(-2)).toEqual([runDirectory, '']);
  });

  it('names each check that does not hold, with expected and actual', () => {
    const report = terminalReport(resultOf([failing()]), { runDirectory });
    expect(report).toContain('conformance.heldConcurrently dhcp4 REQUEST-ACK');
    expect(report).toContain('expected 0; found 30');
    expect(report).not.toContain('conformance.wrongClient');
  });

  it('names a check that the scenario states by its text, and where it fell', () => {
    const checks = ['first.duplicatePercent <= 2%', 'dhcp*.clientsWithLease >= 99.9%'];
    const facts = { scenario: { ...FACTS.scenario, checks } };
    const report = terminalReport(resultOf([dhcp4AsPublished()], { facts }), { runDirectory });
    expect(report).toContain(`\
failed        first.duplicatePercent <= 2%
              dhcp4 DISCOVER-OFFER: expected <= 2%; found 33.43%
failed        dhcp*.clientsWithLease >= 99.9%
              dhcp4: expected >= 99.9% of clients; found 99.72% (356 of 357)
`);
  });

  it('shows twenty witnesses and says how many more there are', () => {
    const report = terminalReport(resultOf([failing()]), { runDirectory });
    expect(report.match(/held-concurrently/g)).toHaveLength(20);
    expect(report).toContain('and 10 more');
  });

  it('says that a control held when the scenario expects to fail', () => {
    const facts = { scenario: { ...FACTS.scenario, expect: 'fail' as const } };
    expect(terminalReport(resultOf([failing()], { facts }), { runDirectory })).toContain('control held');
  });

  it('says why a run cannot tell', () => {
    const result = resultOf([dhcp4AsPublished()], { evidence: { interruptedBy: 'SIGINT' } });
    expect(lines(terminalReport(result, { runDirectory, columns: 120 }))[0]).toBe(
      "INCONCLUSIVE  galera: this run can't tell; expected the run ends by itself; found interrupted by SIGINT",
    );
  });

  it('claims nothing about duplicates without an answer', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.ask(0, 0).timeout();
    const report = terminalReport(resultOf([run]), { runDirectory });
    expect(report).toMatch(/^INCONCLUSIVE/);
    expect(report).not.toContain('no lease was held by two clients');
  });

  it.each([80, 100, 140])('fits into %i columns', (columns) => {
    const result = resultOf([dhcp4AsPublished(), dhcp6WithRefusals(), failing()]);
    const report = terminalReport(result, { runDirectory, columns });
    for (const line of lines(report)) expect(line.length).toBeLessThanOrEqual(columns);
  });

  it('says the same in colour', () => {
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
