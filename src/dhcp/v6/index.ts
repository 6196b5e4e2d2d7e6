/** DHCPv6: turns datagrams into messages and back (RFC 8415). */
export { formatIpv6, parseIpv6 } from './address.js';
export {
  confirm,
  decline,
  rebind,
  release,
  renew,
  request,
  solicit,
  type AcceptedAdvertise,
  type Dhcp6Identity,
  type HoldingInput,
  type ReleaseInput,
  type RequestInput,
  type SolicitInput,
} from './client-messages.js';
export { LeanIa } from './lean-ia.js';
export { LeanReply } from './lean-reply.js';
export {
  decodeMessage,
  encodeMessage,
  MAX_RELAYS,
  type ClientServerMessage,
  type Dhcp6Message,
  type RelayMessage,
  type RelayMessageOption,
  type RelayOption,
} from './message.js';
export { MESSAGE_TYPE, type ClientServerMessageType, type RelayMessageType } from './message-type.js';
export type { ClientServerOption } from './options/client-server.js';
export { OPTION } from './options/code.js';
export type { IaAddressOption } from './options/ia/ia-address.js';
export type { IaNaOption } from './options/ia/ia-na.js';
export type { IaPdOption } from './options/ia/ia-pd.js';
export type { IaPrefixOption } from './options/ia/ia-prefix.js';
export type { OpaqueOption } from './options/opaque.js';
export { STATUS, statusOf, type StatusCodeOption } from './options/status-code.js';
export { formatPrefix, maskPrefix, MAX_PREFIX_LENGTH, parsePrefix, type Ipv6Prefix } from './prefix.js';
export {
  elapsedTimeAt,
  PreparedMessage,
  type AcceptedLeases,
  type MessageFields,
} from './prepared-message.js';
export { relayForward, unwrap, type Dhcp6Relay } from './relay.js';
export type { AssociationKind } from '../../protocol/cases.js';
export {
  grantedLeases,
  readReply,
  repliedIas,
  type Dhcp6Reply,
  type ReplyIa,
  type ReplyLease,
} from './reply.js';
