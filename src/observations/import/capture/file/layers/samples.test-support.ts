import { encapsulate, headerBytes } from '../encapsulate.js';
import type { Packet } from '../packet.js';

/** A frame that wraps an IP packet. There are samples for each layer that is read. */
export interface Sample {
  linkType: number;
  frame: Buffer;
  network?: string;
  /** Options that Wireshark needs to read the frame. */
  wireshark?: readonly string[];
}

export const bytes = (...hex: string[]): Buffer => Buffer.from(hex.join('').replace(/\s/g, ''), 'hex');
export const u16 = (number: number): Buffer => Buffer.of(number >>> 8, number & 0xff);
const le16 = (number: number): Buffer => Buffer.of(number & 0xff, number >>> 8);
const le32 = (number: number): Buffer => Buffer.concat([le16(number & 0xffff), le16(number >>> 16)]);
const all = (...parts: Buffer[]): Buffer => Buffer.concat(parts);
const isV6 = (ip: Buffer): boolean => ip.readUInt8(0) >>> 4 === 6;
const typeOf = (ip: Buffer): Buffer => u16(isV6(ip) ? 0x86dd : 0x0800);
const pppOf = (ip: Buffer): number => (isV6(ip) ? 0x57 : 0x21);

export const MACS = bytes('020000000001 020000000002');
export const ethernetOf = (type: number, payload: Buffer): Buffer => all(MACS, u16(type), payload);
const ether = (ip: Buffer): Buffer => all(MACS, typeOf(ip), ip);
const lengthFrame = (llc: Buffer): Buffer => ethernetOf(llc.length, llc);
const snap = (ip: Buffer): Buffer => all(bytes('aaaa03 000000'), typeOf(ip), ip);

/** An IPv4 packet with this content, without a header checksum. */
export function ipv4Of(protocol: number, payload: Buffer, id = 1, fragment = 0): Buffer {
  return all(
    ...[bytes('4500'), u16(20 + payload.length), u16(id), u16(fragment), Buffer.of(64, protocol)],
    ...[bytes('0000 ac100001 ac100002'), payload],
  );
}

export function ipv6Of(next: number, payload: Buffer): Buffer {
  const addresses = bytes('20010db8000000000000000000000001', '20010db8000000000000000000000002');
  return all(bytes('60000000'), u16(payload.length), Buffer.of(next, 64), addresses, payload);
}

export function udpOf(port: number, payload: Buffer): Buffer {
  const ip = Buffer.alloc(headerBytes('10.1.1.1') + payload.length);
  encapsulate(ip, 0, { address: '172.16.0.1', port: 50_000 }, { address: '172.16.0.2', port }, payload, 1);
  return ip;
}

const gre = (header: Buffer, payload: Buffer): Buffer => ether(ipv4Of(47, all(header, payload)));
const overUdp = (port: number, header: Buffer, payload: Buffer): Buffer =>
  ether(udpOf(port, all(header, payload)));
/** A data frame from a station, without what follows its header. */
const station = (control: string): Buffer =>
  bytes(control, '0000 020000000003 020000000001 020000000002 1000');
/** From an access point to another: four addresses. */
const bridged = (control: string): Buffer => all(station(control), bytes('020000000004'));
const pppoe = (ppp: Buffer): Buffer => ethernetOf(0x8864, all(bytes('1100 0001'), u16(ppp.length), ppp));

function tlv(type: number, value: Buffer, number16: (number: number) => Buffer): Buffer {
  return all(number16(4 + value.length), number16(type), value, Buffer.alloc(-value.length & 3));
}

function aggregated(...frames: Buffer[]): Buffer {
  return all(
    ...frames.map((frame, i) => {
      const sub = all(MACS, u16(frame.length), frame);
      return i === frames.length - 1 ? sub : all(sub, Buffer.alloc(-sub.length & 3));
    }),
  );
}

const arp = all(bytes('aaaa03 000000 0806 0001 0800 06 04 0001'), Buffer.alloc(20));

type Wrap = (ip: Buffer) => Omit<Sample, 'linkType'> & { linkType?: number };

const WRAPS: Record<string, Wrap> = {
  Ethernet: (ip) => ({ frame: ether(ip) }),
  VLAN: (ip) => ({ frame: ethernetOf(0x8100, all(u16(0x600a), typeOf(ip), ip)), network: 'VLAN 10' }),
  QinQ: (ip) => ({
    frame: ethernetOf(0x88a8, all(u16(10), u16(0x8100), u16(20), typeOf(ip), ip)),
    network: 'VLAN 10.20',
  }),
  'a priority tag': (ip) => ({ frame: ethernetOf(0x8100, all(u16(0xe000), typeOf(ip), ip)) }),
  '802.3 with SNAP': (ip) => ({ frame: lengthFrame(snap(ip)) }),
  '802.3 with SNAP in a VLAN': (ip) => ({
    frame: ethernetOf(0x8100, all(u16(10), u16(snap(ip).length), snap(ip))),
    network: 'VLAN 10',
  }),
  'MACsec that only signs': (ip) => ({
    frame: ethernetOf(0x88e5, all(bytes('00 00 00000001'), typeOf(ip), ip)),
  }),
  'MACsec with its sender': (ip) => ({
    frame: ethernetOf(0x88e5, all(bytes('20 00 00000001 0200000000010001'), typeOf(ip), ip)),
  }),
  'raw IP': (ip) => ({ linkType: 101, frame: ip }),
  'raw IP of BSD': (ip) => ({ linkType: 12, frame: ip }),
  'raw IP of OpenBSD': (ip) => ({ linkType: 14, frame: ip }),
  'Linux cooked': (ip) => ({
    linkType: 113,
    frame: all(bytes('0000 0001 0006 020000000001 0000'), typeOf(ip), ip),
  }),
  'Linux cooked with LLC': (ip) => ({
    linkType: 113,
    frame: all(bytes('0000 0001 0006 020000000001 0000 0004'), snap(ip)),
  }),
  'Linux cooked v2': (ip) => ({
    linkType: 276,
    frame: all(typeOf(ip), bytes('0000 00000001 0001 00 06 020000000001 0000'), ip),
  }),
  'BSD loopback': (ip) => ({ linkType: 0, frame: all(le32(isV6(ip) ? 30 : 2), ip) }),
  'OpenBSD loopback': (ip) => ({ linkType: 108, frame: all(bytes('000000', isV6(ip) ? '18' : '02'), ip) }),
  'OpenBSD enc': (ip) => ({ linkType: 109, frame: all(le32(isV6(ip) ? 24 : 2), Buffer.alloc(8), ip) }),
  NFLOG: (ip) => ({
    linkType: 239,
    frame: all(
      Buffer.of(isV6(ip) ? 10 : 2),
      bytes('00 0000'),
      tlv(10, bytes('414200'), le16),
      tlv(9, ip, le16),
    ),
  }),
  pflog: (ip) => ({
    linkType: 117,
    frame: all(Buffer.of(61, isV6(ip) ? 30 : 2), Buffer.alloc(62), ip),
  }),
  PKTAP: (ip) => ({
    linkType: 258,
    frame: all(le32(108), le32(1), le32(1), Buffer.alloc(96), ether(ip)),
  }),
  'IP over InfiniBand': (ip) => ({ linkType: 242, frame: all(Buffer.alloc(40), typeOf(ip), u16(0), ip) }),
  PPP: (ip) => ({ linkType: 9, frame: all(u16(pppOf(ip)), ip) }),
  'PPP framed as HDLC': (ip) => ({ linkType: 50, frame: all(bytes('ff03'), u16(pppOf(ip)), ip) }),
  'PPP with a compressed protocol': (ip) => ({
    linkType: 9,
    frame: all(bytes('ff03'), Buffer.of(pppOf(ip)), ip),
  }),
  'PPP with direction': (ip) => ({ linkType: 204, frame: all(bytes('01 ff03'), u16(pppOf(ip)), ip) }),
  'Cisco HDLC': (ip) => ({ linkType: 104, frame: all(bytes('0f00'), typeOf(ip), ip) }),
  'Cisco HDLC on a serial line': (ip) => ({ linkType: 50, frame: all(bytes('8f00'), typeOf(ip), ip) }),
  PPPoE: (ip) => ({ frame: pppoe(all(u16(pppOf(ip)), ip)) }),
  'PPPoE without Ethernet': (ip) => ({ linkType: 51, frame: pppoe(all(u16(pppOf(ip)), ip)).subarray(14) }),
  'L2TP v2': (ip) => ({
    frame: overUdp(1701, bytes('0002 0001 0002'), all(bytes('ff03'), u16(pppOf(ip)), ip)),
  }),
  'L2TP v2 with all its fields': (ip) => ({
    frame: overUdp(
      1701,
      all(bytes('4a02'), u16(14 + 2 + 4 + ip.length), bytes('0001 0002 0001 0001 0002 0000')),
      all(bytes('ff03'), u16(pppOf(ip)), ip),
    ),
  }),
  '802.11': (ip) => ({ linkType: 105, frame: all(station('0801'), snap(ip)) }),
  '802.11 with QoS': (ip) => ({ linkType: 105, frame: all(station('8801'), bytes('0000'), snap(ip)) }),
  '802.11 with QoS and HT control': (ip) => ({
    linkType: 105,
    frame: all(station('8881'), bytes('0000 00000000'), snap(ip)),
  }),
  '802.11 between access points': (ip) => ({ linkType: 105, frame: all(bridged('0803'), snap(ip)) }),
  'an 802.11 aggregate': (ip) => ({
    linkType: 105,
    frame: all(station('8801'), bytes('8000'), aggregated(arp, snap(ip))),
  }),
  radiotap: (ip) => ({ linkType: 127, frame: all(bytes('0000 0800 00000000'), station('0801'), snap(ip)) }),
  'radiotap with padding': (ip) => ({
    linkType: 127,
    frame: all(
      bytes('0000 1c00 030000a0 00000080 00000000'),
      bytes('0000000000000000 20 000000'),
      station('8801'),
      bytes('0000 0000'),
      snap(ip),
    ),
  }),
  PPI: (ip) => ({ linkType: 192, frame: all(bytes('0000 0800 69000000'), station('0801'), snap(ip)) }),
  Prism: (ip) => ({
    linkType: 119,
    frame: all(le32(0x44), le32(144), Buffer.alloc(136), station('0801'), snap(ip)),
  }),
  AVS: (ip) => ({
    linkType: 163,
    frame: all(bytes('80211001 00000040'), Buffer.alloc(56), station('0801'), snap(ip)),
  }),
  'IP in IPv4': (ip) => ({ frame: ether(ipv4Of(isV6(ip) ? 41 : 4, ip)) }),
  'IP in IPv6': (ip) => ({ frame: ether(ipv6Of(isV6(ip) ? 41 : 4, ip)) }),
  'IP behind IPv6 options': (ip) => ({
    frame: ether(ipv6Of(0, all(bytes('3c00 010400000000', isV6(ip) ? '29' : '04', '00 010400000000'), ip))),
  }),
  'IP with AH': (ip) => ({
    frame: ether(
      ipv4Of(51, all(Buffer.of(isV6(ip) ? 41 : 4, 4), bytes('0000 00000001 00000001'), Buffer.alloc(12), ip)),
    ),
  }),
  EtherIP: (ip) => ({ frame: ether(ipv4Of(97, all(bytes('3000'), ether(ip)))) }),
  GRE: (ip) => ({ frame: gre(all(bytes('0000'), typeOf(ip)), ip) }),
  'GRE with all its fields': (ip) => ({
    frame: gre(all(bytes('b000'), typeOf(ip), bytes('0000 0000 00000005 00000006')), ip),
  }),
  'Ethernet in GRE': (ip) => ({ frame: gre(bytes('2000 6558 00001388'), ether(ip)) }),
  PPTP: (ip) => ({
    frame: gre(
      all(bytes('3081 880b'), u16(ip.length + 4), bytes('0001 00000001 00000001')),
      all(bytes('ff03'), u16(pppOf(ip)), ip),
    ),
  }),
  'ERSPAN I': (ip) => ({ frame: gre(bytes('0000 88be'), ether(ip)) }),
  'ERSPAN II': (ip) => ({
    frame: gre(bytes('1000 88be 00000001', '100a 1005 00000001'), ether(ip)),
    network: 'VLAN 10',
  }),
  'ERSPAN II with the tag kept': (ip) => ({
    frame: gre(
      bytes('1000 88be 00000001', '100a 1805 00000001'),
      ethernetOf(0x8100, all(u16(10), typeOf(ip), ip)),
    ),
    network: 'VLAN 10',
  }),
  'ERSPAN III': (ip) => ({
    frame: gre(bytes('1000 22eb 00000001', '2000 0005 00000001 0000 0000'), ether(ip)),
  }),
  'ERSPAN III with a subheader': (ip) => ({
    frame: gre(bytes('1000 22eb 00000001', '2000 0005 00000001 0000 0001', '0000000000000000'), ether(ip)),
  }),
  MPLS: (ip) => ({ frame: ethernetOf(0x8847, all(bytes('00064040', '00065140'), ip)) }),
  'a pseudowire': (ip) => ({
    frame: ethernetOf(0x8847, all(bytes('00064140'), ether(ip))),
    wireshark: ['-d', 'mpls.label==100,pwethnocw'],
  }),
  'a pseudowire with a control word': (ip) => ({
    frame: ethernetOf(0x8847, all(bytes('00064140 00000007'), ether(ip))),
    wireshark: ['-d', 'mpls.label==100,pwethcw'],
  }),
  'MPLS in GRE': (ip) => ({ frame: gre(bytes('0000 8847'), all(bytes('00064140'), ip)) }),
  VXLAN: (ip) => ({ frame: overUdp(4789, bytes('08000000 00138800'), ether(ip)), network: 'VNI 5000' }),
  'VXLAN at its old port': (ip) => ({
    frame: overUdp(8472, bytes('08000000 00138800'), ether(ip)),
    network: 'VNI 5000',
    wireshark: ['-d', 'udp.port==8472,vxlan'],
  }),
  'VXLAN in a VLAN, with a VLAN in it': (ip) => ({
    frame: ethernetOf(
      0x8100,
      all(
        u16(10),
        u16(0x0800),
        udpOf(4789, all(bytes('08000000 00138800'), ethernetOf(0x8100, all(u16(20), typeOf(ip), ip)))),
      ),
    ),
    network: 'VLAN 10 VNI 5000 VLAN 20',
  }),
  'VXLAN-GPE': (ip) => ({
    frame: overUdp(4790, bytes('0c0000', isV6(ip) ? '02' : '01', '00138800'), ip),
    network: 'VNI 5000',
  }),
  GENEVE: (ip) => ({ frame: overUdp(6081, bytes('0000 6558 00138800'), ether(ip)), network: 'VNI 5000' }),
  'GENEVE with options': (ip) => ({
    frame: overUdp(6081, bytes('0300 6558 00138800', '0102 80 02 00000001 00000002'), ether(ip)),
    network: 'VNI 5000',
  }),
  'CAPWAP with Ethernet': (ip) => ({ frame: overUdp(5247, bytes('00 100000 00000000'), ether(ip)) }),
  'CAPWAP with 802.11': (ip) => ({
    frame: overUdp(5247, bytes('00 100300 00000000'), all(station('0801'), snap(ip))),
    wireshark: ['-o', 'capwap.swap_fc:FALSE'],
  }),
  'CAPWAP with swapped 802.11': (ip) => ({
    frame: overUdp(5247, bytes('00 100300 00000000'), all(station('0188'), bytes('0000'), snap(ip))),
    wireshark: ['-o', 'capwap.swap_fc:TRUE'],
  }),
  TZSP: (ip) => ({ frame: overUdp(37008, bytes('01 00 0001 00 0a02ffff 01'), ether(ip)) }),
  'GRE in PPPoE in QinQ': (ip) => {
    const inner = ipv4Of(47, all(bytes('0000'), typeOf(ip), ip));
    const session = all(bytes('1100 0001'), u16(2 + inner.length), u16(0x0021), inner);
    return {
      frame: ethernetOf(0x88a8, all(u16(10), u16(0x8100), u16(20), u16(0x8864), session)),
      network: 'VLAN 10.20',
    };
  },
};

export const SAMPLE_NAMES = Object.keys(WRAPS);

export function sampleOf(name: string, ip: Buffer): Sample {
  const wrap = WRAPS[name];
  if (wrap === undefined) throw new Error(`no sample is called ${name}`);
  return { linkType: 1, ...wrap(ip) };
}

export function packetOf(linkType: number, frame: Buffer, more: Partial<Packet> = {}): Packet {
  return { atUs: 0, linkType, offset: 0, bytes: frame, originalLength: frame.length, ...more };
}
