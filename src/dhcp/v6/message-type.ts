/** RFC 8415 section 7.3. */
export const MESSAGE_TYPE = {
  solicit: 1,
  advertise: 2,
  request: 3,
  confirm: 4,
  renew: 5,
  rebind: 6,
  reply: 7,
  release: 8,
  decline: 9,
  reconfigure: 10,
  informationRequest: 11,
  relayForward: 12,
  relayReply: 13,
} as const;

export type RelayMessageType = typeof MESSAGE_TYPE.relayForward | typeof MESSAGE_TYPE.relayReply;
export type ClientServerMessageType = Exclude<
  (typeof MESSAGE_TYPE)[keyof typeof MESSAGE_TYPE],
  RelayMessageType
>;

const CLIENT_SERVER: ReadonlySet<number> = new Set(
  Object.values(MESSAGE_TYPE).filter((type) => !isRelayMessageType(type)),
);

export function isRelayMessageType(value: number): value is RelayMessageType {
  return value === MESSAGE_TYPE.relayForward || value === MESSAGE_TYPE.relayReply;
}

export function isClientServerMessageType(value: number): value is ClientServerMessageType {
  return CLIENT_SERVER.has(value);
}
