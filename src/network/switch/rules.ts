import type { LinkRule, MetOnLink } from '../../faults/links.js';

/** The table of the harness's rules, in the namespace of the switch. */
export const TABLE = ['bridge', 'conformance'] as const;

/** A share of messages is compared with a random number below this. */
const PARTS = 1_000_000;

/**
 * What nft(8) is told: the rules that the switch is to have from now on, in place of those before, in one transaction.
 *
 * @param portsOf the ports that lead to a machine
 */
export function ruleset(rules: readonly LinkRule[], portsOf: (machine: string) => readonly string[]): string {
  const lines = rules.flatMap(({ from, to, effect: { losePercent = 0 } }) => {
    const parts = Math.round((losePercent * PARTS) / 100);
    const chance = parts >= PARTS ? '' : ` numgen random mod ${PARTS} < ${parts}`;
    const link = `    iifname ${oneOf(portsOf(from))} oifname ${oneOf(portsOf(to))}`;
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

/** A set of ports, as nft(8) wants it. */
export function oneOf(ports: readonly string[]): string {
  return `{ ${ports.map((port) => `"${port}"`).join(', ')} }`;
}

/**
 * Reads what the rules have met from `nft --json list table`.
 *
 * @param rules as they were given to `ruleset`
 */
export function readMet(json: string, rules: readonly LinkRule[]): MetOnLink[] {
  const counts = readCounters(json).map(({ packets }) => packets);
  // Each of them is two rules of the kernel: one counts, and the other counts and drops.
  return rules.map(({ from, to }, index) => ({
    from,
    to,
    packets: counts[2 * index] ?? 0,
    dropped: counts[2 * index + 1] ?? 0,
  }));
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
