import { CHECK_NAMES } from '../results/check-names.js';
import { EXIT, exitCodeOf, type ErrorCode, WORST_FIRST } from '../errors.js';
import { CHECK_MEANINGS } from '../report/words/checks/check-meanings.js';
import { ERROR_MEANINGS, EXIT_MEANINGS } from '../error-meanings.js';
import { GENERATED, markdownTable } from './markdown-table.js';
import { RECORDED_MEANINGS } from '../report/words/checks/recorded-meanings.js';
import { code } from './value-text.js';

/** `docs/reference/errors.md` */
export function errorsPage(): string {
  return `${GENERATED}
# Exit codes and errors

With messages and what to do about them: [troubleshooting.md](../troubleshooting.md).

## Exit codes

${markdownTable(
  ['code', 'name', 'means', 'what to do'],
  entries(EXIT_MEANINGS).map(([name, { means, mend }]) => [String(EXIT[name]), name, means, mend]),
)}
Of several runs the worst counts, in this order: ${WORST_FIRST.join(', ')}.

## Error codes

An error is printed as \`error CODE: what happened\`, and below it what to do. The code is stable and may be compared by
scripts; the words are for people.

${markdownTable(
  ['code', 'exit', 'means', 'what to do'],
  entries(ERROR_MEANINGS).map(([name, { means, mend }]) => [
    code(name),
    String(exitCodeOf(name satisfies ErrorCode)),
    means,
    mend,
  ]),
)}`;
}

/** `docs/reference/checks.md` */
export function checksPage(): string {
  return `${GENERATED}
# Checks that are always on

A scenario can state more ([writing-a-scenario.md](../writing-a-scenario.md#checks-of-your-own)), and leave none of these
out. The verdict is \`fail\` where one fails, else \`inconclusive\` where one can not tell, else \`pass\`.

${markdownTable(
  ['check', 'requires', 'otherwise', 'where to look'],
  CHECK_NAMES.map((name) => {
    const { requires, otherwise, look, open } = CHECK_MEANINGS[name];
    return [code(name), requires, otherwise, open === undefined ? look : `${look} Inconclusive: ${open}`];
  }),
)}
## In captures and logs of perfdhcp

These checks are made on captures and logs. There is no run directory, and no node to ask.

${markdownTable(
  ['check', 'where to look', "where it can't tell"],
  entries(RECORDED_MEANINGS).map(([name, { look = '', open = '' }]) => [code(name), look, open]),
)}`;
}

function entries<K extends string, V>(record: Readonly<Partial<Record<K, V>>>): [K, V][] {
  return Object.entries(record) as [K, V][];
}
