import { CLIENT_PORTS, SERVER_PORTS } from '../../protocol/cases.js';
import { oneOf } from './rules.js';

/** What a mirrored port of the switches needs. */
export interface MirrorRequest {
  /** Its name, and that of its table: at most 15 characters. */
  name: string;
  /** Programs: ip(8), nft(8). */
  ip: string;
  nft: string;
  /** The words that start a program in a network namespace in which it may do everything. */
  ofItsOwn: readonly string[];
  /** The ports whose incoming frames are mirrored. */
  ports: readonly string[];
}

/** What the script writes once the frames are mirrored. */
export const MIRRORED = 'the switches mirror DHCP messages';

/**
 * Makes the link into the namespace that this shell becomes, as soon as it has become it. The link has no address, so that
 * the kernel itself says nothing there.
 */
const PLUMB = `
name=$1 ip=$2 nft=$3 rules=$4
shift 4
here=$(readlink /proc/self/ns/net)
{
  while [ "$(readlink /proc/$$/ns/net)" = "$here" ]; do sleep 0.01; done
  "$ip" link add "$name" type veth peer name "$name" netns $$ &&
    { "$ip" link set "$name" addrgenmode none || true; } &&
    "$ip" link set "$name" up &&
    printf '%s' "$rules" | "$nft" -f - &&
    echo '${MIRRORED}' >&2 ||
    kill $$
} &
exec "$@"`;

/** Starts the program once the link is there. */
const WAIT = `
until "$0" link show "$1" >/dev/null 2>&1; do sleep 0.01; done
"$0" link set "$1" addrgenmode none
"$0" link set "$1" up
shift
exec "$@"`;

/**
 * The words that start a program beside the switches which hears what enters them, and those of the program, which reads
 * from the link `name`. It has a namespace of its own, as tcpdump drops its rights where it is root, which an ordinary
 * user's namespaces don't allow.
 */
export function mirrorCommand({ name, ip, nft, ofItsOwn, ports }: MirrorRequest): {
  enter: string[];
  program: string[];
} {
  const rules = mirrorRules(name, ports);
  return {
    enter: ['/bin/sh', '-c', PLUMB, 'sh', name, ip, nft, rules, ...ofItsOwn],
    program: ['/bin/sh', '-c', WAIT, ip, name],
  };
}

/**
 * Rules that send a copy of each DHCP message to a link, and count what they copy. A frame enters the switches once, so
 * it is copied once, before any fault loses it.
 */
export function mirrorRules(name: string, ports: readonly string[]): string {
  const dhcp = [CLIENT_PORTS, SERVER_PORTS].flatMap((of) => Object.values(of)).join(', ');
  return [
    // What an earlier mirror of this name left.
    `table netdev ${name}`,
    `delete table netdev ${name}`,
    `table netdev ${name} {`,
    '  chain ingress {',
    `    type filter hook ingress devices = ${oneOf(ports)} priority 0; policy accept;`,
    ...['dport', 'sport'].map((port) => `    udp ${port} { ${dhcp} } counter dup to "${name}" accept`),
    '  }',
    '}',
    '',
  ].join('\n');
}
