import type { LinkRule, MetOnLink } from '../../faults/links.js';

/** The table of the harness's rules, in the namespace of the switch. */
export const TABLE = ['bridge', 'conformance'] as const;

/** A rule as the switches are given it. */
export interface SwitchRule extends LinkRule {
  /** The class of the messages that are delayed, from 1; absent where none are. */
  delayClass?: number;
}

/** A share of messages is compared with a random number below this. */
const PARTS = 1_000_000;

/**
 * What nft(8) is told: the rules that the switch is to have from now on, in place of those before, in one transaction.
 *
 * @param portsOf the ports that lead to a machine
 */
export function ruleset(
  rules: readonly SwitchRule[],
  portsOf: (machine: string) => readonly string[],
): string {
  const lines = rules.flatMap(({ from, to, effect: { losePercent = 0 }, delayClass }) => {
    const link = `    iifname ${oneOf(portsOf(from))} oifname ${oneOf(portsOf(to))}`;
    if (delayClass !== undefined) return [`${link} counter meta priority set ${classId(delayClass)}`];
    const parts = Math.round((losePercent * PARTS) / 100);
    const chance = parts >= PARTS ? '' : ` numgen random mod ${PARTS} < ${parts}`;
    return [`${link} counter`, `${link}${chance} counter drop`];
  });
  return [
    // A table can be deleted only if it is there.
    `table ${TABLE.join(' ')}`,
    `delete table ${TABLE.join(' ')}`,
    `table ${TABLE.join(' ')} {`,
    '  chain forward {',
    '    type filter hook forward priority 0; policy accept;',
    ...lines,
    '  }',
    '}',
    '',
  ].join('\n');
}

/** What netem(8) holds of messages that are delayed, at the most: enough for 100 Mbit/s and a second. */
const HELD_PACKETS = 100_000;

/** The words of tc(8) after the name of a port for a queue that delays all that it gets. */
export function delayedBy(ms: number): string {
  return `netem delay ${ms}ms limit ${HELD_PACKETS}`;
}

/** What tc(8) is told so that a port can have classes. All messages that are in none pass them by. */
export function classesCommand(port: string): string {
  return `qdisc add dev ${port} root handle ${HANDLE}: htb\n`;
}

/** What tc(8) is told, a command a line (`tc -batch`), so that a port delays the messages of a class. */
export function delayCommands(port: string, delayClass: number, queue: string): string {
  const id = classId(delayClass);
  return [
    `class add dev ${port} parent ${HANDLE}: classid ${id} htb rate 100gbit quantum 60000\n`,
    `qdisc add dev ${port} parent ${id} ${queue}\n`,
  ].join('');
}

/** The handle of the queue of a port, and so the first part of the numbers of its classes. */
const HANDLE = 1;

function classId(delayClass: number): string {
  return `${HANDLE}:${delayClass.toString(16)}`;
}

/** A set of ports, as nft(8) wants it. */
export function oneOf(ports: readonly string[]): string {
  return `{ ${ports.map((port) => `"${port}"`).join(', ')} }`;
}

/**
 * Reads what the rules have met from `nft --json list table`.
 *
 * @param rules as they were given to `ruleset`
 */
export function readMet(json: string, rules: readonly SwitchRule[]): MetOnLink[] {
  const counts = readCounters(json).map(({ packets }) => packets);
  // A loss is two rules of the kernel: one counts, and the other counts and drops. A delay is one.
  return rules.map(({ from, to, delayClass }) => {
    const packets = counts.shift() ?? 0;
    return delayClass === undefined
      ? { from, to, packets, dropped: counts.shift() ?? 0 }
      : { from, to, packets, dropped: 0, affected: packets };
  });
}

/** What a rule has counted. */
export interface Counter {
  packets: number;
  /** Without the headers of the link. */
  bytes: number;
}

/** Reads the counter of each rule from `nft --json list table`; 0 for a rule without one. */
export function readCounters(json: string): Counter[] {
  const { nftables } = JSON.parse(json) as {
    nftables: { rule?: { expr: { counter?: Counter }[] } }[];
  };
  return nftables.flatMap(({ rule }) =>
    rule === undefined
      ? []
      : [rule.expr.find(({ counter }) => counter !== undefined)?.counter ?? { packets: 0, bytes: 0 }],
  );
}
