import { ENDS, FOLLOWS, udpPort, type Layer } from '../layer.js';

/** The types of packets that carry a frame are 0 (received) and 1 (sent). */
const SENT = 1;
const TAG = { padding: 0, end: 1 } as const;
const INSIDE: ReadonlyMap<number, number> = new Map([
  [1, FOLLOWS.ethernet],
  [0x12, FOLLOWS.ieee80211],
]);

/** TaZmen Sniffer Protocol, by which MikroTik's routers and some access points send what they sniff. */
export const tzsp: Layer = {
  name: 'TZSP',
  under: [udpPort(37008)],
  read(cursor) {
    if (!cursor.has(4)) return ENDS.short;
    if (cursor.u8(0) !== 1 || cursor.u8(1) > SENT) return FOLLOWS.noTunnel;
    const follows = INSIDE.get(cursor.u16(2));
    cursor.at += 4;
    while (cursor.has(1)) {
      const tag = cursor.u8(0);
      cursor.at++;
      if (tag === TAG.end) return follows ?? ENDS.done;
      if (tag === TAG.padding) continue;
      if (!cursor.has(1)) return ENDS.short;
      cursor.at += 1 + cursor.u8(0);
    }
    return ENDS.short;
  },
};
