import { EXIT } from '../errors.js';
import { bracketOf } from '../report/rates/bracket.js';
import { isBusy } from '../report/rates/words.js';
import { suiteArguments } from '../report/words/rerun.js';
import type { Limit } from '../report/limit-schema.js';
import type { Suite } from '../report/suite-result.js';
import { TOOL } from '../tool.js';
import { limitsOf } from './answer.js';
import { toLookAt, type SuiteMember } from './headline.js';
import { nameParts } from './names.js';

/** What the reader of a suite does next. The command is that of the whole suite: one run alone does not repeat it. */

/** The command that makes the suite again. Undefined where nothing tells it, as for a search of an older version. */
export function suiteCommand(suite: Suite, members: readonly SuiteMember[]): string | undefined {
  const [result] = members.flatMap((one) => one.result ?? []);
  // The runs of find-limit name the command of each run.
  const ofRuns = suite.limit === undefined ? result?.scenario.argv : undefined;
  const argv = suite.argv ?? ofRuns;
  return argv === undefined ? undefined : `${result?.tool.name ?? TOOL.name} ${suiteArguments(argv)}`;
}

/** A text, or a run whose page it speaks of. */
export type NextPart = string | { name: string };

/** {@link suiteNextParts} as one text. */
export function suiteNext(suite: Suite, members: readonly SuiteMember[]): string {
  return suiteNextParts(suite, members)
    .map((part) => (typeof part === 'string' ? part : part.name))
    .join('');
}

/** One or two sentences, with the command that they speak of in backticks. */
export function suiteNextParts(suite: Suite, members: readonly SuiteMember[]): NextPart[] {
  const command = suiteCommand(suite, members);
  const again = command === undefined ? 'Run the whole again.' : `Run the whole again: \`${command}\``;
  switch (suite.exitCode) {
    case EXIT.pass:
    case EXIT.inconclusive:
      return limitsOf(suite).length > 0 ? afterSearch(suite, again) : afterRuns(suite, again);
    case EXIT.interrupted:
    case EXIT.terminated:
      return [`It was ended before its last run. ${again}`];
    default:
      return [...lookText(suite), again];
  }
}

function afterRuns(suite: Suite, again: string): NextPart[] {
  if (suite.exitCode === EXIT.pass) return [`Nothing needs to be done. ${again}`];
  return [...lookText(suite), `On a quieter machine more may be told. ${again}`];
}

function lookText({ runs }: Suite): NextPart[] {
  const those = toLookAt(runs);
  return those.length === 0 ? [] : ['Look at the ', ...pagesOf(those), '. '];
}

/** Such as `pages of 200, 238`. */
function pagesOf(runs: readonly { name: string }[]): NextPart[] {
  return [runs.length === 1 ? 'page of ' : 'pages of ', ...nameParts(runs)];
}

function afterSearch(suite: Suite, again: string): NextPart[] {
  const limits = limitsOf(suite);
  const nexts = limits.map((limit) => ({ limit, ...nextOf(limit) }));
  const open = nexts.filter(({ next }) => next !== undefined && next.outcome !== 'exceeded');
  if (open.some(({ next }) => next !== undefined && isBusy(next)))
    return [`For the rates that were not told: stop other programs, or take a quieter machine. ${again}`];
  if (open.length > 0) {
    const names = open.flatMap(({ next }) => (next === undefined ? [] : [{ name: next.run }]));
    const say = names.length === 1 ? 'says' : 'say';
    return ['The ', ...pagesOf(names), ` ${say} what kept the rate from being told. ${again}`];
  }
  const look = lookText(suite);
  const closed = nexts.filter(({ held, next }) => held !== undefined && next !== undefined);
  // A search has narrowed the limit itself. The rates of a suite are far apart.
  if (closed.length > 0 && suite.limit === undefined) {
    const searches = closed.map(
      ({ limit, held, next }) => `\`${searchOf(limit, held, next?.ratePerServer)}\``,
    );
    return [...look, `For the limit between these rates: ${searches.join(' and ')}. ${again}`];
  }
  const top = nexts.find(({ held, next }) => held !== undefined && next === undefined);
  if (top !== undefined)
    return [
      ...look,
      suite.limit === undefined
        ? `Higher rates are for \`${searchOf(top.limit, top.held, undefined)}\`. ${again}`
        : `The limit is above: give a higher \`--to\`. ${again}`,
    ];
  if (closed.length > 0) return [...(look.length === 0 ? ['Nothing needs to be done. '] : look), again];
  return [`Try lower rates: \`${TOOL.name} find-limit --from 1\`.`];
}

function nextOf({ trials }: Limit) {
  const { held, notHeld } = bracketOf(trials);
  return { held, next: trials.find(({ ratePerServer }) => ratePerServer === notHeld) };
}

function searchOf({ cases }: Limit, from: number | undefined, to: number | undefined): string {
  const bounds = [
    ...(from === undefined ? [] : [`--from ${from}`]),
    ...(to === undefined ? [] : [`--to ${to}`]),
  ];
  return [TOOL.name, 'find-limit', ...bounds, `--set 'cases=[${cases.join(', ')}]'`].join(' ');
}
