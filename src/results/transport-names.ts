/** How datagrams of a load leave and arrive. The load and its results share these names. */
export const TRANSPORTS = ['native', 'dgram'] as const;
export type TransportName = (typeof TRANSPORTS)[number];
