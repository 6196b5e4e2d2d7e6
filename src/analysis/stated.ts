import { HarnessError } from '../errors.js';
import { parseCheck } from '../scenario/checks/parse.js';
import type { Scenario } from '../scenario/schema.js';
import type { CaseFigures } from './case-figures.js';
import { evaluate, type NamedCheck } from './checks/evaluate.js';
import { toleranceChecks } from './checks/tolerance.js';
import type { Check } from './model.js';

/**
 * What the scenario states, as rows: its `checks`, and the tolerances of `published`. They come beside the checks
 * that are always on and can take nothing from them.
 *
 * @throws HarnessError SOURCE for a check that can't be read; loading a scenario has refused it before
 */
export function statedChecks(
  cases: readonly CaseFigures[],
  { checks = [], published }: Partial<Pick<Scenario, 'checks' | 'published'>>,
  soundness: readonly Check[],
): Check[] {
  const named = [
    ...checks.map(readCheck),
    ...(published === undefined ? [] : toleranceChecks(published, cases)),
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
