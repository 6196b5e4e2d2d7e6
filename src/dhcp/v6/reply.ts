import type { AssociationKind } from '../../protocol/cases.js';
import { DecodeError } from '../decode-error.js';
import type { Dhcp6Message } from './message.js';
import { MESSAGE_TYPE } from './message-type.js';
import type { ClientServerOption } from './options/client-server.js';
import type { IaAddressOption } from './options/ia/ia-address.js';
import type { IaNaOption } from './options/ia/ia-na.js';
import type { IaPdOption } from './options/ia/ia-pd.js';
import type { IaPrefixOption } from './options/ia/ia-prefix.js';
import { excludedFrom } from './options/ia/pd-exclude.js';
import { STATUS, statusOf } from './options/status-code.js';
import { MAX_PREFIX_LENGTH, maskPrefix, type Ipv6Prefix } from './prefix.js';
import { unwrap } from './relay.js';

/** What a server's answer means to a client. */
export interface Dhcp6Reply {
  messageType: typeof MESSAGE_TYPE.advertise | typeof MESSAGE_TYPE.reply;
  xid: number;
  /** The client's DUID. */
  duid: Uint8Array;
  serverDuid: Uint8Array;
  /** The status of the message as a whole; 0 where it has no status option. */
  statusCode: number;
  statusMessage: string;
  /**
   * Whether the answer has the Rapid Commit option, by which an answer to a SOLICIT commits (RFC 8415 section
   * 18.3.1).
   */
  rapidCommit: boolean;
  /** The IA_NAs and IA_PDs of the answer, in order. */
  ias: ReplyIa[];
}

export interface ReplyIa {
  type: AssociationKind;
  iaid: number;
  /** Seconds. */
  t1: number;
  t2: number;
  /** The status of this IA; 0 where it has no status option. */
  statusCode: number;
  statusMessage: string;
  leases: ReplyLease[];
}

/**
 * An address with length 128, or a prefix. The bits of a prefix beyond its length are cleared (RFC 8415 section
 * 21.22).
 */
export interface ReplyLease extends Ipv6Prefix {
  /** Seconds; 0xffffffff is infinity. */
  preferredLifetime: number;
  /** In seconds; 0 takes the lease away. */
  validLifetime: number;
  statusCode: number;
  /**
   * The part of a prefix that is excluded for the link between the two routers (RFC 6603); absent where there is
   * none.
   */
  excluded?: Ipv6Prefix;
}

/**
 * Reads a decoded message as a server's answer to a client; the message may be inside relay messages. Throws a
 * DecodeError if it is no ADVERTISE or REPLY, or does not have exactly one client and one server identifier (RFC 8415
 * sections 16.3 and 16.10).
 */
export function readReply(datagram: Dhcp6Message): Dhcp6Reply {
  const { message } = unwrap(datagram);
  const { messageType, xid, options } = message;
  if (messageType !== MESSAGE_TYPE.advertise && messageType !== MESSAGE_TYPE.reply) {
    throw new DecodeError('MESSAGE_TYPE', 0, `message type ${messageType} is not an answer`);
  }
  return {
    messageType,
    xid,
    duid: onlyDuid(options, 'client-id'),
    serverDuid: onlyDuid(options, 'server-id'),
    ...statusOf(options),
    rapidCommit: options.some((option) => option.type === 'rapid-commit'),
    ias: repliedIas(options),
  };
}

/** The IA_NAs and IA_PDs among an answer's options, in order. */
export function repliedIas(options: readonly ClientServerOption[]): ReplyIa[] {
  return options.flatMap((option) =>
    option.type === 'ia-na' || option.type === 'ia-pd' ? [readIa(option)] : [],
  );
}

/**
 * The leases of an IA that a client may use, or ask for. There are none if the status of the IA is not success, or if
 * T1 is later than T2 (RFC 8415 sections 18.2.10.1, 21.4 and 21.21). A lease is left out if its own status is not
 * success, if its valid lifetime is 0, or if its preferred lifetime is longer than the valid one (sections 21.6 and
 * 21.22).
 */
export function grantedLeases(ia: ReplyIa): ReplyLease[] {
  if (ia.statusCode !== STATUS.success || (ia.t2 > 0 && ia.t1 > ia.t2)) return [];
  return ia.leases.filter(
    ({ statusCode, preferredLifetime, validLifetime }) =>
      statusCode === STATUS.success && validLifetime > 0 && preferredLifetime <= validLifetime,
  );
}

function readIa(option: IaNaOption | IaPdOption): ReplyIa {
  const { iaid, t1, t2, options } = option;
  const leases = options.flatMap((inner) =>
    inner.type === 'ia-address' || inner.type === 'ia-prefix' ? [readLease(inner)] : [],
  );
  return { type: option.type === 'ia-na' ? 'na' : 'pd', iaid, t1, t2, ...statusOf(options), leases };
}

function readLease(option: IaAddressOption | IaPrefixOption): ReplyLease {
  const { preferredLifetime, validLifetime, options } = option;
  const { statusCode } = statusOf(options);
  const what =
    option.type === 'ia-address'
      ? { prefix: option.address, prefixLength: MAX_PREFIX_LENGTH }
      : { prefix: maskPrefix(option.prefix, option.prefixLength), prefixLength: option.prefixLength };
  const excluded = option.type === 'ia-prefix' ? excludedFrom(option) : undefined;
  return { ...what, preferredLifetime, validLifetime, statusCode, ...(excluded && { excluded }) };
}

function onlyDuid(options: readonly ClientServerOption[], type: 'client-id' | 'server-id'): Uint8Array {
  const duids = options.flatMap((option) => (option.type === type ? [option.duid] : []));
  const [duid] = duids;
  if (duid === undefined) throw new DecodeError('MISSING_OPTION', 0, `an answer without ${type}`);
  // Nothing says which of two identifiers counts (RFC 8415 section 21.1), and no lease may be recorded on a guess.
  if (duids.length > 1) throw new DecodeError('REPEATED_OPTION', 0, `an answer with ${duids.length} ${type}`);
  return duid;
}
