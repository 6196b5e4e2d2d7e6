import type { ServerEvidence } from '../../evidence/system.js';
import type { Family } from '../../protocol/phases.js';
import type { Cause } from './cause.js';
import { loggedBy } from './log-counts.js';
import { byServer, growthOf, serversOf, type RunContext } from './run-context.js';

export const queueOverflow: Cause = {
  title: 'packet queues that overflow',
  meaning:
    'A server with several threads keeps messages that it has no thread for in a queue, 64 for each thread by default. Where the queue is full, it drops the oldest message. To the client that looks like loss.',
  versions:
    'Since Kea 1.7, with multi-threading; on by default since 2.3.5. Up to 3.0 no counter of Kea says so.',
  upstream:
    'Kea manual, "Multi-Threading Settings"; `DHCP4_PACKET_QUEUE_FULL`, which Kea logs at debug level 40 only.',
  shownBy:
    'Fewer messages were dealt with than had come. DHCPv6: `pkt6-received` grew by more than the counters of all message types. DHCPv4 up to 3.0: `pkt4-received` grew by less than the messages that clients sent, less those that the kernel dropped. Since 3.1: `pkt4-queue-full` and `pkt6-queue-full`. In any version the log, if it is at debug level. With faults, or where clients broadcast, DHCPv4 up to 3.0 shows it in the log alone.',
  whatToDo:
    'Lower the rate, or find out what the threads wait for: mostly for the database. A longer queue (`packet-queue-size`) only makes answers later.',
  found: (run) =>
    run.cases.flatMap((one) => {
      const lost = serversOf(one, run).flatMap(({ name, sent, its }) => {
        const count = overflowed(its, one.family, sent, run);
        return count > 0 ? [{ name, count }] : [];
      });
      if (lost.length === 0) return [];
      const text = `the servers dropped messages that they had no thread for: ${byServer(lost)}`;
      return [{ case: one.figures.name, explains: 'outcomes.timeout', text }];
    }),
};

/** The messages that a server dropped from its queue; 0 where nothing shows any. */
function overflowed(server: ServerEvidence, family: Family, sent: number, run: RunContext): number {
  const told = growthOf(server, `pkt${family}-queue-full`);
  if (told !== undefined) return told;
  const logged = loggedBy(server, `DHCP${family}_PACKET_QUEUE_FULL`)?.count ?? 0;
  if (logged > 0) return logged;
  const received = growthOf(server, `pkt${family}-received`);
  if (received === undefined) return 0;
  // A server that waits for its database takes messages, and drops them before they count by type.
  const disabled = loggedBy(server, 'DHCP6_PACKET_DROP_DHCP_DISABLED')?.count ?? 0;
  if (family === 6) return received - dealtWith(server) - disabled;
  // Faults keep messages from servers, and those that broadcast reach several of them.
  if (run.evidence.faults !== undefined || run.scenario.load?.relays === 0) return 0;
  const { evidence } = run;
  const dropped = [...evidence.drops, ...(evidence.sendErrors ?? [])]
    .filter(({ socket }) => socket.endsWith(server.name))
    .reduce((sum, one) => sum + ('drops' in one ? one.drops : one.errors), 0);
  return sent - dropped - received;
}

/** A message counts by its type when a thread takes it from the queue. */
function dealtWith(server: ServerEvidence): number {
  const statistics = 'seen' in server.after ? Object.keys(server.after.seen) : [];
  return statistics
    .filter((name) => /^pkt6-.+-received$|^pkt6-parse-failed$/.test(name))
    .reduce((sum, name) => sum + (growthOf(server, name) ?? 0), 0);
}
