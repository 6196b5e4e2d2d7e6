import { number } from '../../numbers.js';
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
  const ofNodes = nodesText(accompanying);
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

/**
 * The conflict counters of the nodes that replicate. Other nodes are left out, although MariaDB keeps some of the
 * counters there too.
 */
function nodesText({ nodes: all }: Accompanying): string[] {
  const nodes = all.filter(({ growth }) => 'wsrep_last_committed' in growth);
  if (nodes.length === 0) return [];
  const each = (counter: string): number[] => nodes.map(({ growth }) => growth[counter] ?? 0);
  const pausedMs = each('wsrep_flow_control_paused_ns').map((ns) => Math.round(ns / 1e6));
  return [
    `${nodes.map(({ node }) => node).join(', ')}: certification failures ${each('wsrep_local_cert_failures').join(', ')}; ` +
      `transactions aborted by replication ${each('wsrep_local_bf_aborts').join(', ')}; ` +
      `paused by flow control ${pausedMs.join(', ')} ms`,
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
