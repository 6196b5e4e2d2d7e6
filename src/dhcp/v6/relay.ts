import type { SentOption } from '../sent-options.js';
import type { ClientServerMessage, Dhcp6Message, RelayMessage, RelayOption } from './message.js';
import { MESSAGE_TYPE } from './message-type.js';

/** The relay agent that passes a client's message on (RFC 8415 section 19.1). */
export interface Dhcp6Relay {
  /** 16 bytes: the server picks the subnet by it. */
  linkAddress: Uint8Array;
  /** 16 bytes: the address that the relay received the message from. */
  peerAddress: Uint8Array;
  /** The server sends it back byte for byte. */
  interfaceId?: Uint8Array | undefined;
  /** How many relays pass the message on, one after the other; 1 by default, at most `MAX_RELAYS`. */
  hops?: number | undefined;
}

/**
 * Puts a client's message, or another relay's, into a RELAY-FORW (RFC 8415 section 19.1).
 *
 * @param sent options that the relay adds
 */
export function relayForward(
  message: Dhcp6Message,
  relay: Dhcp6Relay,
  sent: readonly SentOption[] = [],
): RelayMessage {
  const options: RelayOption[] = sent.map(({ code, value }) => ({ type: 'opaque', code, data: value }));
  if (relay.interfaceId !== undefined) options.push({ type: 'interface-id', interfaceId: relay.interfaceId });
  options.push({ type: 'relay-message', message });
  return {
    kind: 'relay',
    messageType: MESSAGE_TYPE.relayForward,
    hopCount: message.kind === 'relay' ? message.hopCount + 1 : 0,
    linkAddress: relay.linkAddress,
    peerAddress: relay.peerAddress,
    options,
  };
}

/**
 * Puts a client's message into a RELAY-FORW for each relay on its way. A relay that gets a message from another relay at a
 * global address names no link (RFC 8415 section 19.1.2).
 *
 * @param sent options that the relay next to the client adds
 */
export function relayedForward(
  message: Dhcp6Message,
  relay: Dhcp6Relay,
  sent?: readonly SentOption[],
): RelayMessage {
  let relayed = relayForward(message, relay, sent);
  const further = { linkAddress: new Uint8Array(16), peerAddress: relay.linkAddress };
  for (let hop = 1; hop < (relay.hops ?? 1); hop++) relayed = relayForward(relayed, further);
  return relayed;
}

/** The message between client and server, and the relay messages around it, outermost first. */
export function unwrap(message: Dhcp6Message): { message: ClientServerMessage; relays: RelayMessage[] } {
  const relays: RelayMessage[] = [];
  let inner = message;
  while (inner.kind === 'relay') {
    relays.push(inner);
    inner = carriedBy(inner);
  }
  return { message: inner, relays };
}

function carriedBy(relay: RelayMessage): Dhcp6Message {
  for (const option of relay.options) {
    if (option.type === 'relay-message') return option.message;
  }
  throw new RangeError('a relay message without a relayed message');
}
