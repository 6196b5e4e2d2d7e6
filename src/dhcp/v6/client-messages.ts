import type { SentOptions } from '../sent-options.js';
import type { ClientServerMessage, Dhcp6Message } from './message.js';
import { MESSAGE_TYPE, type ClientServerMessageType } from './message-type.js';
import type { ClientServerOption } from './options/client-server.js';
import type { Ipv6Prefix } from './prefix.js';
import { relayedForward, type Dhcp6Relay } from './relay.js';
import type { AssociationKind } from '../../protocol/cases.js';
import { grantedLeases, type Dhcp6Reply } from './reply.js';

/** What identifies a client's IA to a server. And what its messages carry besides. */
export interface Dhcp6Identity {
  /** 3 to 130 bytes, RFC 8415 section 11. */
  duid: Uint8Array;
  /** 32 bits. An IA_NA and an IA_PD may share it, as an IAID is unique within one kind (section 12). */
  iaid: number;
  sent?: SentOptions | undefined;
}

interface ClientMessageInput {
  /** 24 bits. */
  xid: number;
  identity: Dhcp6Identity;
  /** Without a relay the message is the client's own, not inside a RELAY-FORW. */
  relay?: Dhcp6Relay | undefined;
  /** Milliseconds since the client began this exchange; 0 by default. */
  elapsedMs?: number;
  /** Codes for the option request option, which is left out if there are none. */
  requestedOptions?: readonly number[];
}

export interface SolicitInput extends ClientMessageInput {
  /** One IA of each kind, in this order. */
  ias: readonly AssociationKind[];
  rapidCommit?: boolean;
}

/** What a client keeps of the ADVERTISE that it takes. A `Dhcp6Reply` has these fields. */
export type AcceptedAdvertise = Pick<Dhcp6Reply, 'serverDuid' | 'ias'>;

export interface RequestInput extends ClientMessageInput {
  advertise: AcceptedAdvertise;
}

/**
 * SOLICIT (RFC 8415 section 18.2.1).
 *
 * ```ts
 * const bytes = encodeMessage(solicit({ xid: 1, identity, ias: ['na', 'pd'], relay: { linkAddress, peerAddress } }));
 * ```
 */
export function solicit(input: SolicitInput): Dhcp6Message {
  const { iaid } = input.identity;
  return clientMessage(MESSAGE_TYPE.solicit, input, [
    ...(input.rapidCommit === true ? [{ type: 'rapid-commit' } as const] : []),
    ...input.ias.map((type) => ia(type, iaid, [])),
  ]);
}

/**
 * REQUEST (RFC 8415 section 18.2.2) for what the server advertised: every IA of the ADVERTISE, with the leases in it.
 * An IA that the ADVERTISE refused is asked for again, without a lease.
 */
export function request(input: RequestInput): Dhcp6Message {
  const { serverDuid, ias } = input.advertise;
  return clientMessage(MESSAGE_TYPE.request, input, [
    { type: 'server-id', duid: serverDuid },
    ...ias.map((offered) => ia(offered.type, offered.iaid, grantedLeases(offered))),
  ]);
}

/** The input for a message about leases that the client holds. */
export interface HoldingInput extends ClientMessageInput {
  ias: readonly { type: AssociationKind; leases: readonly Ipv6Prefix[] }[];
}

export interface ReleaseInput extends HoldingInput {
  serverDuid: Uint8Array;
}

/** RENEW (RFC 8415 section 18.2.4): asks the server that gave the leases to prolong them. */
export function renew(input: ReleaseInput): Dhcp6Message {
  return holdingMessage(MESSAGE_TYPE.renew, input, input.serverDuid);
}

/** REBIND (RFC 8415 section 18.2.5): asks any server to prolong the leases. */
export function rebind(input: HoldingInput): Dhcp6Message {
  return holdingMessage(MESSAGE_TYPE.rebind, input, undefined);
}

/** CONFIRM (RFC 8415 section 18.2.3): asks any server whether the addresses fit the client's link; never about a prefix. */
export function confirm(input: HoldingInput): Dhcp6Message {
  return holdingMessage(MESSAGE_TYPE.confirm, input, undefined);
}

/** RELEASE (RFC 8415 section 18.2.7): the leases that are given back, in their IAs. */
export function release(input: ReleaseInput): Dhcp6Message {
  return holdingMessage(MESSAGE_TYPE.release, input, input.serverDuid);
}

/** DECLINE (RFC 8415 section 18.2.8): the addresses that somebody else uses, in their IAs; never a prefix. */
export function decline(input: ReleaseInput): Dhcp6Message {
  return holdingMessage(MESSAGE_TYPE.decline, input, input.serverDuid);
}

function holdingMessage(
  messageType: ClientServerMessageType,
  input: HoldingInput,
  serverDuid: Uint8Array | undefined,
): Dhcp6Message {
  const { iaid } = input.identity;
  return clientMessage(messageType, input, [
    ...(serverDuid === undefined ? [] : [{ type: 'server-id', duid: serverDuid } as const]),
    ...input.ias.map(({ type, leases }) => ia(type, iaid, leases)),
  ]);
}

function clientMessage(
  messageType: ClientServerMessageType,
  { xid, identity, relay, elapsedMs = 0, requestedOptions = [] }: ClientMessageInput,
  more: readonly ClientServerOption[],
): Dhcp6Message {
  const options: ClientServerOption[] = [{ type: 'client-id', duid: identity.duid }, ...more];
  if (requestedOptions.length > 0) options.push({ type: 'option-request', codes: [...requestedOptions] });
  for (const { code, value } of identity.sent?.own ?? []) options.push({ type: 'opaque', code, data: value });
  // RFC 8415 section 21.9: every client message carries the elapsed time. A time that does not fit is 0xffff.
  options.push({ type: 'elapsed-time', hundredths: Math.min(Math.floor(elapsedMs / 10), 0xffff) });
  const message: ClientServerMessage = { kind: 'client-server', messageType, xid, options };
  return relay === undefined ? message : relayedForward(message, relay, identity.sent?.relay);
}

/**
 * T1, T2 and the lifetimes are zero, as a client does not choose them (RFC 8415 sections 21.4, 21.6, 21.21 and
 * 21.22).
 */
function ia(type: AssociationKind, iaid: number, leases: readonly Ipv6Prefix[]): ClientServerOption {
  const lifetimes = { preferredLifetime: 0, validLifetime: 0, options: [] };
  if (type === 'na') {
    const options = leases.map(({ prefix }) => ({
      type: 'ia-address' as const,
      address: prefix,
      ...lifetimes,
    }));
    return { type: 'ia-na', iaid, t1: 0, t2: 0, options };
  }
  const options = leases.map(({ prefix, prefixLength }) => {
    return { type: 'ia-prefix' as const, prefix, prefixLength, ...lifetimes };
  });
  return { type: 'ia-pd', iaid, t1: 0, t2: 0, options };
}
