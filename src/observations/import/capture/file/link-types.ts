/** Link types that this program or its tests write: https://www.tcpdump.org/linktypes.html */
export const LINK = {
  null: 0,
  ethernet: 1,
  raw: 101,
  loop: 108,
  linuxCooked: 113,
  linuxCooked2: 276,
} as const;

/** Names from that list for link types that people come across and no layer reads. */
const NAMES: Readonly<Record<number, string>> = {
  3: 'AX.25',
  6: 'Token Ring',
  7: 'ARCNET',
  8: 'SLIP',
  10: 'FDDI',
  99: 'Symantec firewall',
  106: 'Linux ATM LANE',
  107: 'frame relay',
  114: 'LocalTalk',
  120: 'Aironet',
  122: 'IP over Fibre Channel',
  123: 'SunATM',
  129: 'ARCNET of Linux',
  138: 'IP over FireWire',
  143: 'DOCSIS',
  144: 'Linux IrDA',
  165: 'BACnet MS/TP',
  177: 'Linux LAPD',
  187: 'Bluetooth HCI',
  189: 'USB of Linux',
  190: 'CAN bus',
  195: 'IEEE 802.15.4',
  197: 'Endace ERF',
  201: 'Bluetooth HCI with direction',
  203: 'LAPD',
  220: 'USB of Linux',
  224: 'Fibre Channel',
  226: 'Solaris IPNET',
  227: 'CAN bus of Linux',
  230: 'IEEE 802.15.4 without FCS',
  231: 'D-Bus',
  243: 'MPEG-2 transport stream',
  247: 'InfiniBand',
  249: 'USB of Windows',
  251: 'Bluetooth Low Energy',
  252: 'Wireshark upper PDU',
  253: 'netlink of Linux',
  254: 'Bluetooth monitor of Linux',
  266: 'USB of macOS',
  283: 'IEEE 802.15.4 TAP',
};

/** Junos has a link type for each kind of interface. */
const JUNIPER: ReadonlySet<number> = new Set([
  ...[130, 131, 132, 133, 134, 135, 136, 137, 141, 142, 146, 164, 167, 168, 169],
  ...[178, 179, 180, 181, 182, 183, 184, 194, 200, 238],
]);

/** The name of a link type that is not read; empty if it has none. */
export function linkTypeName(type: number): string {
  if (type >= 147 && type <= 162) return `USER${type - 147}`;
  return JUNIPER.has(type) ? 'Juniper' : (NAMES[type] ?? '');
}

/** `147 (USER0)`. */
export function linkTypeText(type: number): string {
  const name = linkTypeName(type);
  return name === '' ? String(type) : `${type} (${name})`;
}
