import type { LeaseChange } from '../../evidence/commits/commit-file.js';
import type { NodeCommits } from '../../evidence/commits/evidence.js';
import { seenOf, type SystemEvidence } from '../../evidence/system.js';
import type { CommitFindingKind, CommitsJudgement } from '../../results/commits.js';
import { clockOf } from '../audit/tables/lifetimes.js';
import { leaseText } from '../audit/tables/case-tables.js';
import type { WhoseRows } from '../audit/input.js';
import type { CaseState } from '../fold/case-state.js';
import { notCommitted } from './answers.js';
import { CommitClients } from './clients.js';
import { Delays } from './delays.js';
import { givenLeases, HeldBy } from './given.js';
import { signatureOf, type CommitsInput } from './input.js';
import { compareHistories, type Gap, type Step } from './order.js';
import { replacements } from './owners.js';
import { notTold, otherLifetimes } from './told.js';
import { isWhole } from './whole.js';
import { witnessed, type Found } from './witnesses.js';

const LISTED_PER_KIND = 20;

/**
 * Judges what the binary logs of the nodes say of the leases between the start of the load and its end.
 *
 * @param toldOfAll whether each lease that was stored should have been told to its client by an answer that was observed.
 *   That is not so in a run that was cut off, nor where offers store leases
 * @param aheadUs how far the clocks of all servers are ahead of the harness's, microseconds
 */
export function judgeCommits(
  input: CommitsInput,
  system: SystemEvidence,
  whose: WhoseRows,
  states: readonly CaseState[],
  { toldOfAll, aheadUs }: { toldOfAll: boolean; aheadUs: number },
): CommitsJudgement {
  const { replicated: shared } = system;
  const read = input.nodes.filter(({ changes }) => seenOf(changes) !== undefined);
  const reference = [...read].sort((one, other) => changesOf(other) - changesOf(one))[0];
  const clients = new CommitClients(whose, states);
  const delays = new Delays();
  const gaps = new Map<string, readonly Gap[]>();
  const found: Found[] = [];
  if (reference !== undefined && shared)
    for (const { node, comparison } of comparisons(input, reference, read, delays, system)) {
      gaps.set(node.name, comparison.gaps);
      for (const lease of comparison.leases)
        found.push({
          kind: 'other-order',
          lease,
          detail: `${node.name} has other changes of it than ${reference.name}, or has them in another order`,
        });
    }
  const { zeroUnixUs } = clockOf(system, aheadUs);
  const given = givenLeases(states, system);
  const held = new HeldBy(given, clients);
  const owners = shared ? read.filter((node) => node === reference) : read;
  const whole = read.filter(({ name }) => isWhole({ node: name, gaps: gaps.get(name) ?? [] }, input));
  const leases = new Set<string>();
  for (const { name } of owners) {
    for (const { row } of input.changes(name)) leases.add(leaseText(row));
    for (const { lease, before, change } of replacements(input.changes(name), zeroUnixUs, held))
      found.push({
        kind: 'replaced',
        lease,
        detail: `${name}: it belonged to ${clients.text(before.row)}, and was given to ${clients.text(change.row)} before that had ended`,
      });
  }
  for (const { lease, caseName, client, server } of notCommitted(given, input, {
    whole: whole.map(({ name }) => name),
    clients,
    zeroUnixUs,
  }))
    found.push({
      kind: 'not-committed',
      lease,
      detail: `${server} gave it to client ${client} of ${caseName}, and its node had not committed that by then`,
    });
  // What is missing in a history with a gap tells nothing.
  for (const { name } of owners.filter((node) => whole.includes(node))) {
    const endUs = system.clock.end.atUs;
    found.push(...otherLifetimes(input.changes(name), states, clients));
    if (toldOfAll) found.push(...notTold(input.changes(name), states, { held, clients, endUs }));
  }
  const once = onePerLease(found);
  const listed = firstOfEachKind(once);
  return {
    shared,
    nodes: input.nodes.map(({ name: node, changes }) => {
      const its = seenOf(changes);
      return {
        node,
        changes: its?.rows ?? null,
        ...('failed' in changes ? { notRead: changes.failed } : {}),
        ...('absent' in changes ? { notRead: changes.absent } : {}),
        ...(its?.cutOff === undefined ? {} : { cutOff: its.cutOff }),
        gaps: gaps.get(node) ?? [],
      };
    }),
    changes: reference === undefined ? 0 : changesOf(reference),
    leases: leases.size,
    resolutionMs: delays.resolutionMs,
    replicationMs: delays.replicationMs,
    counts: countsOf(once),
    findings: witnessed(listed, input, read, given, clients),
    omitted: once.length - listed.length,
    answers: given.length,
  };
}

function changesOf({ changes }: NodeCommits): number {
  return seenOf(changes)?.rows ?? 0;
}

/** Goes over all histories at once, and over each pair of those that are not the same. */
function* comparisons(
  { changes }: CommitsInput,
  reference: NodeCommits,
  read: readonly NodeCommits[],
  delays: Delays,
  { settling, clock }: Pick<SystemEvidence, 'settling' | 'clock'>,
) {
  const walks = read.map((node) => ({ node, walk: changes(node.name)[Symbol.iterator]() }));
  for (;;) {
    const next = walks.map(({ node, walk }) => [node.serverId, walk.next()] as const);
    const same = next.flatMap(([id, { value, done }]) => (done === true ? [] : [[id, value] as const]));
    const [first] = same;
    if (first === undefined) {
      for (const { node } of walks) yield { node, comparison: { gaps: [], leases: new Set<string>() } };
      return;
    }
    if (same.length < walks.length || !same.every(([, one]) => isSame(one, first[1]))) break;
    delays.add(same);
  }
  const steps = (node: NodeCommits): Step[] => stepsOf(changes(node.name), clock.end.atUs);
  const its = steps(reference);
  for (const node of read)
    if (node !== reference) {
      const other = steps(node);
      const mayEndEarly = node.ended === true || !settling.settled || hasOnlyEarlierFiles(node, other);
      yield { node, comparison: compareHistories(its, other, { mayEndEarly }) };
    }
}

/**
 * Whether a node was started again after the last change that its log has. It may have been killed before it wrote what the
 * others had written, and a state transfer writes nothing into its log.
 */
function hasOnlyEarlierFiles({ changes }: NodeCommits, steps: readonly Step[]): boolean {
  const { files = 1 } = seenOf(changes) ?? {};
  return files > Math.max(1, steps.at(-1)?.file ?? 1);
}

function isSame(one: LeaseChange, other: LeaseChange): boolean {
  return leaseText(one.row) === leaseText(other.row) && signatureOf(one) === signatureOf(other);
}

/** @param endUs the end of the load, on the run's clock */
function stepsOf(changes: Iterable<LeaseChange>, endUs: number): Step[] {
  let isWatched = false;
  return Array.from(changes, (change) => {
    const { afterUs, file, row } = change;
    if (afterUs !== null) isWatched = true;
    // What nobody saw was written before the watch began or after it had ended.
    const isLate = afterUs === null ? isWatched : afterUs >= endUs;
    return { lease: leaseText(row), signature: signatureOf(change), file, isLate };
  });
}

function onePerLease(found: readonly Found[]): Found[] {
  return [...new Map(found.map((one) => [`${one.kind} ${one.lease}`, one])).values()];
}

function firstOfEachKind(found: readonly Found[]): Found[] {
  const listed = new Map<CommitFindingKind, number>();
  return found.filter(({ kind }) => {
    const count = (listed.get(kind) ?? 0) + 1;
    listed.set(kind, count);
    return count <= LISTED_PER_KIND;
  });
}

function countsOf(found: readonly Found[]): CommitsJudgement['counts'] {
  const counts: Partial<Record<CommitFindingKind, number>> = {};
  for (const { kind } of found) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
