import { associationsOf, familyOf } from '../../protocol/cases.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseIpv4 } from '../../dhcp/v4/index.js';
import * as v4 from '../../dhcp/v4/index.js';
import type { LeaseType } from '../../protocol/leases.js';
import { parseIpv6 } from '../../dhcp/v6/index.js';
import * as v6 from '../../dhcp/v6/index.js';
import { DecodeError } from '../../dhcp/decode-error.js';
import type { StartedServer } from '../../kea/started-server.js';
import { until } from '../../processes/wait.js';
import { identityOf } from '../identities/identities.js';
import { OpenSockets } from '../../network/open-sockets.js';
import { RelaySocket } from '../sockets/relay-socket.js';
import { DgramTransport } from '../transport/dgram-transport.js';

/** A lease to be given back, and the client that holds it. */
export interface LeaseToRelease {
  /** The client's number in its case. */
  client: number;
  leaseType: LeaseType | 'temporary';
  address: string;
  /** 32 or 128 for addresses. */
  prefixLength: number;
}

export interface ReleaseRequest {
  /** The server that the RELEASE goes to: the one that granted the leases, or any other of the same database. */
  server: StartedServer;
  leases: readonly LeaseToRelease[];
  seed: number;
  caseIndex: number;
  signal: AbortSignal;
}

/** How many RELEASEs leave before each pause, so that the server need not take all at once. */
const AT_A_TIME = 50;
const PAUSE_MS = 100;
const SERVER_ID_WITHIN_MS = 5_000;
const ASK_EVERY_MS = 500;

/**
 * Gives leases back to a server: sends a RELEASE in the name of each client (RFC 2131 section 4.4.6, RFC 8415 section
 * 18.2.7). DHCPv4 has no answer to a RELEASE, so the caller must look in the lease tables whether it was taken.
 *
 * @returns false where the server does not tell its identifier, which every RELEASE must carry; no RELEASE was sent
 *   then
 */
export async function releaseLeases(request: ReleaseRequest): Promise<boolean> {
  const { server, leases, seed, caseIndex, signal } = request;
  const [first] = leases;
  if (first === undefined) return true;
  const speaks = familyOf(server.kind) === 4 ? dhcp4(server) : dhcp6(server);
  let serverId: Uint8Array | undefined;
  const nowUs = () => performance.now() * 1_000;
  const transport = new DgramTransport(nowUs);
  try {
    const take = (datagram: Uint8Array) => void (serverId ??= speaks.serverIdIn(datagram));
    const socket = await RelaySocket.open(server, take, { transport, opening: new OpenSockets(), nowUs });
    const identity = (client: number) => identityOf(seed, caseIndex, client);
    const known = await until(
      () => {
        transport.receive();
        // An offer commits nothing, and it carries the server's identifier.
        if (serverId === undefined) socket.send(speaks.ask(identity(first.client)));
        return serverId;
      },
      { timeoutMs: SERVER_ID_WITHIN_MS, everyMs: ASK_EVERY_MS, signal },
    );
    if (known === undefined) return false;
    for (let at = 0; at < leases.length; at += AT_A_TIME) {
      for (const lease of leases.slice(at, at + AT_A_TIME)) {
        socket.send(speaks.release(identity(lease.client), lease, known));
      }
      await sleep(PAUSE_MS, undefined, { signal });
    }
    return true;
  } finally {
    await transport.close();
  }
}

interface Speaks {
  /** A message that the server answers with its identifier, without storing anything. */
  ask: (identity: ReturnType<typeof identityOf>) => Uint8Array;
  /** The server identifier in an answer to `ask`; undefined where the datagram is no such answer. */
  serverIdIn: (datagram: Uint8Array) => Uint8Array | undefined;
  release: (
    identity: ReturnType<typeof identityOf>,
    lease: LeaseToRelease,
    serverId: Uint8Array,
  ) => Uint8Array;
}

/** A count of 24 bits, which both protocols can carry. Releases of one client never overlap, so a count is enough. */
let lastTransactionId = 0;
function nextTransactionId(): number {
  lastTransactionId = (lastTransactionId + 1) & 0xff_ffff;
  return lastTransactionId;
}

function dhcp4({ subnets: [subnet] }: StartedServer): Speaks {
  const relay = { address: parseIpv4(subnet.relayAddress) };
  return {
    ask: (identity) => v4.encodeMessage(v4.discover({ xid: nextTransactionId(), identity, relay })),
    serverIdIn: (datagram) => readable(() => v4.readReply(v4.decodeMessage(datagram)).serverIdentifier),
    release: (identity, { address }, serverIdentifier) =>
      v4.encodeMessage(
        v4.release({
          xid: nextTransactionId(),
          identity,
          relay,
          address: parseIpv4(address),
          serverIdentifier,
        }),
      ),
  };
}

function dhcp6({ kind, subnets: [subnet] }: StartedServer): Speaks {
  const relay = { linkAddress: parseIpv6(subnet.relayAddress), peerAddress: parseIpv6('fe80::1') };
  const [asked = 'na'] = associationsOf(kind);
  return {
    ask: (identity) =>
      v6.encodeMessage(v6.solicit({ xid: nextTransactionId(), identity, relay, ias: [asked] })),
    serverIdIn: (datagram) => readable(() => v6.readReply(v6.decodeMessage(datagram)).serverDuid),
    release: (identity, { leaseType, address, prefixLength }, serverDuid) =>
      v6.encodeMessage(
        v6.release({
          xid: nextTransactionId(),
          identity,
          relay,
          serverDuid,
          ias: [
            {
              type: leaseType === 'prefix' ? 'pd' : 'na',
              leases: [{ prefix: parseIpv6(address), prefixLength }],
            },
          ],
        }),
      ),
  };
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
