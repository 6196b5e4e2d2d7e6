import { HarnessError } from '../../errors.js';
import { parseCheck } from '../../scenario/checks/parse.js';
import type { Scenario } from '../../scenario/schema.js';
import type { CaseFigures } from '../../results/case.js';
import type { Check } from '../../results/check.js';
import type { MachineFigures } from '../../results/resources.js';
import { evaluate, type ExcuseOf, type NamedCheck } from './evaluate.js';
import { busyText, isCpuShort } from '../machine/machine.js';
import { isUnsound } from './enough-measured.js';

/**
 * Evaluates the `checks` of a scenario. They come beside the checks that are always on, and can't weaken them.
 *
 * @param soundness the checks on whether the run could be measured at all
 * @param machine null where nobody measured what the load used of the machine
 * @throws HarnessError SOURCE for a check that can't be read; loading a scenario has refused it before
 */
export function statedChecks(
  cases: readonly CaseFigures[],
  { checks = [] }: Partial<Pick<Scenario, 'checks'>>,
  soundness: readonly Check[],
  machine: MachineFigures | null,
): Check[] {
  const shortOf =
    machine !== null && isCpuShort(machine) ? `the machine fell short: ${busyText(machine)}` : undefined;
  const excuseOf: ExcuseOf = (name) => shortOf ?? (isUnsound(soundness, name) ? '' : undefined);
  return checks.flatMap((text) => evaluate(readCheck(text), cases, excuseOf));
}

/** @throws HarnessError SOURCE for a text that is not a check */
export function readCheck(text: string): NamedCheck {
  const { check, problem } = parseCheck(text);
  if (check !== undefined) return { name: text.trim(), check };
  throw new HarnessError('SOURCE', `the run's scenario states a check that can't be read: ${text}`, {
    hint: problem.message,
  });
}
