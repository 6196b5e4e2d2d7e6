/**
 * The option codes that the harness knows by name (RFC 2132 unless noted). The codec keeps all other options unread.
 */
export const OPTION = {
  /** RFC 2132 section 3.1; one byte without a length. */
  pad: 0,
  subnetMask: 1,
  hostName: 12,
  requestedAddress: 50,
  leaseTime: 51,
  overload: 52,
  messageType: 53,
  serverIdentifier: 54,
  parameterRequestList: 55,
  statusMessage: 56,
  maximumMessageSize: 57,
  renewalTime: 58,
  rebindingTime: 59,
  vendorClass: 60,
  clientIdentifier: 61,
  /** RFC 4702. */
  clientFqdn: 81,
  /** RFC 3046. */
  relayAgentInformation: 82,
  /** RFC 2132 section 3.2; one byte without a length. */
  end: 255,
} as const;

/** A message's options by code, in the order in which each code first appeared. The values are kept byte for byte. */
export type Options = Map<number, Uint8Array>;
