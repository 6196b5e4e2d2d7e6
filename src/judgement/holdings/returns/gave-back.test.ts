import { expect, it } from 'vitest';
import { caseSentence } from '../../../report/words/case-sentence.js';
import { furtherFigures } from '../../../report/text/further-figures.js';
import { SyntheticRun, v4, v6 } from '../../synthetic.test-support.js';

const SECOND = 1_000_000;

/** Client 0 keeps its lease, 1 gives it back, 2 gives it back and gets another one, 3 never got one. */
function lived(): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 4 });
  for (const client of [0, 1, 2]) run.lease(client, v4(client));
  for (const client of [1, 2]) run.at(10 * SECOND).ask(client, 'RELEASE');
  run.at(20 * SECOND).lease(2, v4(7), { attempt: 2 });
  return run;
}

it('a client that gave its lease back and got no other is told apart from one that got none', () => {
  const one = lived().case();
  expect(one).toMatchObject({ clients: 4, clientsWithLease: 2, clientsGaveBack: 1 });
  expect(caseSentence(one)).toContain('2 of 4 clients hold a lease, 1 gave its lease back');
});

it('a result of an earlier version says nothing of it', () => {
  expect(caseSentence({ ...lived().case(), clientsGaveBack: undefined })).toMatch(
    /2 of 4 clients hold a lease$/,
  );
});

it('the phases in which leases are given back have their requests and leases', () => {
  expect(lived().case().returns).toEqual([{ name: 'RELEASE', requests: 2, leases: 2 }]);
});

it('answers with another lease than the offer are listed only for phases that follow an offer', () => {
  const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 1 });
  run.ask(0, 0).give(v6(1));
  run.ask(0, 1).give(v6(2));
  run
    .at(5 * SECOND)
    .ask(0, 'RENEW-REPLY')
    .give(v6(2));
  const one = run.case();
  expect(one.phases.map(({ substituted }) => substituted)).toEqual([0, 1, 1]);
  expect(furtherFigures({ cases: [one] })).toMatchObject([{ phase: 'REQUEST-REPLY', at: 'substituted' }]);
});
