/**
 * The value of a DHCP option as a scenario writes it: text, or hexadecimal bytes after `0x`. `{client}` in it stands for
 * the client's number in its case, so that each client has a value of its own.
 */
export interface OptionValue {
  /** At most 255, the most that an option of DHCPv4 holds without being split. */
  readonly bytes: Uint8Array;
  /** Where the client's number stands: eight decimal digits in text, four bytes among hexadecimal ones. */
  readonly numbers: readonly { readonly at: number; readonly digits: 4 | 8 }[];
}

export const CLIENT_NUMBER = '{client}';
const MOST_BYTES = 255;

/** Reads a value. Returns what is wrong with it as text, which follows the name of its key: `must be …`. */
export function readOptionValue(written: string): OptionValue | string {
  const isHex = written.startsWith('0x');
  const digits = isHex ? 4 : 8;
  const parts: Uint8Array[] = [];
  for (const part of (isHex ? written.slice(2) : written).split(CLIENT_NUMBER)) {
    const bytes = isHex ? hexBytes(part) : textBytes(part);
    if (typeof bytes === 'string') return bytes;
    parts.push(bytes);
  }
  const numbers: { at: number; digits: 4 | 8 }[] = [];
  const whole: Uint8Array[] = [];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (index > 0) {
      numbers.push({ at, digits });
      whole.push(new Uint8Array(digits));
      at += digits;
    }
    whole.push(part);
    at += part.length;
  }
  if (at > MOST_BYTES) return `must have at most ${MOST_BYTES} bytes`;
  return { bytes: Uint8Array.from(Buffer.concat(whole)), numbers };
}

function hexBytes(text: string): Uint8Array | string {
  const digits = text.replaceAll(':', '');
  return /^([0-9a-f]{2})*$/i.test(digits)
    ? Buffer.from(digits, 'hex')
    : 'must have two hexadecimal digits for each byte after 0x; colons between them are allowed';
}

function textBytes(text: string): Uint8Array | string {
  const [placeholder] = /\{[a-zA-Z]+\}/.exec(text) ?? [];
  return placeholder === undefined ? Buffer.from(text) : `must have ${CLIENT_NUMBER} as its only placeholder`;
}

/** Writes a client's number to its place in a value. */
export function putClientNumber(
  value: Uint8Array,
  { at, digits }: OptionValue['numbers'][number],
  client: number,
): void {
  const base = digits === 8 ? 10 : 256;
  const zero = digits === 8 ? 0x30 : 0;
  let rest = client;
  for (let index = digits - 1; index >= 0; index--) {
    value[at + index] = zero + (rest % base);
    rest = Math.floor(rest / base);
  }
}
