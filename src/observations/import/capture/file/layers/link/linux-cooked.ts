import { ENDS, link, typeOrLength, type Layer } from '../layer.js';

/** The packet type "sent by us". */
const OUTGOING = 4;

/** https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html */
export const linuxCooked: Layer = {
  name: 'Linux cooked',
  under: [link(113)],
  read(cursor) {
    if (!cursor.has(16)) return ENDS.short;
    cursor.direction = cursor.u16(0) === OUTGOING ? 'out' : 'in';
    const type = cursor.u16(14);
    cursor.at += 16;
    return typeOrLength(type);
  },
};

/** https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html */
export const linuxCooked2: Layer = {
  name: 'Linux cooked v2',
  under: [link(276)],
  read(cursor) {
    if (!cursor.has(20)) return ENDS.short;
    cursor.direction = cursor.u8(10) === OUTGOING ? 'out' : 'in';
    const type = cursor.u16(0);
    cursor.at += 20;
    return typeOrLength(type);
  },
};
