import type { LeaseChange } from '../../evidence/commits/commit-file.js';
import type { NodeCommits } from '../../evidence/commits/evidence.js';
import { seenOf, type SystemEvidence } from '../../evidence/system.js';
import type {
  CommitAnswer,
  CommitChange,
  CommitFinding,
  CommitFindingKind,
  CommitsJudgement,
} from '../../results/commits.js';
import { clockOf } from '../audit/tables/lifetimes.js';
import { leaseText } from '../audit/tables/case-tables.js';
import { serverName } from '../checks/server-name.js';
import type { CaseState } from '../fold/case-state.js';
import { notCommitted, type Given } from './answers.js';
import { CommitClients } from './clients.js';
import { Delays } from './delays.js';
import { signatureOf, type CommitsInput } from './input.js';
import { compareHistories, type Gap, type Step } from './order.js';
import { replacements } from './owners.js';

export interface JudgedCommits extends CommitsJudgement {
  /** How many answers were looked for in the histories. */
  answers: number;
}

const LISTED_PER_KIND = 20;
/** How many changes of a lease a finding shows of each node. */
const SHOWN_CHANGES = 12;

/** A finding before its changes and answers are looked up. */
type Found = Pick<CommitFinding, 'kind' | 'lease' | 'detail'>;

/** Judges what the binary logs of the nodes say of the leases between the start of the load and its end. */
export function judgeCommits(
  input: CommitsInput,
  system: SystemEvidence,
  seed: number,
  states: readonly CaseState[],
): JudgedCommits {
  const { replicated: shared } = system;
  const read = input.nodes.filter(({ changes }) => seenOf(changes) !== undefined);
  const reference = [...read].sort((one, other) => changesOf(other) - changesOf(one))[0];
  const clients = new CommitClients(seed, states);
  const delays = new Delays();
  const gaps = new Map<string, readonly Gap[]>();
  const found: Found[] = [];
  if (reference !== undefined && shared)
    for (const { node, comparison } of comparisons(input, reference, read, delays, system.settling.settled)) {
      gaps.set(node.name, comparison.gaps);
      for (const lease of comparison.leases)
        found.push({
          kind: 'other-order',
          lease,
          detail: `${node.name} has other changes of it than ${reference.name}, or has them in another order`,
        });
    }
  const { zeroUnixUs } = clockOf(system);
  const owners = shared ? read.filter((node) => node === reference) : read;
  const leases = new Set<string>();
  for (const { name } of owners) {
    for (const { row } of input.changes(name)) leases.add(leaseText(row));
    for (const { lease, before, change } of replacements(input.changes(name), zeroUnixUs))
      found.push({
        kind: 'replaced',
        lease,
        detail: `${name}: it belonged to ${clients.text(before.row)}, and was given to ${clients.text(change.row)} before that had ended`,
      });
  }
  const given = givenLeases(states, system);
  for (const { lease, caseName, client, server } of notCommitted(given, input, {
    whole: read.map(({ name }) => name).filter((name) => (gaps.get(name) ?? []).length === 0),
    clients,
  }))
    found.push({
      kind: 'not-committed',
      lease,
      detail: `${server} gave it to client ${client} of ${caseName}, and its node had not committed that by then`,
    });
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
    findings: witnessed(listed, input, read, states, clients),
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
  settled: boolean,
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
  const steps = (node: NodeCommits): Step[] => Array.from(changes(node.name), stepOf);
  const its = steps(reference);
  for (const node of read)
    if (node !== reference) {
      const mayEndEarly = node.ended === true || !settled;
      yield { node, comparison: compareHistories(its, steps(node), { mayEndEarly }) };
    }
}

function isSame(one: LeaseChange, other: LeaseChange): boolean {
  return leaseText(one.row) === leaseText(other.row) && signatureOf(one) === signatureOf(other);
}

function stepOf(change: LeaseChange): Step {
  return { lease: leaseText(change.row), signature: signatureOf(change), file: change.file };
}

/** Each lease that was given to a client, with the node through which it was given; null behind a proxy. */
function givenLeases(states: readonly CaseState[], system: SystemEvidence): Given[] {
  const nodes = new Map(
    system.servers.map(({ name, node, proxy }) => [name, proxy === undefined ? node : null]),
  );
  return states.flatMap(({ layout, holdings, leases, caseIndex }) => {
    const given: Given[] = [];
    for (let holding = 0; holding < holdings.count; holding++) {
      // Cases of one network share the holdings.
      if (holdings.caseIndex(holding) !== caseIndex) continue;
      const server = serverName(layout, holdings.server(holding));
      given.push({
        lease: leases.text(holdings.lease(holding)),
        caseName: layout.name,
        caseIndex,
        client: holdings.client(holding),
        server,
        node: nodes.get(`${layout.name} ${server}`) ?? null,
        fromUs: holdings.fromUs(holding),
        untilUs: holdings.untilUs(holding),
      });
    }
    return given;
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

/** Adds the changes of the leases on every node, and the answers that gave them. */
function witnessed(
  found: readonly Found[],
  input: CommitsInput,
  read: readonly NodeCommits[],
  states: readonly CaseState[],
  clients: CommitClients,
): CommitFinding[] {
  if (found.length === 0) return [];
  const wanted = new Map(found.map(({ lease }) => [lease, [] as CommitChange[]]));
  const through = new Map(input.nodes.map(({ name, serverId }) => [serverId, name]));
  for (const { name } of read) {
    const shown = new Map<string, number>();
    for (const change of input.changes(name)) {
      const lease = leaseText(change.row);
      const its = wanted.get(lease);
      const count = (shown.get(lease) ?? 0) + 1;
      shown.set(lease, count);
      if (its === undefined || count > SHOWN_CHANGES) continue;
      const { kind, afterUs, byUs, row, serverId } = change;
      its.push({
        ...{ node: name, through: through.get(serverId) ?? null, kind, afterUs, byUs },
        ...clients.of(row),
        ...{ state: row.state, expire: row.expire },
      });
    }
  }
  const answers = new Map<string, CommitAnswer[]>();
  for (const { layout, holdings, leases, caseIndex } of states)
    for (let holding = 0; holding < holdings.count; holding++) {
      if (holdings.caseIndex(holding) !== caseIndex) continue;
      const lease = leases.text(holdings.lease(holding));
      if (!wanted.has(lease)) continue;
      const untilUs = holdings.untilUs(holding);
      const answer = {
        ...{ case: layout.name, client: holdings.client(holding) },
        server: serverName(layout, holdings.server(holding)),
        fromUs: holdings.fromUs(holding),
        untilUs: Number.isFinite(untilUs) ? untilUs : null,
      };
      answers.set(lease, [...(answers.get(lease) ?? []), answer]);
    }
  return found.map((one) => ({
    ...one,
    changes: wanted.get(one.lease) ?? [],
    answers: answers.get(one.lease) ?? [],
  }));
}
