/** A cache: the texts of addresses that come again and again, such as those of servers and relays. */
const TEXTS = new Map<number, string>();
const MOST_TEXTS = 4_096;

/** The four bytes of an address that is given as a number. */
export function bytesOf(address: number): Uint8Array {
  return Uint8Array.of(address >>> 24, address >>> 16, address >>> 8, address);
}

/** `192.0.2.1` */
export function ipv4Text(address: number): string {
  let text = TEXTS.get(address);
  if (text === undefined) {
    text = bytesOf(address).join('.');
    if (TEXTS.size < MOST_TEXTS) TEXTS.set(address, text);
  }
  return text;
}
