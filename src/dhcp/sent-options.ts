import { putBytes } from './big-endian.js';

/** An option that a client or a relay sends as it is. */
export interface SentOption {
  readonly code: number;
  readonly value: Uint8Array;
}

/** The options that the messages of one client carry besides those of the protocol. No code appears twice in a list. */
export interface SentOptions {
  /** From the client itself, in order. */
  readonly own: readonly SentOption[];
  /**
   * From the relay next to the client, in order: sub-options of option 82 in DHCPv4 (RFC 3046), options of the RELAY-FORW
   * in DHCPv6 (RFC 8415 section 19.1).
   */
  readonly relay: readonly SentOption[];
}

export const NOTHING_SENT: SentOptions = { own: [], relay: [] };

/** Where the value of an option lies in a message. */
export interface OptionPlace {
  at: number;
  length: number;
}

/** Writes values over those of the model. Throws a RangeError for a value of another length than the model's. */
export function putOptions(
  message: Uint8Array,
  places: readonly OptionPlace[],
  options: readonly SentOption[] | undefined,
): void {
  if ((options?.length ?? 0) !== places.length)
    throw new RangeError('the options differ in number from those of the prepared message');
  for (let index = 0; index < places.length; index++) {
    const place = places[index];
    const value = options?.[index]?.value;
    if (place === undefined || value?.length !== place.length)
      throw new RangeError('an option differs in length from that of the prepared message');
    putBytes(message, place.at, value);
  }
}
