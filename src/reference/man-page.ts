import { EXIT } from '../errors.js';
import { EXIT_MEANINGS } from '../error-meanings.js';
import { TOOL } from '../tool.js';
import { everyHelp } from './help.js';

/** The width of a manual page on a terminal of 80 columns, less the indentation of its paragraphs. */
const COLUMNS = 72;

/**
 * The manual page, in the macros of man(7). It has what `--help` prints, command by command, and the exit codes: both
 * are made from the same sources as the pages of the reference.
 */
export async function manPage(): Promise<string> {
  const helps = await everyHelp(COLUMNS);
  return [
    '.\\" Written by `npm run docs`; edit the sources it names instead.',
    `.TH ${TOOL.name.toUpperCase()} 1`,
    '.SH NAME',
    `${roff(TOOL.name)} \\- lease-allocation conformance tests for Kea DHCP on Galera and Percona XtraDB clusters`,
    '.SH SYNOPSIS',
    `.B ${roff(TOOL.name)}`,
    '.RI [ command ] " " [ arguments ]',
    '.SH DESCRIPTION',
    'Starts Kea servers, each pinned to a node of a database cluster, sends them exchanges of new clients at the same',
    'moment, and counts how many leases went to more than one client. Without a command it reproduces the results that',
    'ISC published in "Getting started with Galera or Percona for Kea".',
    ...helps.flatMap(({ command, text }) => [
      `.SH ${roff(command === '' ? 'COMMANDS' : command.toUpperCase())}`,
      '.nf',
      ...text.trimEnd().split('\n').map(roff),
      '.fi',
    ]),
    '.SH EXIT STATUS',
    ...Object.entries(EXIT_MEANINGS).flatMap(([name, { means, mend }]) => [
      '.TP',
      `.B ${EXIT[name as keyof typeof EXIT]}`,
      roff(withoutLinks(`${means} ${mend}`.trim())),
    ]),
    '.SH FILES',
    '.TP',
    `.I ${roff('reports/SCENARIO/UTCSTAMP/')}`,
    'The directory of a run: its page, its result, its evidence, and the log of each server and node. reports/latest is',
    'the newest one.',
    '.SH SEE ALSO',
    '.BR kea\\-dhcp4 (8),',
    '.BR kea\\-dhcp6 (8),',
    '.BR perfdhcp (8)',
    '',
  ].join('\n');
}

/** The words of a link instead of the link. */
function withoutLinks(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
}

/** The code point as groff_char(7) writes it, such as `2026`. */
function hexadecimal(letter: string): string {
  return (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** Text that no macro or escape can come out of: a hyphen is a minus sign, as in a command that is to be copied.
 * Other letters are written so that every reader shows them, in any locale. */
function roff(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    // A terminal of the C locale has no such letter.
    .replaceAll('…', '...')
    .replace(/[^\x20-\x7e]/gu, (letter) => `\\[u${hexadecimal(letter)}]`);
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}
