import { ENDS, type Layer } from './layer.js';
import { authentication, esp, extension, ipv6Fragment } from './internet/ip-extensions.js';
import { ipv4 } from './internet/ipv4.js';
import { ipv6 } from './internet/ipv6.js';
import { noTunnel, udp } from './internet/udp.js';
import { ethernet, llc, vlan } from './link/ethernet.js';
import { ieee80211 } from './link/ieee80211.js';
import { linuxCooked, linuxCooked2 } from './link/linux-cooked.js';
import { nflog } from './link/nflog.js';
import { ipoib, macsec, pflog, pktap } from './link/of-systems.js';
import { ciscoHdlc, directedPpp, l2tp, ppp, pppoe } from './link/ppp.js';
import { ppi, prism, radiotap } from './link/radio.js';
import { enc, etherip, loopback, rawIp } from './link/raw-ip.js';
import { capwap } from './tunnel/capwap.js';
import { erspan2, erspan3 } from './tunnel/erspan.js';
import { gre } from './tunnel/gre.js';
import { mpls } from './tunnel/mpls.js';
import { tzsp } from './tunnel/tzsp.js';
import { geneve, vxlan, vxlanGpe } from './tunnel/virtual-networks.js';

/** All layers that are read. A new layer needs an entry here, and its file. */
export const LAYERS: readonly Layer[] = [
  ...[ethernet, vlan, llc, macsec],
  ...[linuxCooked, linuxCooked2, rawIp, loopback, enc, nflog, pflog, pktap, ipoib],
  ...[ieee80211, radiotap, ppi, prism],
  ...[ppp, directedPpp, ciscoHdlc, pppoe, l2tp],
  ...[ipv4, ipv6, extension, authentication, ipv6Fragment, esp, udp, noTunnel],
  ...[etherip, gre, erspan2, erspan3, mpls, vxlan, vxlanGpe, geneve, capwap, tzsp],
];

export const LAYER_BY_NUMBER: ReadonlyMap<number, Layer> = new Map(
  LAYERS.flatMap((layer) => layer.under.map((number) => [number, layer] as const)),
);

/** Whether a number announces a link type. */
export function isLinkType(follows: number): boolean {
  return follows > ENDS.done && follows <= 0xffff;
}
