import { number } from '../../numbers.js';
import { CONFLICTS, grownBy, notCountedTexts, replicatingNodes } from '../words/conflicts.js';
import { milliseconds } from '../words/numbers.js';
import { isFirstOfItsName } from '../words/phase-label.js';
import type { CaseResult } from '../../results/case.js';
import type { Result } from '../../results/result.js';
import { figuresByNodeNote } from '../words/proxy.js';
import { wrap } from '../words/wrap.js';

type Accompanying = NonNullable<Result['accompanying']>;

/**
 * For each case, the errors in the servers' logs beside the refusals of the case; then the conflicts that the nodes
 * counted. The lines state what occurred together. They claim no cause.
 */
export function accompanyingLines(result: Result, columns: number): string[] {
  const { accompanying, cases } = result;
  if (accompanying === null || accompanying === undefined) return [];
  const ofNodes = nodesText(result);
  const note = ofNodes.length === 0 ? undefined : figuresByNodeNote(result);
  return [
    ...cases.flatMap((one) => caseText(one, accompanying)),
    ...ofNodes,
    ...(note === undefined ? [] : [note]),
  ].flatMap((text) => wrap(text, columns - 2, 2, '- '));
}

function caseText({ name, phases }: CaseResult, { messages, withoutLog = [] }: Accompanying): string[] {
  const errors = messages.filter(
    ({ server, severity, errorCodes }) =>
      server.startsWith(`${name} `) && (severity !== 'WARN' || Object.keys(errorCodes).length > 0),
  );
  const identifiers = [...new Set(errors.map(({ identifier }) => identifier))].slice(0, 3);
  const logged = identifiers.map((identifier) => {
    const those = errors.filter((one) => one.identifier === identifier);
    const servers = those
      .map(({ server, count }) => `${server.slice(name.length + 1)} ${number(count)}`)
      .join(', ');
    return `${identifier} ${number(sum(those.map(({ count }) => count)))} times${codesText(those)}, ${servers}`;
  });
  const refused = phases
    .filter(isFirstOfItsName)
    .flatMap(({ name: phase, refusals }) =>
      refusals.reasons.map(({ reason, allAttempts }) => `${reason} ${number(allAttempts)} in ${phase}`),
    );
  const unseen = withoutLog.filter((server) => server.startsWith(`${name} `)).length;
  if (logged.length === 0 && refused.length === 0 && unseen === 0) return [];
  return [
    `${name}: answered ${refused.length === 0 ? 'without refusals' : refused.join(', ')}; ` +
      loggedText(logged, unseen),
  ];
}

function loggedText(logged: readonly string[], unseen: number): string {
  const logs = unseen === 1 ? 'the log of 1 server was' : `the logs of ${unseen} servers were`;
  const notSeen = unseen === 0 ? [] : [`${logs} not readable`];
  if (logged.length > 0) return [`logged ${logged.join('; ')}`, ...notSeen].join('; ');
  return notSeen[0] ?? 'logged no errors';
}

/** Such as ` (database error 1213 in 21)`. */
function codesText(messages: Accompanying['messages']): string {
  const codes = summed(messages.map(({ errorCodes }) => errorCodes));
  const reads = summed(messages.map(({ readErrorCodes = {} }) => readErrorCodes));
  const parts = [...codes].map(([code, count]) => {
    const its = reads.get(code) ?? 0;
    return `database error ${code} in ${number(count)}${its === 0 ? '' : `, ${number(its)} of them for a SELECT`}`;
  });
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function summed(counts: readonly Readonly<Record<string, number>>[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [code, count] of counts.flatMap((one) => Object.entries(one)))
    sums.set(code, (sums.get(code) ?? 0) + count);
  return sums;
}

/** The counters of the nodes that replicate. */
function nodesText(result: Result): string[] {
  const nodes = replicatingNodes(result);
  if (nodes.length === 0) return [];
  const each = Object.entries(CONFLICTS).map(
    ([counter, words]) => `${words} ${nodes.map((one) => grownBy(one, counter)).join(', ')}`,
  );
  const paused = nodes.map(({ growth }) =>
    milliseconds(growth && (growth['wsrep_flow_control_paused_ns'] ?? 0) / 1e6),
  );
  const names = nodes.map(({ node }) => node).join(', ');
  return [
    [
      `${names}: ${each.join('; ')}; paused by flow control ${paused.join(', ')} ms`,
      ...notCountedTexts(result),
    ].join('; '),
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
