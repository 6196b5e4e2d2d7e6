import type { LinkRule } from '../faults/links.js';

/** The table of the harness's rules, in the namespace of the switch. */
const TABLE = 'bridge conformance';

/** A share of messages is compared with a random number below this. */
const PARTS = 1_000_000;

/**
 * What nft(8) is told: the rules that the switch is to have from now on, in place of those before, in one transaction.
 *
 * @param portsOf the ports that lead to a machine
 */
export function ruleset(rules: readonly LinkRule[], portsOf: (machine: string) => readonly string[]): string {
  const lines = rules.map(({ from, to, effect: { losePercent = 0 } }) => {
    const parts = Math.round((losePercent * PARTS) / 100);
    const chance = parts >= PARTS ? '' : ` numgen random mod ${PARTS} < ${parts}`;
    return `    iifname ${oneOf(portsOf(from))} oifname ${oneOf(portsOf(to))}${chance} drop`;
  });
  return [
    // A table can be deleted only if it is there.
    `table ${TABLE}`,
    `delete table ${TABLE}`,
    `table ${TABLE} {`,
    '  chain forward {',
    '    type filter hook forward priority 0; policy accept;',
    ...lines,
    '  }',
    '}',
    '',
  ].join('\n');
}

function oneOf(ports: readonly string[]): string {
  return `{ ${ports.map((port) => `"${port}"`).join(', ')} }`;
}
