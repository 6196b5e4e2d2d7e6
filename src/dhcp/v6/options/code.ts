/** The codes of the options that the codec reads (RFC 8415 section 21). All other options stay opaque. */
export const OPTION = {
  clientId: 1,
  serverId: 2,
  iaNa: 3,
  iaAddress: 5,
  optionRequest: 6,
  preference: 7,
  elapsedTime: 8,
  relayMessage: 9,
  statusCode: 13,
  rapidCommit: 14,
  interfaceId: 18,
  iaPd: 25,
  iaPrefix: 26,
  /** RFC 4649. */
  remoteId: 37,
  /** RFC 4580. */
  subscriberId: 38,
} as const;
