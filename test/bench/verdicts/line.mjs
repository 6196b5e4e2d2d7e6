/** The line for a run: enough to explain its outcome later. */
export function lineOf(result, exitCode) {
  if (result === undefined) return { exitCode, outcome: 'could not be run' };
  const { outcome, verdict, reproduction, checks, resources, scenario, tool, environment, cases } = result;
  const names = (rows, word) => rows.filter((row) => row.verdict === word).map(placeOf);
  const machine = resources?.machine;
  return {
    exitCode,
    outcome,
    verdict,
    reproduction: reproduction?.verdict ?? null,
    failed: names(checks, 'fail'),
    open: names(checks, 'inconclusive'),
    outside: names(reproduction?.figures ?? [], 'fail'),
    broken: names(reproduction?.premises ?? [], 'inconclusive'),
    reason: reproduction?.reason ?? null,
    counts: countsOf(checks),
    figures: Object.fromEntries(
      cases.map(({ name, phases: [first] }) => [
        name,
        [first?.firstAttempt.duplicatePercent ?? null, first?.firstAttempt.appearancePercent ?? null],
      ]),
    ),
    otherPercent: machine?.otherPercent ?? null,
    usedUpPercent: machine?.usedUpPercent ?? null,
    seed: scenario.seed,
    tool: tool.version,
    kea: environment?.kea.version ?? null,
    cpus: machine?.cpus ?? null,
  };
}

/** For each check that counts violations: how many were found, and of how many, over all cases. */
function countsOf(checks) {
  const counts = {};
  for (const { name, count } of checks) {
    if (count === undefined) continue;
    const sum = (counts[name] ??= { found: 0, of: 0 });
    sum.found += count.found;
    sum.of += count.of ?? 0;
  }
  return Object.fromEntries(Object.entries(counts).filter(([, { found }]) => found > 0));
}

function placeOf({ name, case: caseName }) {
  return caseName === '' ? name : `${caseName} ${name}`;
}
