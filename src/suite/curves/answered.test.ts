import { describe, expect, it } from 'vitest';
import { SyntheticRun, v4 } from '../../judgement/synthetic.test-support.js';
import { resultOf } from '../../report/report.test-support.js';
import { answeredPerServer } from './figures.js';

/** Ten clients: one gets no offer, one no answer to its request, one is refused. The first one is served in its second attempt. */
function made(): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 10 });
  run.ask(0, 0).timeout();
  run.lease(0, v4(0), { attempt: 2 });
  run.ask(1, 0).give(v4(1));
  run.ask(1, 1).timeout();
  run.ask(2, 0).give(v4(2));
  run.ask(2, 1).nak();
  for (let client = 3; client < 10; client++) run.lease(client, v4(client));
  return run;
}

describe('exchanges answered in time, a second on each server', () => {
  const result = resultOf([made()]);
  const [of] = result.cases;
  const exchanges = of?.exchanges;
  if (of === undefined || !exchanges) throw new Error('a case without exchanges');
  const at = (achievedPerServer: number | null) =>
    answeredPerServer({
      ...{ label: '', at: 0, isOpen: false, result },
      of: { ...of, exchanges: { ...exchanges, achievedPerServer } },
    });

  it('are first attempts of which both messages got an answer, a refusal among them', () => {
    expect(at(50)).toBe(40);
  });

  it('are not known where no rate was offered', () => {
    expect(at(null)).toBeNull();
  });
});
