import { expect, it } from 'vitest';
import { SyntheticRun, v4 } from '../../judgement/synthetic.test-support.js';
import { furtherFigureLines, furtherFigures } from './further-figures.js';
import { resultOf } from '../report.test-support.js';

/** The REQUEST of the client is answered twice. */
function eventful() {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
  run.ask(0, 0).give(v4(1));
  run.ask(0, 1).give(v4(1)).give(v4(1));
  return resultOf([run]);
}

it('lists the figures that are known and not 0, with their place in the result', () => {
  expect(furtherFigures(eventful())).toMatchObject([
    { case: 'dhcp4', phase: 'REQUEST-ACK', label: 'extra answers', value: 1, shown: '1', at: 'extraAnswers' },
  ]);
});

it('has a line for each phase on the terminal', () => {
  expect(furtherFigureLines(eventful(), 80)).toEqual(['dhcp4  REQUEST-ACK: extra answers 1']);
});

it('is empty where all listed figures are 0', () => {
  const quiet = new SyntheticRun({ name: 'dhcp4', clients: 1 });
  quiet.ask(0, 0).give(v4(1));
  expect(furtherFigures(resultOf([quiet]))).toEqual([]);
});
