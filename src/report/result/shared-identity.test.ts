import { describe, expect, it } from 'vitest';
import { SyntheticRun, v4 } from '../../judgement/synthetic.test-support.js';
import { reportPage } from '../html/page.js';
import { markdownReport } from '../markdown/markdown.js';
import { resultOf } from '../report.test-support.js';
import { type Result, resultSchema } from '../../results/result.js';
import { sharedBy } from './shared-identity.js';
import { terminalReport } from '../text/terminal.js';
import { withShared } from './witness-result.js';

type Holder = Result['cases'][number]['witnesses'][number]['holders'][number];

const [a, b] = ['020000000001', '020000000002'];
function holder(
  client: number,
  clientIdentifier: string,
  hardwareAddress: string,
  caseIndex?: number,
): Holder {
  return {
    client,
    ...(caseIndex === undefined ? {} : { caseIndex, case: 'dhcp4-other' }),
    identity: { clientIdentifier, hardwareAddress },
    server: 'server-1',
    lease: '10.0.0.1',
    fromUs: 0,
    untilUs: 1,
  };
}

describe('attributes that clients of a witness share', () => {
  it.each<[string, Holder[], string[]]>([
    ['nothing', [holder(0, '01', a), holder(1, '02', b)], []],
    ['a hardware address', [holder(0, '01', a), holder(1, '02', a)], ['hardware address']],
    ['a client identifier', [holder(0, '01', a), holder(1, '01', b)], ['client identifier']],
    ['no identifier at all', [holder(0, '', a), holder(1, '', b)], []],
    ['both', [holder(0, '01', a), holder(1, '01', a)], ['hardware address', 'client identifier']],
    ['its own', [holder(0, '01', a), holder(0, '01', a)], []],
    ['with a client of another case', [holder(0, '01', a), holder(0, '02', a, 1)], ['hardware address']],
    ['of two of three', [holder(0, '1', a), holder(1, '2', b), holder(2, '3', b)], ['hardware address']],
    ['what nobody knows', [{ ...holder(0, '01', a), identity: null }, holder(1, '01', a)], []],
    [
      'of another kind',
      [
        { ...holder(0, '', ''), identity: { duid: '00', iaid: 1 } },
        { ...holder(1, '', ''), identity: { duid: '00', iaid: 2 } },
      ],
      [],
    ],
  ])('%s', (_, holders, shared) => {
    expect(sharedBy(holders)).toEqual(shared);
  });

  it('are in the text, the summary, the page and the JSON', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    for (const client of [0, 1]) run.lease(client, v4(1));
    const found = resultOf([run]);
    const result: Result = {
      ...found,
      cases: found.cases.map((one) => ({
        ...one,
        witnesses: one.witnesses.map((witness) =>
          withShared({ ...witness, holders: [holder(0, '01', a), holder(1, '02', a, 7)] }),
        ),
      })),
    };
    const [witness] = resultSchema.parse(result).cases[0]?.witnesses ?? [];
    expect(witness?.shared).toEqual(['hardware address']);
    expect(witness?.holders[1]).toMatchObject({ caseIndex: 7, case: 'dhcp4-other' });
    const witnesses = result.cases.flatMap((one) => one.witnesses.map((of) => ({ ...of, case: one.name })));
    const all = [
      terminalReport(result, { runDirectory: '', columns: 500 }),
      markdownReport(result),
      reportPage({ result, witnesses, witnessesOmitted: 0 }),
    ];
    for (const text of all) {
      expect(text).toContain('same hardware address');
      expect(text).not.toContain('same client identifier');
      expect(text).toContain(`client 1 of dhcp4-other (id 02, hw ${a})`);
    }
  });
});
