import { momentOf } from '../../numbers.js';
import type { CommitAnswer, CommitChange, CommitFinding } from '../../results/commits.js';
import { clientText } from './rows.js';

/** Something that happened to a lease: a change that nodes committed, or an answer that gave it to a client. */
export interface CommitEvent {
  /** Such as `node-1 … node-3`, in the order in which the nodes committed it; empty for an answer. */
  on: readonly CommitChange[];
  /** The node through which a change was made; null for an answer, and where no node has the number. */
  through: string | null;
  answer: CommitAnswer | undefined;
  /** Between which moments, microseconds since the run began, on the node that was first; null where nobody saw it. */
  afterUs: number | null;
  byUs: number | null;
  /** `client 5 has it until 2026-…`, `the row is removed`, `dhcp4 server-1 gives it to client 5`. */
  text: string;
}

/** What happened to the lease of a finding, in order. A change that several nodes committed is one event. */
export function commitEvents({ changes, answers }: CommitFinding): CommitEvent[] {
  const events: CommitEvent[] = [];
  const counts = new Map<string, number>();
  const merged = new Map<string, CommitChange[]>();
  for (const change of changes) {
    const what = `${change.kind} ${change.through ?? ''} ${ownerText(change)} ${change.state} ${change.expire ?? ''}`;
    const number = (counts.get(`${change.node} ${what}`) ?? 0) + 1;
    counts.set(`${change.node} ${what}`, number);
    const key = `${number} ${what}`;
    merged.set(key, [...(merged.get(key) ?? []), change]);
  }
  for (const on of merged.values()) {
    const [first] = on;
    if (first === undefined) continue;
    events.push({
      on,
      through: first.through,
      answer: undefined,
      afterUs: least(on.map(({ afterUs }) => afterUs)),
      byUs: least(on.map(({ byUs }) => byUs)),
      text: changeText(first),
    });
  }
  for (const answer of answers)
    events.push({
      on: [],
      through: null,
      answer,
      afterUs: answer.fromUs,
      byUs: answer.fromUs,
      text: `${answer.server} gives it to client ${answer.client} of ${answer.case}`,
    });
  return events.sort((one, other) => (one.afterUs ?? -1) - (other.afterUs ?? -1));
}

function least(times: readonly (number | null)[]): number | null {
  const known = times.filter((one) => one !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function changeText(change: CommitChange): string {
  const until =
    change.expire === null ? '' : ` until ${new Date(change.expire * 1_000).toISOString().slice(11, 19)}`;
  if (change.kind === 'delete') return 'the row is removed';
  return change.state === 0
    ? `it belongs to ${ownerText(change)}${until}`
    : `its state is ${change.state}, owner ${ownerText(change)}`;
}

function ownerText({ case: name, client, identity }: CommitChange): string {
  if (client !== null && name !== null) return `client ${client} of ${name}`;
  return identity === null ? 'nobody' : clientText(0, identity, undefined, 'unnumbered');
}

/** `12.413 s` of an answer, `12.410–12.415 s` of a commit, `before` of what was there before the load. */
export function eventTime({ afterUs, byUs }: Pick<CommitEvent, 'afterUs' | 'byUs'>): string {
  if (afterUs === null || byUs === null) return 'before';
  const [from, to] = [afterUs, byUs].map(momentOf);
  return from === to ? `${from} s` : `${from}–${to} s`;
}

/** `node-2, made through node-1`. */
export function whereText({ on, through }: CommitEvent): string {
  const nodes = on.map(({ node }) => node).join(', ');
  return on.length === 0 ? '' : `${nodes}${through === null ? '' : `, made through ${through}`}`;
}
