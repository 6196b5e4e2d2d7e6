import { z } from 'zod';
import { isSourceWhole } from '../../../results/source-whole.js';
import { CHECK_NAMES } from '../../../results/check-names.js';
import type { Result } from '../../../results/result.js';
import { isCpuShort, isKeptBusyByOthers, isShared } from '../../../judgement/machine/machine.js';
import { CHECK_MEANINGS } from './check-meanings.js';
import { ERROR_MEANINGS, EXIT_MEANINGS } from '../../../error-meanings.js';
import { mostTelling } from './reason.js';
import { nextOfRecorded, NOTHING } from './next-of-recorded.js';

/** What the reader does next, in a sentence or two. */
export function nextStep(result: Result): string {
  return result.source === null ? nextOfRun(result) : nextOfRecorded(result);
}

function nextOfRun(result: Result): string {
  switch (result.outcome) {
    case 'pass':
      return NOTHING;
    case 'fail':
      return lookText(result);
    case 'not reproduced':
      return EXIT_MEANINGS.notReproduced.mend;
    case 'not comparable':
      return comparable(result);
    case 'inconclusive':
      return again(result);
    case 'control held':
      return 'Nothing needs to be done: the harness found the violations of the negative control.';
    case 'control not held':
      return 'Do not trust a pass of this installation until the control fails as intended. Please report it, with the run directory.';
    case 'interrupted':
      return 'Run it again. What was observed is judged and stored.';
    case 'could not be run':
      return mendOf(result);
    case 'not held':
      return 'A lower rate may hold; the page of the suite has the answer.';
    case 'not driven':
    case "can't tell":
      return 'Run the whole suite again on a quieter machine; the page of the suite has the command.';
    case 'skipped':
      return ERROR_MEANINGS.PREREQUISITE.mend;
  }
}

function lookText(result: Result): string {
  const first = mostTelling(result);
  const name = CHECK_NAMES.find((one) => one === first?.name);
  if (name === undefined)
    return 'The scenario states this check. The page has the figures behind it, by server and over time.';
  const { look, open } = CHECK_MEANINGS[name];
  return `Look here: ${first?.verdict === 'inconclusive' ? (open ?? look) : look}`;
}

function comparable({ reproduction, resources, scenario }: Result): string {
  const broken = (reproduction?.premises ?? []).filter(({ verdict }) => verdict !== 'pass');
  if (broken.some(({ name }) => name === 'premise.topology'))
    return 'If you want an experiment other than the published one, leave out the comparison with `--set published=null`.';
  if (broken.length === 0) return 'The page says which figure is not known, and why.';
  const machine = resources?.machine ?? null;
  return isShared(machine)
    ? 'Run it again when nothing else keeps the machine busy.'
    : `Run it again on a machine with more CPUs, or ${withLessLoad(scenario)}.`;
}

/**
 * The advice for an inconclusive run. A shortage passes or can be avoided; any other reason needs a look. Where nobody
 * else used the machine, the run itself was too much for it, and the same load ends the same way again.
 */
function again(result: Result): string {
  const { short = [], resources, scenario } = result;
  // What is missing says nothing of the machine.
  const isBusy = isSourceWhole(result) && (short.length > 0 || isCpuShort(resources?.machine ?? null));
  if (!isBusy) return `${lookText(result)} Then run it again.`;
  const machine = resources?.machine ?? null;
  if (machine !== null && !isKeptBusyByOthers(machine)) {
    const where = isCpuShort(machine) ? 'on a machine with more CPUs, or ' : '';
    return `Run it again ${where}${withLessLoad(scenario)}.`;
  }
  return (
    `Run it again on a quieter machine, or ${withLessLoad(scenario)}; ` +
    '`--retry-inconclusive` repeats such runs by itself.'
  );
}

/** The settings that decide how much load there is. Stages take the place of the rate, and an avalanche has no rate. */
const LOAD = z.object({
  load: z.object({ arrival: z.string(), stages: z.array(z.unknown()).optional() }),
});

/** Which setting to lower, as the setting of another scenario changes nothing. */
function withLessLoad({ effective }: Result['scenario']): string {
  const { load } = LOAD.safeParse(effective).data ?? {};
  if (load?.arrival === 'avalanche') return 'with fewer clients (`--set load.clientsPerServer=N`)';
  const stages = load?.stages?.length ?? 0;
  if (stages > 1) return 'at lower rates (`load.stages`, in a copy of the scenario)';
  return `at a lower rate (\`--set load.${stages === 1 ? 'stages.0.' : ''}ratePerServer=N\`)`;
}

/** The remedy for the error that ended the run. The message ends with the code of the error. */
function mendOf({ checks }: Result): string {
  const early = checks.find(({ name, verdict }) => name === 'run.endedEarly' && verdict !== 'pass');
  const code = /\((\w+)\)$/.exec(early?.actual ?? '')?.[1];
  const meaning = Object.entries(ERROR_MEANINGS).find(([name]) => name === code)?.[1];
  return `${meaning?.mend ?? 'The message names what ended it.'} Then run it again.`;
}
