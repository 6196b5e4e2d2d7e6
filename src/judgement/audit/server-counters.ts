import { familyOfPhases, type Family } from '../../protocol/phases.js';
import { seenOf, type Counters, type ServerEvidence } from '../../evidence/system.js';
import type { CaseLayout } from '../../observations/observation.js';
import type { ReplyKind, Traffic } from '../checks/traffic.js';
import type { ServerCounters } from '../../results/audit.js';

type Sent = NonNullable<ServerCounters['sent']>;

/** Kea's names for its counters of sent messages (Kea manual, "Statistics in the DHCPv4/DHCPv6 Server"). */
const NAMES: Readonly<Record<Family, Readonly<Record<keyof Sent, string | null>>>> = {
  4: { offers: 'pkt4-offer-sent', replies: 'pkt4-ack-sent', naks: 'pkt4-nak-sent' },
  6: { offers: 'pkt6-advertise-sent', replies: 'pkt6-reply-sent', naks: null },
};

/** What each server of a case says it sent during the load, and what arrived of it. */
export function serverCounters(
  { name, phases, servers }: CaseLayout,
  evidence: readonly ServerEvidence[],
  traffic: Traffic,
  doubledAnswers: ReadonlyMap<string, number> = new Map(),
): ServerCounters[] {
  return servers.map((server, index) => {
    const its = evidence.find((one) => one.name === `${name} ${server}`);
    const received = traffic.received[index] ?? { offers: 0, replies: 0, naks: 0, unread: 0 };
    const doubled = doubledAnswers.get(`${name} ${server}`) ?? 0;
    return {
      server,
      ...(doubled === 0 ? {} : { doubled }),
      sent: its === undefined ? null : sentDuring(its, familyOfPhases(phases)),
      received,
    };
  });
}

function sentDuring({ before, after }: ServerEvidence, family: Family): Sent | null {
  const from = seenOf(before);
  const to = seenOf(after);
  if (from === undefined || to === undefined) return null;
  const growth = (key: keyof Sent): number => growthOf(from, to, NAMES[family][key]);
  const sent = { offers: growth('offers'), replies: growth('replies'), naks: growth('naks') };
  // A server that was started anew counts from 0 again.
  return Object.values(sent).some((count) => count < 0) ? null : sent;
}

function growthOf(from: Counters, to: Counters, name: string | null): number {
  return name === null ? 0 : (to[name] ?? 0) - (from[name] ?? 0);
}

/** How many messages the server says it sent that no client got. */
export function lostOf({ sent, received }: ServerCounters): number {
  return sent === null ? 0 : Math.max(0, totalOf(sent) - totalOf(received) - received.unread);
}

/**
 * The kinds of the lost messages, as far as the counters tell. Nobody knows the kind of messages that could not be
 * read. So a kind counts as lost if fewer of its messages were read than were sent.
 */
export function lostKindsOf(counters: ServerCounters): ReadonlySet<ReplyKind> {
  const { sent, received } = counters;
  const kinds = new Set<ReplyKind>();
  if (sent === null || lostOf(counters) === 0) return kinds;
  if (sent.offers > received.offers) kinds.add('offers');
  if (sent.replies + sent.naks > received.replies + received.naks) kinds.add('replies');
  return kinds;
}

/** How many messages came in the server's name beyond those that it says it sent, and those that came twice. */
export function beyondOf({ sent, received, doubled = 0 }: ServerCounters): number {
  if (sent === null) return 0;
  const byKind = (['offers', 'replies', 'naks'] as const).reduce(
    (sum, kind) => sum + Math.max(0, received[kind] - sent[kind]),
    0,
  );
  return Math.max(Math.max(byKind, totalOf(received) + received.unread - totalOf(sent)) - doubled, 0);
}

function totalOf({ offers, replies, naks }: Sent): number {
  return offers + replies + naks;
}
