import { describe, expect, it } from 'vitest';
import { SyntheticRun, v4, v6 } from '../../judgement/synthetic.test-support.js';
import { PLAIN } from '../../terminal/style.js';
import { caseVerdictLines } from './case-verdicts.js';
import { resultOf } from '../report.test-support.js';
import type { Result } from '../../results/result.js';

/** Two clients that each get the lease which `lease` returns for them. */
function served(name: string, lease: (i: number) => ReturnType<typeof v4>): SyntheticRun {
  const run = new SyntheticRun({ name, clients: 2 });
  for (const client of [0, 1]) run.lease(client, lease(client));
  return run;
}
const lines = (result: Result) => caseVerdictLines(result, 500, PLAIN).join('\n');
const SOURCE = { kind: 'capture', files: ['a.pcap'], untold: [], notes: [] } as const;
const recorded = (result: Result): Result => ({
  ...result,
  source: { ...SOURCE, files: [...SOURCE.files], untold: [], notes: [] },
});

describe('verdicts by case', () => {
  const healthy = served('dhcp4', v4);
  const broken = served('dhcp6-ia-na', () => v6(1));

  it('give the verdict of each case, with its reason', () => {
    const result = resultOf([healthy, broken]);
    expect(result.cases.map(({ verdict }) => verdict)).toEqual(['pass', 'fail']);
    expect(lines(result)).toBe(
      'dhcp4: pass · dhcp6-ia-na: fail (1 lease was held by several clients at once)',
    );
  });

  it('are shown if they differ, or if another program recorded the exchanges', () => {
    const both = resultOf([healthy, served('dhcp6-ia-na', v6)]);
    expect(lines(both)).toBe('');
    expect(lines(resultOf([served('dhcp4', () => v4(1)), broken]))).toBe('');
    expect(lines(recorded(both))).toBe('dhcp4: pass · dhcp6-ia-na: pass');
    expect(lines(recorded(resultOf([healthy])))).toBe('');
  });

  it('are left out for a result of an earlier version', () => {
    const result = resultOf([healthy, broken]);
    const cases = result.cases.map((one) => ({ ...one, verdict: undefined }));
    expect(lines({ ...result, cases })).toBe('');
  });
});
