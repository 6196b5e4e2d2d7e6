import { readOptionValue } from '../option-value.js';
import { OWN_CODES_4, OWN_CODES_6 } from '../schema/sent-options.js';

/**
 * The columns that a list of clients may have. Identifiers are hexadecimal, as in Kea's lease files; what clients and relays
 * send is written as in `load.dhcp4` and `load.dhcp6`.
 */
export const IDENTIFIERS = {
  hardwareAddress: { least: 1, most: 16, meaning: 'DHCPv4: the hardware address, such as 02:00:00:00:00:01' },
  clientIdentifier: {
    least: 2,
    most: 128, // what the lease table of Kea 2.2 holds
    meaning: 'DHCPv4: the client identifier (option 61); a client with an empty one sends none',
  },
  duid: { least: 3, most: 130, meaning: 'DHCPv6: the DUID' },
} as const;
export type IdentifierColumn = keyof typeof IDENTIFIERS;

export const SENT_COLUMNS = {
  circuitId: 'DHCPv4: option 82, circuit-id',
  interfaceId: 'DHCPv6: interface-id',
  remoteId: 'remote-id of both protocols',
  subscriberId: 'subscriber-id of both protocols',
} as const;
export type SentColumn = keyof typeof SENT_COLUMNS;

export type Column =
  | { kind: 'identifier'; name: IdentifierColumn }
  | { kind: 'iaid' }
  | { kind: 'sent'; name: SentColumn }
  | { kind: 'option'; family: 4 | 6; code: number };

/** All columns, for people; `dhcp4.CODE` stands for any option. */
export const COLUMN_NAMES = [
  ...Object.keys(IDENTIFIERS),
  'iaid',
  ...Object.keys(SENT_COLUMNS),
  'dhcp4.CODE',
  'dhcp6.CODE',
];

/** The column of this name; undefined where there is none. */
export function columnOf(name: string): Column | undefined {
  if (Object.hasOwn(IDENTIFIERS, name)) return { kind: 'identifier', name: name as IdentifierColumn };
  if (name === 'iaid') return { kind: 'iaid' };
  if (Object.hasOwn(SENT_COLUMNS, name)) return { kind: 'sent', name: name as SentColumn };
  const option = /^dhcp([46])\.([1-9]\d{0,4})$/.exec(name);
  if (option === null) return undefined;
  const family = option[1] === '4' ? 4 : 6;
  const code = Number(option[2]);
  const isOwn = (family === 4 ? OWN_CODES_4 : OWN_CODES_6)[code] !== undefined;
  const isCode = code >= 1 && code <= (family === 4 ? 254 : 65_535);
  return isCode && !isOwn ? { kind: 'option', family, code } : undefined;
}

/** Why there is no column of this name. */
export function whyNoColumn(name: string): string {
  if (name === '') return 'an empty name is no column';
  const [, family, digits = ''] = /^dhcp([46])\.(\d+)$/.exec(name) ?? [];
  if (family === undefined) return `${name} is no column here`;
  const [own, most] = family === '4' ? [OWN_CODES_4, 254] : [OWN_CODES_6, 65_535];
  const what = digits.startsWith('0') ? undefined : own[Number(digits)];
  return what === undefined
    ? `${name} is no column here: options of DHCPv${family} have codes from 1 to ${most}, without zeros before them`
    : `${name} can't be a column: the harness writes option ${digits} itself, ${what}`;
}

/** What is wrong with a cell that is not empty; undefined where nothing is. */
export function problemOfCell(column: Column, text: string): string | undefined {
  switch (column.kind) {
    case 'identifier': {
      const { least, most } = IDENTIFIERS[column.name];
      const bytes = identifierBytes(text);
      if (bytes === undefined)
        return `${column.name} must have two hexadecimal digits for each byte; colons or hyphens between them are allowed`;
      return bytes.length >= least && bytes.length <= most
        ? undefined
        : `${column.name} must have ${least} to ${most} bytes, but has ${bytes.length}`;
    }
    case 'iaid':
      return iaidOf(text) === undefined ? 'iaid must be a whole number from 0 to 4294967295' : undefined;
    case 'sent':
    case 'option': {
      const value = readOptionValue(text);
      const name = column.kind === 'sent' ? column.name : `dhcp${column.family}.${column.code}`;
      return typeof value === 'string' ? `${name} ${value}` : undefined;
    }
  }
}

/** @returns undefined for text that is not hexadecimal */
export function identifierBytes(text: string): Uint8Array | undefined {
  if (!/^(0x)?[0-9a-f]{2}([:-]?[0-9a-f]{2})*$/i.test(text)) return undefined;
  return Uint8Array.from(Buffer.from(text.replace(/^0x/, '').replaceAll(/[:-]/g, ''), 'hex'));
}

export function iaidOf(text: string): number | undefined {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  return number <= 0xffff_ffff ? number : undefined;
}
