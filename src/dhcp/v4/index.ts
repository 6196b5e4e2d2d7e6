/** DHCPv4: turns datagrams into messages and back (RFC 2131, 2132, 3046, 3396). */
export { formatIpv4, isUnspecifiedIpv4, parseIpv4, unspecifiedIpv4 } from './address.js';
export {
  decline,
  discover,
  initReboot,
  release,
  renew,
  request,
  type AcceptedOffer,
  type Dhcp4Identity,
  type Dhcp4Relay,
  type DiscoverInput,
  type HoldingInput,
  type ReleaseInput,
  type RequestInput,
} from './client-messages.js';
export * from './fields.js';
export { LeanReply } from './lean-reply.js';
export { decodeMessage, encodeMessage, OP, type Dhcp4Message, type Op } from './message.js';
export { MESSAGE_TYPE, type MessageType } from './message-type.js';
export { OPTION, type Options } from './options/code.js';
export {
  decodeRelayAgentInformation,
  encodeRelayAgentInformation,
  SUB_OPTION,
  type RelaySubOption,
} from './options/relay-agent-information.js';
export type { SentOption, SentOptions } from '../sent-options.js';
export { PreparedMessage, type MessageFields } from './prepared-message.js';
export { readReply, type Dhcp4Reply, type Dhcp4ReplyType } from './reply.js';
