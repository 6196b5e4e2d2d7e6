import { LINK } from './machine.js';

/** The name of the bridge that is the switch. */
export const BRIDGE = 'br0';

/** The name of the switch's port that leads to the machine at this place in the list. */
export function portOf(index: number): string {
  return `port${index}`;
}

/**
 * What ip(8) is told where the switch is, a command a line (`ip -batch`): a bridge, and a link from it to each machine.
 *
 * @param processes a process in the namespace of each machine; `self` for a link with both ends at the switch
 */
export function switchCommands(processes: readonly (number | 'self')[]): string {
  return [
    // A switch that forwards multicast only to those who asked for it would keep back messages to ff02::1:2 at first.
    `link add ${BRIDGE} type bridge forward_delay 0 mcast_snooping 0`,
    `link set ${BRIDGE} up`,
    ...processes.flatMap((pid, index) => [
      `link add ${portOf(index)} type veth peer name ${LINK}${pid === 'self' ? '' : ` netns ${pid}`}`,
      `link set ${portOf(index)} master ${BRIDGE} up`,
    ]),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
