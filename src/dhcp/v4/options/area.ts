import { DecodeError } from '../../decode-error.js';
import type { Reader } from '../../reader.js';
import type { Writer } from '../../writer.js';
import { OPTION, type Options } from './code.js';

/**
 * Options from up to three fields, each ended by the end option.
 *
 * The parts of one option are joined in the order options, file, sname (RFC 3396 sections 5 and 7). So each code
 * appears once, however often it was sent.
 */
export class OptionArea {
  readonly #parts = new Map<number, Uint8Array[]>();

  /** Reads one field up to its end option. The bytes after that are padding (RFC 2131 section 4.1). */
  read(field: Reader): void {
    const start = field.offset;
    while (field.remaining > 0) {
      const code = field.u8();
      if (code === OPTION.end) return;
      if (code === OPTION.pad) continue;
      const value = field.bytes(field.u8());
      const parts = this.#parts.get(code);
      if (parts === undefined) this.#parts.set(code, [value]);
      else parts.push(value);
    }
    throw new DecodeError('MISSING_END', start, 'the options have no end option');
  }

  get(code: number): Uint8Array | undefined {
    const parts = this.#parts.get(code);
    return parts === undefined ? undefined : join(parts);
  }

  toOptions(): Options {
    return new Map(Array.from(this.#parts, ([code, parts]) => [code, join(parts)]));
  }
}

/**
 * Writes the options in their order, then the end option. Relay agent information comes last, as RFC 3046 section 2.1
 * asks. Values of more than 255 bytes are split into adjacent parts (RFC 3396 section 6). Throws a RangeError for the
 * codes 0 and 255, which have no value, and for option overload, which only describes a layout.
 */
export function writeOptionArea(options: Options, writer: Writer): void {
  for (const [code, value] of options) {
    if (code !== OPTION.relayAgentInformation) writeOption(code, value, writer);
  }
  const relayAgentInformation = options.get(OPTION.relayAgentInformation);
  if (relayAgentInformation !== undefined) {
    writeOption(OPTION.relayAgentInformation, relayAgentInformation, writer);
  }
  writer.u8(OPTION.end);
}

function writeOption(code: number, value: Uint8Array, writer: Writer): void {
  if (code === OPTION.pad || code === OPTION.end || code === OPTION.overload) {
    throw new RangeError(`option ${code} can't have a value`);
  }
  let at = 0;
  do {
    const part = value.subarray(at, at + 255);
    writer.u8(code);
    writer.u8(part.length);
    writer.bytes(part);
    at += part.length;
  } while (at < value.length);
}

function join(parts: Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return new Uint8Array(Buffer.concat(parts));
}
