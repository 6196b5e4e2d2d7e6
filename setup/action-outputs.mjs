// action-outputs.mjs: the verdict and the outcome that the GitHub Action tells, of a run or of a suite.

/** The outcomes of runs that came out as they should, whatever their own checks say. */
const AS_IT_SHOULD = ['control held', 'not held', 'not driven', "can't tell"];

/** Of a run its own, and of a suite the worst of its runs. A control that held is no failure, and neither is a rate that did not. */
export function outputsOf(result, suite) {
  if (result !== undefined) return { verdict: countedVerdict(result), outcome: result.outcome };
  const runs = suite?.runs ?? [];
  const verdicts = runs.map(countedVerdict);
  const verdict = ['fail', 'inconclusive', 'pass'].find((one) => verdicts.includes(one)) ?? '';
  // The run whose exit code the suite has is the one that decided. Several outcomes have that of a pass.
  const decided = runs.filter(({ exitCode }) => exitCode === suite?.exitCode).map(({ outcome }) => outcome);
  return { verdict, outcome: decided.includes('pass') ? 'pass' : (decided[0] ?? '') };
}

function countedVerdict({ verdict, outcome }) {
  if (outcome === 'control not held') return 'fail';
  return AS_IT_SHOULD.includes(outcome) ? 'pass' : verdict;
}
