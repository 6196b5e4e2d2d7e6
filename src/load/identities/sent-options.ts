import { putU32 } from '../../dhcp/big-endian.js';
import type { SentOption, SentOptions } from '../../dhcp/sent-options.js';
import { SUB_OPTION } from '../../dhcp/v4/index.js';
import { OPTION } from '../../dhcp/v6/index.js';
import type { Family } from '../../protocol/phases.js';
import { putClientNumber, readOptionValue, type OptionValue } from '../../scenario/option-value.js';
import type { SentLoad } from '../../scenario/sent-bytes.js';

/** A value of which each client has its own, in one place for all of them. */
class NumberedOption implements SentOption {
  readonly code: number;
  readonly value: Uint8Array;
  readonly #numbers: OptionValue['numbers'];

  constructor(code: number, { bytes, numbers }: OptionValue) {
    this.code = code;
    this.value = bytes;
    this.#numbers = numbers;
  }

  put(client: number): void {
    for (const number of this.#numbers) putClientNumber(this.value, number, client);
  }
}

/** The options that the clients of a case and their relays send, as `load.dhcp4` and `load.dhcp6` say. */
export class OptionsOfClients {
  readonly #sent: { own: NumberedOption[]; relay: NumberedOption[] };

  constructor(family: Family, load: SentLoad) {
    const { options = [] } = (family === 4 ? load.dhcp4 : load.dhcp6) ?? {};
    this.#sent = {
      own: options.map(({ code, value }) => new NumberedOption(code, valueOf(value))),
      relay: family === 4 ? relayOptions4(load) : relayOptions6(load),
    };
  }

  /** What a client and its relay send. The object is the same each time, and is valid until another client is asked for. */
  of(client: number): SentOptions {
    const { own, relay } = this.#sent;
    for (const option of own) option.put(client);
    for (const option of relay) option.put(client);
    return this.#sent;
  }
}

function relayOptions4({ dhcp4: { circuitId, remoteId, subscriberId } = { options: [] } }: SentLoad) {
  return [
    ...optionOf(SUB_OPTION.circuitId, circuitId),
    ...optionOf(SUB_OPTION.remoteId, remoteId),
    ...optionOf(SUB_OPTION.subscriberId, subscriberId),
  ];
}

function relayOptions6({ dhcp6 }: SentLoad): NumberedOption[] {
  if (dhcp6 === undefined) return [];
  const { interfaceId, remoteId, enterpriseNumber, subscriberId } = dhcp6;
  return [
    ...optionOf(OPTION.interfaceId, interfaceId),
    ...optionOf(OPTION.remoteId, remoteId, enterpriseNumber),
    ...optionOf(OPTION.subscriberId, subscriberId),
  ];
}

/** @param enterpriseNumber stands before the value, if there is one (RFC 4649 section 3) */
function optionOf(code: number, written: string | undefined, enterpriseNumber?: number): NumberedOption[] {
  if (written === undefined) return [];
  const value = valueOf(written);
  if (enterpriseNumber === undefined) return [new NumberedOption(code, value)];
  const bytes = new Uint8Array(4 + value.bytes.length);
  putU32(bytes, 0, enterpriseNumber);
  bytes.set(value.bytes, 4);
  const numbers = value.numbers.map(({ at, digits }) => ({ at: at + 4, digits }));
  return [new NumberedOption(code, { bytes, numbers })];
}

/** The schema has checked the value. */
function valueOf(written: string): OptionValue {
  const value = readOptionValue(written);
  if (typeof value === 'string') throw new RangeError(`${written} ${value}`);
  return value;
}
