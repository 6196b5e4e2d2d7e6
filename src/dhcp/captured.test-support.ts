import { readFileSync } from 'node:fs';

/** One message to a real Kea, and Kea's answer; `reply` is absent where Kea did not answer. */
export interface CapturedExchange {
  name: string;
  request: Uint8Array;
  reply: Uint8Array | undefined;
}

/** The answers of Kea 2.2.0; the fixture files say how they were captured. */
export function capturedExchanges(protocol: 'v4' | 'v6'): CapturedExchange[] {
  const url = new URL(`./${protocol}/fixtures/kea-2.2.0.json`, import.meta.url);
  const { exchanges } = JSON.parse(readFileSync(url, 'utf8')) as {
    exchanges: { name: string; request: string; reply: string | null }[];
  };
  return exchanges.map(({ name, request, reply }) => ({
    name,
    request: bytesOf(request),
    reply: reply === null ? undefined : bytesOf(reply),
  }));
}

function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}
