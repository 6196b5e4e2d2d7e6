import type { Cursor } from '../cursor.js';
import { ENDS, ipProtocol } from '../layer.js';

const ADDRESS_BYTES = { 4: 4, 6: 16 } as const;

interface Place {
  /** The same for all fragments of a packet. */
  id: number;
  protocol: number;
  offset: number;
  isLast: boolean;
}

/**
 * Takes a fragment whose header was read, and returns what follows. If the fragment completes its packet, the cursor
 * is moved to the packet's content. A packet that no layer could read is not put together.
 */
export function fragmentAt(cursor: Cursor, { id, protocol, offset, isLast }: Place): number {
  const follows = ipProtocol(protocol);
  if (!cursor.knows(follows)) return ENDS.done;
  const { family, addressesAt, network, atUs, bytes, at, end } = cursor;
  const cut = end < cursor.ipEnd;
  // The capture cut the first fragment short, and the other fragments can't mend that. So it is read as it is.
  if (cut && offset === 0) return follows;
  const addresses = cursor.addresses.subarray(addressesAt, addressesAt + 2 * ADDRESS_BYTES[family]);
  const whole = cursor.reassembly.add({
    id: `${network} ${addresses.toString('latin1')} ${protocol} ${id}`,
    ...{ atUs, protocol, family, network, addresses, offset, isLast, cut },
    bytes: bytes.subarray(at, end),
  });
  if (whole === undefined) return ENDS.done;
  if (whole === 'copy') {
    cursor.copies++;
    return ENDS.done;
  }
  cursor.bytes = whole;
  cursor.addresses = whole;
  cursor.addressesAt = 0;
  cursor.at = addresses.length;
  cursor.end = whole.length;
  cursor.ipEnd = whole.length;
  return follows;
}
