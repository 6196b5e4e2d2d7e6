import { CAUSES } from '../judgement/causes/index.js';
import { CAUSE_IDS, EXPLAINED_BY } from '../scenario/known-causes.js';
import { GENERATED } from './markdown-table.js';
import { code } from './value-text.js';

/** `docs/reference/causes.md` */
export function causesPage(): string {
  return `${GENERATED}
# Known causes

Explanations that this program can give, because settings, times, counters and log messages of the run show them. A report names
the causes whose evidence is there, beside the figures that they explain: never without evidence, and never instead of a
failure.

A scenario names a cause under \`knownFailures\` ([writing-a-scenario.md](../writing-a-scenario.md#known-failures)) for what it finds by chance. A
cause counts only if it is shown for every single violation. No cause explains a lease that two clients hold at the same time.

${CAUSE_IDS.map(section).join('\n')}`;
}

function section(id: keyof typeof CAUSES): string {
  const { title, meaning, shownBy, whatToDo, versions, upstream } = CAUSES[id];
  const checks: readonly string[] = EXPLAINED_BY[id];
  const explained =
    checks.length === 0 ? 'figures, and failures that stay failures' : checks.map(code).join(', ');
  return `## ${code(id)}: ${title}

${meaning}

- **Explains**: ${explained}.
- **Shown by**: ${shownBy}
- **Versions**: ${versions}
- **Upstream**: ${upstream}
- **What to do**: ${whatToDo}
`;
}
