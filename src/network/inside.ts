import { CLIENTS } from '../faults/links.js';
import type { Programs } from '../packages/programs.js';
import { SERVER_PORTS } from '../protocol/cases.js';
import type { PrivateNetwork } from './private-network.js';
import { shellWords } from '../terminal/shell-words.js';
import { MAIN_SEGMENT } from './machine.js';

/**
 * Commands for people who want to look around in a network that was left up.
 *
 * @param server the name of a DHCPv4 server there, for an example; absent where there is none
 * @param writeFile writes a file beside the network, and returns its path
 */
export function insideCommands(
  network: PrivateNetwork,
  { perfdhcp = 'perfdhcp' }: Pick<Programs, 'perfdhcp'>,
  server: string | undefined,
  writeFile: (name: string, text: string) => string,
): { what: string; command: string }[] {
  const [main, own] = server === undefined ? [] : network.machine(server).links;
  const segment = own?.segment ?? MAIN_SEGMENT;
  const clients = own === undefined ? CLIENTS : (network.clientsOn(segment)?.name ?? CLIENTS);
  const among = network.enterAsRoot(clients).join(' ');
  const [relay] = network.machine(CLIENTS).links[0].ipv4;
  const port = SERVER_PORTS[4];
  // perfdhcp is a relay here.
  const load =
    main === undefined || own !== undefined
      ? []
      : [
          {
            what: 'load of perfdhcp',
            command: `${among} ${perfdhcp} -4 -l ${relay} -L ${port} -N ${port} -r 10 -R 100 -p 10 ${main.ipv4[0]}`,
          },
        ];
  const { enter, program } = network.tcpdump('look');
  const look = writeFile('tcpdump.sh', `exec ${shellWords([...enter, ...program])} "$@"\n`);
  return [
    { what: `a shell among the ${clients}, or any other program`, command: `${among} sh` },
    ...load,
    { what: 'DHCP messages on the switch, with tcpdump', command: `sh ${look} -v` },
  ];
}
