import { number, outOf } from '../../numbers.js';
import { endsByItself, isOfLinks, recordedKind } from '../../faults/index.js';
import type { FaultFigures, FaultsResult } from '../../results/faults.js';
import type { Result } from '../../results/result.js';
import { durabilitySentences } from './durability.js';
import { faultName, leaseSentences } from './fault-leases.js';
import { percent } from './percent.js';
import { seconds } from './seconds.js';

export const FAULTS_TITLE = 'Faults, in seconds of the load';

/**
 * What faults did, a sentence each: the faults, what each server's clients saw, the states of the nodes.
 *
 * @param all false to leave out servers that went on giving leases
 */
export function faultSentences(result: ResultWithFaults, all = true): string[] {
  const { faults } = result;
  if (faults === undefined) return [];
  return [
    ...durabilitySentences(result),
    ...faults.faults.flatMap((one) => [
      faultSentence(one),
      ...metSentences(one),
      ...one.servers.filter((server) => all || wasFelt(server)).map((server) => serverSentence(one, server)),
    ]),
    ...seenSentences(faults),
  ];
}

type ResultWithFaults = Pick<Result, 'faults' | 'scenario' | 'environment'>;

/**
 * What is known beside the faults themselves: how nodes write their commits, servers that ended, leases, lost
 * databases, states of the nodes.
 */
export function sentencesBeside(result: ResultWithFaults): string[] {
  const { faults } = result;
  return faults === undefined ? [] : [...durabilitySentences(result), ...seenSentences(faults)];
}

function seenSentences(faults: FaultsResult): string[] {
  return [
    ...faults.ended.map(({ server, atMs, how, fault }) => {
      const cause = faults.faults[fault];
      const because = cause === undefined ? '' : `, because of ${faultName(cause)}`;
      return `${server} ended at ${seconds(atMs)} (${how})${because}`;
    }),
    ...leaseSentences(faults),
    ...(faults.lostDatabases ?? []).map(databaseSentence),
    ...(faults.clientLinks ?? []).map(passedSentence),
    ...nodeSentences(faults.nodes),
  ];
}

/** Such as `node-3 → node-1: 12 of 40 packets were dropped (30%)`. */
export function metSentences({ met = [] }: Pick<FaultFigures, 'met'>): string[] {
  return met.map(({ from, to, packets, dropped, affected = dropped }) => {
    const what = affected === dropped ? 'were dropped' : 'were late or came twice';
    return `${from} → ${to}: ${outOf(affected, packets)} packets ${what}${packets === 0 ? '' : ` (${percent((100 * affected) / packets)})`}`;
  });
}

/** Such as `messages between clients and dhcp4 server-2: 12 of 40 to the server were lost (30%)`. */
function passedSentence({
  server,
  toServer,
  toClients,
}: NonNullable<FaultsResult['clientLinks']>[number]): string {
  const ways = [
    { way: 'to the server', passed: toServer },
    { way: 'to the clients', passed: toClients },
  ].flatMap(({ way, passed }) =>
    (['lost', 'doubled', 'late'] as const)
      .filter((what) => passed[what] > 0)
      .map(
        (what) =>
          `${outOf(passed[what], passed.messages)} ${way} ${PASSED[what]} (${percent((100 * passed[what]) / passed.messages)})`,
      ),
  );
  const did = ways.length === 0 ? 'faults did nothing to any' : ways.join(', ');
  return `messages between clients and ${server}: ${did}`;
}

const PASSED = { lost: 'were lost', doubled: 'came twice', late: 'came late' } as const;

/** Such as `dhcp4 server-2 lost its database at 5.4 s, and had it again at 12.0 s, after 12 attempts that failed`. */
export function databaseSentence({
  server,
  atMs,
  backAtMs,
  failedAttempts,
}: NonNullable<FaultsResult['lostDatabases']>[number]): string {
  const again = backAtMs === null ? 'and never had it again' : `and had it again at ${seconds(backAtMs)}`;
  const failed = failedAttempts === 0 ? '' : `, after ${failedAttempts} attempts that failed`;
  return `${server} lost its database at ${seconds(atMs)}, ${again}${failed}`;
}

/** Whether the clients of a server went without leases for a second or longer. */
export function wasFelt({ longestGapMs }: FaultFigures['servers'][number]): boolean {
  return (longestGapMs ?? 0) >= 1_000;
}

/** The words of a kind of fault, such as `killed` and `started again`. A later version may have kinds of its own. */
export function faultWords({ fault }: Pick<FaultFigures, 'fault'>): {
  done: string;
  undone: string;
  endsByItself: boolean;
} {
  const kind = recordedKind({ fault });
  return {
    done: kind?.done ?? fault,
    undone: kind?.undoing?.done ?? 'undone',
    endsByItself: endsByItself({ fault }),
  };
}

/** Such as `node-2 was killed at 4.0 s, and started again from 12.0 s to 15.2 s`. */
export function faultSentence(one: FaultFigures): string {
  const { fault, on, targets, hadEnded = [], planned, failed, ...times } = one;
  const { done, undone, endsByItself: isOver } = faultWords({ fault });
  const all = isOfLinks(one) ? on : targets.length > MANY ? `all ${on}` : targets.join(', ');
  const whom = `${all} ${targets.length === 1 && !isOfLinks(one) ? 'was' : 'were'}`;
  const { beganAtMs, doneAtMs, undoBeganAtMs, undoneAtMs } = times;
  const failure = failed === undefined ? '' : `: ${failed}`;
  if (beganAtMs === null) return `${whom} not ${done}, which was planned at ${planned.at}${failure}`;
  if (isOver)
    return doneAtMs === null
      ? `${whom} not all ${done}, which was begun at ${seconds(beganAtMs)}${failure}`
      : `${whom} ${done} from ${seconds(beganAtMs)} to ${seconds(doneAtMs)}`;
  const already = hadEnded.length === 0 ? '' : ` (${hadEnded.join(', ')} had ended before)`;
  const begun = `${whom} ${done} at ${seconds(beganAtMs)}${already}`;
  if (undoBeganAtMs === null) return `${begun}, and not ${undone}${failure}`;
  return undoneAtMs === null
    ? `${begun}; from ${seconds(undoBeganAtMs)} on it could not be ${undone}${failure}`
    : `${begun}, and ${undone} from ${seconds(undoBeganAtMs)} to ${seconds(undoneAtMs)}`;
}

/** More names than these are not listed. */
const MANY = 3;

/**
 * Such as `dhcp4 server-2: meanwhile 4 of 40 attempts got a lease, the first in vain 0.2 s after the fault; at most
 * 9.1 s without one, the next 3.2 s after the undoing began`.
 */
function serverSentence(fault: FaultFigures, seen: FaultFigures['servers'][number]): string {
  const { server, leases, asked, served, firstInVainMs = null, longestGapMs, firstLeaseAfterMs } = seen;
  const share =
    asked === undefined ? `${number(leases)} leases` : `${outOf(served ?? 0, asked)} attempts got a lease`;
  const first = firstInVainMs === null ? '' : `, the first in vain ${seconds(firstInVainMs)} after the fault`;
  const gap = longestGapMs === null ? 'nobody asked' : `at most ${seconds(longestGapMs)} without one`;
  const next =
    firstLeaseAfterMs === null
      ? ', none after the undoing'
      : waitedForUndoing(fault, seen)
        ? `, the next ${seconds(firstLeaseAfterMs)} after the undoing began`
        : '';
  return `${server}: meanwhile ${share}${first}; ${gap}${next}`;
}

/** Whether the clients of a server waited when the undoing began. If not, its next lease says nothing of the undoing. */
export function waitedForUndoing(
  { undoBeganAtMs }: Pick<FaultFigures, 'undoBeganAtMs'>,
  { longestGapMs, longestGapFromMs = null }: FaultFigures['servers'][number],
): boolean {
  if (undoBeganAtMs === null || longestGapMs === null) return false;
  return longestGapFromMs === null || longestGapFromMs + longestGapMs >= undoBeganAtMs;
}

/** The longest time that the clients of a server went without a lease, such as `12.4 s without a lease`. */
export function longestWaitText({ faults }: FaultsResult, server: string): string {
  const seen = faults.flatMap(({ beganAtMs, servers }) =>
    beganAtMs === null ? [] : servers.filter((one) => one.server === server && one.longestGapMs !== null),
  );
  const length = ({ longestGapMs }: FaultFigures['servers'][number]): number => longestGapMs ?? 0;
  const [worst] = seen.sort((one, other) => length(other) - length(one));
  if (worst === undefined) return 'nobody asked it for a lease';
  if (!wasFelt(worst)) return 'gave leases all the time';
  const never = worst.firstLeaseAfterMs === null ? ', none after the undoing' : '';
  return `${seconds(length(worst))} without a lease${never}`;
}

/**
 * What the faults of a run cost at most, such as `The longest time without a lease: 9.8 s, of clients of dhcp6-ia-pd
 * server-2.`
 */
export function worstWaitSentence({ faults }: FaultsResult): string {
  const [worst] = faults
    .flatMap(({ servers }) => servers)
    .sort((one, other) => (other.longestGapMs ?? 0) - (one.longestGapMs ?? 0));
  return worst === undefined || !wasFelt(worst)
    ? 'No client of any server went without a lease for a second.'
    : `The longest time without a lease: ${seconds(worst.longestGapMs ?? 0)}, of clients of ${worst.server}.`;
}

/** Such as `node-2: Primary Synced 3; silent from 4.1 s; Primary Synced 3 from 15.0 s`. */
export function nodeSentences(states: FaultsResult['nodes']): string[] {
  const nodes = [...new Set(states.map(({ node }) => node))].sort();
  return nodes.map((node) => {
    const its = states
      .filter((one) => one.node === node)
      .map(({ status, state, size, atMs }) => ({
        text: [status, state, size ?? ''].filter((part) => part !== '').join(' '),
        atMs,
      }))
      // A view may change and have the same size.
      .filter(({ text }, index, all) => text !== all[index - 1]?.text)
      .map(({ text, atMs }, index) => (index === 0 ? text : `${text} from ${seconds(atMs)}`));
    return `${node}: ${its.join('; ')}`;
  });
}
