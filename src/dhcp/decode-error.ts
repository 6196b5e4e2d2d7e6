/**
 * Why a datagram, or an answer in it, can't be read. `code` is stable. `offset` counts from the datagram's beginning.
 * It is the first wrong byte or, if something is missing, the beginning of what should hold it.
 */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly code: DecodeErrorCode;
  readonly offset: number;

  constructor(code: DecodeErrorCode, offset: number, message: string) {
    super(`${message} (at byte ${offset})`);
    this.code = code;
    this.offset = offset;
  }
}

export type DecodeErrorCode =
  /** The datagram ends inside a field. */
  | 'TRUNCATED'
  /** The message type, or DHCPv4's `op`, is unknown, or is not that of an answer. */
  | 'MESSAGE_TYPE'
  /** DHCPv4: hlen is longer than chaddr. */
  | 'HARDWARE_LENGTH'
  /** DHCPv4: this is no DHCP message, as its options don't begin with 99.130.83.99. */
  | 'MAGIC_COOKIE'
  /** DHCPv4: the options have no end option. */
  | 'MISSING_END'
  /** DHCPv4: option overload has no defined value, or stands where it must not. */
  | 'OVERLOAD'
  /** An option is too short or too long for what it holds. */
  | 'OPTION_LENGTH'
  /** An option that this message must carry is not there. */
  | 'MISSING_OPTION'
  /** An option that may appear once appears again. */
  | 'REPEATED_OPTION'
  /** DHCPv6: a prefix longer than 128 bits. */
  | 'PREFIX_LENGTH'
  /** DHCPv6: a message is inside more relay messages than hop counts allow. */
  | 'RELAY_DEPTH';
