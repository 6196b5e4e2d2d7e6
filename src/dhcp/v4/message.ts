import { DecodeError } from '../decode-error.js';
import { Reader } from '../reader.js';
import { Writer } from '../writer.js';
import { OptionArea, writeOptionArea } from './options/area.js';
import { OPTION, type Options } from './options/code.js';
import { decodeOverload } from './options/overload.js';

/**
 * A DHCPv4 message (RFC 2131 section 2, figure 1):
 *
 * ```text
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +---------------+---------------+---------------+---------------+
 *   |     op (1)    |   htype (1)   |   hlen (1)    |   hops (1)    |
 *   +---------------+---------------+---------------+---------------+
 *   |                            xid (4)                            |
 *   +-------------------------------+-------------------------------+
 *   |           secs (2)            |           flags (2)           |
 *   +-------------------------------+-------------------------------+
 *   |                          ciaddr  (4)                          |
 *   |                          yiaddr  (4)                          |
 *   |                          siaddr  (4)                          |
 *   |                          giaddr  (4)                          |
 *   +---------------------------------------------------------------+
 *   |                          chaddr  (16)                         |
 *   |                          sname   (64)                         |
 *   |                          file    (128)                        |
 *   +---------------------------------------------------------------+
 *   |       99      |      130      |      83       |      99       |
 *   +---------------------------------------------------------------+
 *   |                          options (variable)                   |
 *   +---------------------------------------------------------------+
 * ```
 *
 * Arrays of a decoded message share memory with its datagram.
 */
export interface Dhcp4Message {
  op: Op;
  /** Hardware type; 1 is Ethernet. */
  htype: number;
  /** How many bytes of `chaddr` hold the address. */
  hlen: number;
  hops: number;
  xid: number;
  /** Seconds since the client began. */
  secs: number;
  /** Only 0x8000 has a meaning: the server shall answer by broadcast (RFC 2131 section 2, figure 2). */
  flags: number;
  ciaddr: Uint8Array;
  yiaddr: Uint8Array;
  siaddr: Uint8Array;
  giaddr: Uint8Array;
  /** 16 bytes, padding included. */
  chaddr: Uint8Array;
  /** 64 bytes; all zero if they held options. */
  sname: Uint8Array;
  /** 128 bytes; all zero if they held options. */
  file: Uint8Array;
  options: Options;
}

export const OP = { bootRequest: 1, bootReply: 2 } as const;
export type Op = (typeof OP)[keyof typeof OP];

/** RFC 2131 section 3. */
const MAGIC_COOKIE = 0x63825363;

/** Where the options begin: after the fixed fields and the magic cookie. */
export const OPTIONS_OFFSET = 240;

/**
 * Reads a datagram. Throws a DecodeError, and nothing else, if it is no DHCPv4 message.
 *
 * If option overload (52) says so, `sname` and `file` hold options too; those are read as well. The option and the
 * two fields are then cleared, since they describe the datagram's layout and not the message.
 */
export function decodeMessage(datagram: Uint8Array): Dhcp4Message {
  const reader = Reader.of(datagram);
  const op = reader.u8();
  if (op !== OP.bootRequest && op !== OP.bootReply) {
    throw new DecodeError('MESSAGE_TYPE', 0, `op is ${op}`);
  }
  const htype = reader.u8();
  const hlen = reader.u8();
  if (hlen > 16) throw new DecodeError('HARDWARE_LENGTH', 2, `a hardware address of ${hlen} bytes`);
  const message: Dhcp4Message = {
    op,
    htype,
    hlen,
    hops: reader.u8(),
    xid: reader.u32(),
    secs: reader.u16(),
    flags: reader.u16(),
    ciaddr: reader.bytes(4),
    yiaddr: reader.bytes(4),
    siaddr: reader.bytes(4),
    giaddr: reader.bytes(4),
    chaddr: reader.bytes(16),
    sname: new Uint8Array(0),
    file: new Uint8Array(0),
    options: new Map(),
  };
  const sname = reader.part(64);
  const file = reader.part(128);
  const cookie = reader.u32();
  if (cookie !== MAGIC_COOKIE) {
    throw new DecodeError('MAGIC_COOKIE', OPTIONS_OFFSET - 4, 'no DHCP magic cookie');
  }
  readOptions(message, reader, file, sname);
  return message;
}

/**
 * Writes a message. Every option goes into the options field. Relay agent information comes last (RFC 3046 section
 * 2.1). Values of more than 255 bytes are split (RFC 3396). Throws a RangeError for a value that does not fit its
 * field.
 */
export function encodeMessage(message: Dhcp4Message): Uint8Array {
  if (message.hlen > 16) throw new RangeError(`a hardware address of ${message.hlen} bytes`);
  const writer = new Writer();
  writer.u8(message.op);
  writer.u8(message.htype);
  writer.u8(message.hlen);
  writer.u8(message.hops);
  writer.u32(message.xid);
  writer.u16(message.secs);
  writer.u16(message.flags);
  writer.exactly(4, message.ciaddr);
  writer.exactly(4, message.yiaddr);
  writer.exactly(4, message.siaddr);
  writer.exactly(4, message.giaddr);
  writer.exactly(16, message.chaddr);
  writer.exactly(64, message.sname);
  writer.exactly(128, message.file);
  writer.u32(MAGIC_COOKIE);
  writeOptionArea(message.options, writer);
  return writer.finish();
}

function readOptions(message: Dhcp4Message, field: Reader, file: Reader, sname: Reader): void {
  const area = new OptionArea();
  area.read(field);
  const overloadValue = area.get(OPTION.overload);
  const overload = decodeOverload(overloadValue, OPTIONS_OFFSET);
  if (overload.file) area.read(file);
  if (overload.sname) area.read(sname);
  // RFC 2131 section 4.1: option overload itself must stand in the options field.
  if (area.get(OPTION.overload)?.length !== overloadValue?.length) {
    throw new DecodeError('OVERLOAD', OPTIONS_OFFSET, 'option overload inside an overloaded field');
  }
  message.file = overload.file ? new Uint8Array(128) : file.rest();
  message.sname = overload.sname ? new Uint8Array(64) : sname.rest();
  message.options = area.toOptions();
  message.options.delete(OPTION.overload);
}
