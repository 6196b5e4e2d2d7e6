import { MAIN_SEGMENT, type Machine } from '../machine.js';

/** The name of the switch's port that leads to a link of a machine, by their places. */
export function portOf(machine: number, link = 0): string {
  return link === 0 ? `port${machine}` : `port${machine}-${link}`;
}

/**
 * What ip(8) is told where the switches are, a command a line (`ip -batch`): bridges, and the links from them to the machines.
 *
 * @param processes a process in the namespace of each machine
 */
export function switchCommands(machines: readonly Machine[], processes: readonly number[]): string {
  const segments = new Set([
    MAIN_SEGMENT,
    ...machines.flatMap(({ links }) => links.map(({ segment }) => segment)),
  ]);
  const lines = [
    ...[...segments].flatMap(bridgeCommands),
    ...machines.flatMap(({ links }, index) =>
      links.flatMap(({ name, segment }, link) => [
        `link add ${portOf(index, link)} type veth peer name ${name} netns ${processes[index] ?? ''}`,
        `link set ${portOf(index, link)} master ${segment} up`,
      ]),
    ),
  ];
  return textOf(lines);
}

function bridgeCommands(name: string): string[] {
  return [
    // A switch that forwards multicast only to those who asked for it would keep back messages to ff02::1:2 at first.
    `link add ${name} type bridge forward_delay 0 mcast_snooping 0`,
    `link set ${name} up`,
  ];
}

/** A switch with a link that leads back to it, to try out whether both can be had. */
export function trialCommands(): string {
  return textOf([
    ...bridgeCommands(MAIN_SEGMENT),
    `link add ${portOf(0)} type veth peer name ${portOf(1)}`,
    `link set ${portOf(0)} master ${MAIN_SEGMENT} up`,
  ]);
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
