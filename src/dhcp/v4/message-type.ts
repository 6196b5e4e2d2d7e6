/** Values of option 53 (RFC 2132 section 9.6). */
export const MESSAGE_TYPE = {
  discover: 1,
  offer: 2,
  request: 3,
  decline: 4,
  ack: 5,
  nak: 6,
  release: 7,
  inform: 8,
} as const;

export type MessageType = (typeof MESSAGE_TYPE)[keyof typeof MESSAGE_TYPE];

const KNOWN: ReadonlySet<number> = new Set(Object.values(MESSAGE_TYPE));

export function isMessageType(value: number): value is MessageType {
  return KNOWN.has(value);
}
