import { SyntheticRun } from '../../judgement/synthetic.test-support.js';
import type { Observation } from '../../observations/observation.js';
import type { CaseJudgement } from '../../results/case.js';
import { binsOf, type Bins } from './bins.js';
import { Marked } from './marked.js';
import { RunRequests } from './run-requests.js';
import { SeriesIndex } from './series.js';

export interface Surveyed {
  requests: RunRequests;
  series: SeriesIndex;
  marked: Marked;
  bins: Bins;
  /** The judgement of the same observations. */
  judged: CaseJudgement;
}

/** Surveys a synthetic run as the timeline does, and judges it. */
export function surveyed(run: SyntheticRun): Surveyed {
  const judged = run.case();
  const requests = new RunRequests({ cases: [run.layout] }, overwritten(run.observations));
  const series = new SeriesIndex(requests);
  const witnesses = judged.witnesses.map((one) => ({ ...one, case: run.layout.name }));
  const marked = new Marked(witnesses, [run.layout.name]);
  return { requests, series, marked, bins: binsOf(requests, series, marked), judged };
}

/** Observations as a pass over a journal gives them: each overwrites the one before. */
function* overwritten(observations: readonly Observation[]): Generator<Observation> {
  for (const one of observations) {
    const passing = { ...one };
    if (passing.type === 'answer') passing.lease = passing.lease.slice();
    yield passing;
    if (passing.type === 'answer') passing.lease.fill(0xee);
    passing.transaction = passing.client = -7;
  }
}
