/** A machine counts as quiet if other programs used less than this share of its CPUs. */
const QUIET_PERCENT = 10;

/** Tables in Markdown: the outcomes of each scenario's runs, then the totals over all runs. */
export function summary(lines) {
  if (lines.length === 0) return 'No run was made.';
  const scenarios = [...new Set(lines.map(({ scenario }) => scenario))];
  const loops = [...new Set(lines.map((line) => line.loops))].sort();
  const rows = scenarios.map((scenario) => [
    scenario,
    ...loops.map((beside) =>
      outcomesOf(lines.filter((one) => one.scenario === scenario && one.loops === beside)),
    ),
  ]);
  const heads = loops.map((beside) =>
    beside === 0 ? 'nothing beside' : `${beside} busy ${beside === 1 ? 'core' : 'loops'} beside`,
  );
  return [table(['scenario', ...heads], rows), ...questions(lines)].join('\n');
}

function outcomesOf(lines) {
  const counts = new Map();
  for (const { outcome } of lines) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ') || '–';
}

function questions(lines) {
  const quiet = lines.filter(({ otherPercent }) => otherPercent !== null && otherPercent < QUIET_PERCENT);
  const judged = quiet.filter(({ reproduction }) => reproduction !== null);
  const kept = judged.filter(({ broken }) => broken.length === 0);
  const open = quiet.filter(({ outcome }) => outcome === 'inconclusive' || outcome === 'not comparable');
  const falseFails = lines.filter(({ exitCode, failed = [] }) => exitCode === 1 && failed.length === 0);
  const falseNot = lines.filter(({ exitCode, broken = [] }) => exitCode === 4 && broken.length > 0);
  return [
    '',
    `- ${lines.length} runs, ${quiet.length} of them while other programs used less than ${QUIET_PERCENT}% of the CPUs`,
    `- exit 1: ${lines.filter(({ exitCode }) => exitCode === 1).length}, of these without a failed check: ${falseFails.length}`,
    `- exit 4: ${lines.filter(({ exitCode }) => exitCode === 4).length}, of these with a premise that was not kept: ${falseNot.length}`,
    `- can't tell on the quiet machine: ${open.length} of ${quiet.length}${named(open)}`,
    `- premises kept on the quiet machine: ${kept.length} of the ${judged.length} runs that expect figures`,
  ];
}

function named(lines) {
  if (lines.length === 0) return '';
  return ` (${lines.map(({ scenario, open, broken }) => `${scenario}: ${[...open, ...broken].join(', ')}`).join('; ')})`;
}

function table(heads, rows) {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
