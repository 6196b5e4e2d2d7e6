import type { Cursor } from '../cursor.js';
import { ENDS, ethertype, FOLLOWS, ipProtocol, pppProtocol, udpPort, type Layer } from '../layer.js';

const LABEL_BYTES = 4;
const BOTTOM = 1;

/** RFC 3032: labels up to the bottom of the stack. No field says what is below them. */
export const mpls: Layer = {
  name: 'MPLS',
  // Inside IP and GRE: RFC 4023; inside UDP: RFC 7510.
  under: [
    ...[0x8847, 0x8848].map(ethertype),
    ...[0x0281, 0x0283].map(pppProtocol),
    ...[ipProtocol(137), udpPort(6635)],
  ],
  read(cursor) {
    for (;;) {
      if (!cursor.has(LABEL_BYTES)) return ENDS.short;
      const isBottom = (cursor.u8(2) & BOTTOM) !== 0;
      cursor.at += LABEL_BYTES;
      if (isBottom) return belowLabels(cursor);
    }
  },
};

/**
 * Tells what is below the labels by its first bytes. IP begins with its version (RFC 4928). The control word of a
 * pseudowire, if there is one, begins with zero (RFC 4385).
 */
function belowLabels(cursor: Cursor): number {
  if (!cursor.has(1)) return ENDS.short;
  if (isIp(cursor)) return FOLLOWS.ip;
  if (cursor.u8(0) >>> 4 === 0 && !isEthernet(cursor, 0)) cursor.at += 4;
  return cursor.has(0) ? FOLLOWS.ethernet : ENDS.short;
}

/** Whether IP follows. An Ethernet address may begin with 4 or 6 as well, so more is compared than the version. */
function isIp(cursor: Cursor): boolean {
  const version = cursor.u8(0) >>> 4;
  if (version === 4) {
    if (!cursor.has(20)) return true;
    const length = cursor.u16(2);
    return (cursor.u8(0) & 0x0f) >= 5 && (length === 0 || (length >= 20 && !isEthernet(cursor, 0)));
  }
  return version === 6 && !isEthernet(cursor, 0);
}

function isEthernet(cursor: Cursor, at: number): boolean {
  return cursor.has(at + 14) && cursor.knows(ethertype(cursor.u16(at + 12)));
}
