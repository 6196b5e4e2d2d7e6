import { HarnessError } from '../errors.js';
import { parseCheck } from '../scenario/checks/parse.js';
import type { Scenario } from '../scenario/schema.js';
import type { CaseFigures } from './case-figures.js';
import { evaluate, type NamedCheck } from './checks/evaluate.js';
import { toleranceChecks } from './checks/tolerance.js';
import { otherExperiment } from './comparison.js';
import type { Check } from './model.js';

/**
 * What the scenario states, as rows: its `checks`, and the tolerances of `published`. They come beside the checks
 * that are always on and can take nothing from them. The tolerances are about the article's experiment, and judge no
 * other.
 *
 * @throws HarnessError SOURCE for a check that can't be read; loading a scenario has refused it before
 */
export function statedChecks(
  cases: readonly CaseFigures[],
  { checks = [], published, load }: Partial<Pick<Scenario, 'checks' | 'published' | 'load'>>,
  soundness: readonly Check[],
): Check[] {
  const isPublishedExperiment = ({ servers }: CaseFigures): boolean =>
    otherExperiment({ servers, arrival: load?.arrival ?? 'aligned' }).length === 0;
  const named = [
    ...checks.map(readCheck),
    ...(published === undefined ? [] : toleranceChecks(published, cases.filter(isPublishedExperiment))),
  ];
  return named.flatMap((one) => evaluate(one, cases, soundness));
}

function readCheck(text: string): NamedCheck {
  const { check, problem } = parseCheck(text);
  if (check !== undefined) return { name: text.trim(), check };
  throw new HarnessError('SOURCE', `the run's scenario states a check that can't be read: ${text}`, {
    hint: problem.message,
  });
}
