import { CAUSES } from '../../judgement/causes/index.js';
import type { RunCause } from '../../results/causes.js';
import { CAUSE_IDS, type CauseId } from '../../scenario/known-causes.js';
import type { Result } from '../../results/result.js';

/** A known cause with all that it explains in a run. */
export interface ToldCause {
  id: CauseId;
  title: string;
  meaning: string;
  whatToDo: string;
  explains: readonly { case: string; explains: readonly string[]; text: string }[];
}

export const CAUSES_TITLE = 'Known causes';

/** The causes whose evidence is in the run, each once. What explains a known failure stands with the known failures. */
export function toldCauses({ causes = [], checks }: Pick<Result, 'causes' | 'checks'>): ToldCause[] {
  const isKnown = ({ case: name, explains }: RunCause): boolean =>
    checks.some((check) => check.known !== undefined && check.name === explains && check.case === name);
  const told = causes.filter((one) => !isKnown(one));
  return CAUSE_IDS.filter((id) => told.some(({ cause }) => cause === id)).map((id) => {
    const { title, meaning, whatToDo } = CAUSES[id];
    return { id, title, meaning, whatToDo, explains: together(told.filter(({ cause }) => cause === id)) };
  });
}

/** One entry for what one sentence explains of a case. */
function together(causes: readonly RunCause[]): ToldCause['explains'] {
  const keyOf = (one: RunCause): string => JSON.stringify([one.case, one.text]);
  return [...new Set(causes.map(keyOf))].map((key) => {
    const same = causes.filter((one) => keyOf(one) === key);
    const [{ case: name, text } = { case: '', text: '' }] = same;
    return { case: name, explains: same.map(({ explains }) => explains), text };
  });
}

/** `dhcp6-ia-na committing.refusals.clients` */
export function explainedText({ case: name, explains }: ToldCause['explains'][number]): string {
  return [...(name === '' ? [] : [name]), explains.join(', ')].join(' ');
}
