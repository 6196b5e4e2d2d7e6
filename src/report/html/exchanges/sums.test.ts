import { expect, it } from 'vitest';
import { SyntheticRun, v4 } from '../../../judgement/synthetic.test-support.js';
import { surveyed } from '../../exchanges/exchanges.test-support.js';
import { partsOf } from '../../exchanges/parts.js';
import { resultOf } from '../../report.test-support.js';
import { answeredLines, answeredRows } from '../../text/answered-table.js';
import { ANSWERED_KINDS } from '../../words/answered.js';
import { timelineModel } from './model.js';

/** Two answers in time, three late ones, a refusal, a late refusal, silence, and an answer that can't be read. */
function mixedRun(): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 9 });
  run.lease(0, v4(0));
  run.lease(1, v4(1));
  for (const client of [2, 3]) run.ask(client, 0).timeout().give(v4(client));
  run.ask(4, 0).give(v4(4));
  run.ask(4, 1).timeout().give(v4(4));
  run.ask(5, 0).give(v4(5));
  run.ask(5, 1).nak();
  run.ask(6, 0).give(v4(6));
  run.ask(6, 1).timeout().nak();
  run.ask(7, 0).timeout();
  run.ask(8, 0).malformed();
  return run;
}

interface Sum {
  all: number;
  [layer: string]: number | undefined;
}
type Model = ReturnType<typeof timelineModel>;

it('the report and the timeline agree on how requests were answered, and each adds up', async () => {
  const run = mixedRun();
  const result = resultOf([run]);
  const told = answeredRows(result).map(({ phase, requests, counts }) => [phase.name, requests, counts]);
  expect(told).toEqual([
    ['DISCOVER-OFFER', 9, { inTime: 5, late: 2, refused: 0, unanswered: 2 }],
    ['REQUEST-ACK', 5, { inTime: 2, late: 1, refused: 1, unanswered: 1 }],
  ]);

  const { requests, series, marked, bins } = surveyed(run);
  const parts = [...partsOf(requests, series, marked)].map(({ ref }) => ref);
  const model = timelineModel({ result, requests, series: series.all, bins, parts });
  const { sumsOf } = await tables();
  for (const { phase, requests: all, counts } of answeredRows(result)) {
    const its = sumsOf(model, { view: model.limits }).filter(
      (_, place) => model.series[place]?.phase === phase.name,
    );
    const kind = model.series.find((one) => one.phase === phase.name)?.kind ?? '';
    const sum = (layer: string) => its.reduce((sum, one) => sum + (one[layer] ?? 0), 0);
    expect(sum('all')).toBe(all);
    for (const how of ANSWERED_KINDS) expect(sum(how === 'inTime' ? kind : how), how).toBe(counts[how]);
    expect(ANSWERED_KINDS.reduce((sum, how) => sum + (counts[how] ?? 0), 0)).toBe(all);
  }
});

it('the terminal tells only phases in which answers came late or not at all', () => {
  expect(answeredLines(resultOf([mixedRun()]), 200, false)).toEqual([
    'dhcp4  DISCOVER-OFFER: 9 requests, 5 answered in time, 2 answered late, 0 refused, 2 unanswered',
    'dhcp4  REQUEST-ACK: 5 requests, 2 answered in time, 1 answered late, 1 refused, 1 unanswered',
  ]);
  const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
  run.lease(0, v4(0));
  expect(answeredLines(resultOf([run]), 200, false)).toEqual([]);
  expect(answeredLines(resultOf([run]), 200, true)).toHaveLength(2);
});

it('names an answer that came late, and one that refused late', async () => {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
  run.ask(0, 0).timeout().give(v4(7));
  run.ask(1, 1).timeout().nak();
  const { requests, series, bins } = surveyed(run);
  const model = timelineModel({ result: resultOf([run]), requests, series: series.all, bins, parts: [] });
  const { answerText } = await words();
  const texts = [...requests.inOrder()].map(({ transaction }) => {
    const its = requests.cases[0];
    if (its === undefined) throw new Error('no case');
    return answerText(model, {
      series: series.placeOf(0, its.server(transaction), its.phase(transaction)),
      outcome: model.outcomes.indexOf(its.outcome(transaction)),
      from: its.sentAtUs(transaction),
      until: its.endedAtUs(transaction) ?? Infinity,
      reason: its.reason(transaction),
    });
  });
  expect(texts).toEqual([
    'answered late: after 2.0 ms',
    'no answer within 1.0 ms; a refusal came later (NAK)',
  ]);
});

/** The modules of the browser have no types of their own. */
async function tables() {
  return (await asset('tables')) as { sumsOf: (model: Model, of: { view: Model['limits'] }) => Sum[] };
}

async function words() {
  return (await asset('words')) as {
    answerText: (
      model: Model,
      request: { series: number; outcome: number; from: number; until: number; reason: string },
    ) => string;
  };
}

function asset(name: string): Promise<unknown> {
  return import(new URL(`./assets/${name}.js`, import.meta.url).href);
}
