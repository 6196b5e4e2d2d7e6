export type LeaseType = 'address' | 'prefix';

/** In the order in which figures are shown. */
export const LEASE_TYPES = ['address', 'prefix'] as const satisfies readonly LeaseType[];

/** The prefix length of a prefix that was recorded without one: all its 128 bits count. */
export const UNKNOWN_PREFIX_LENGTH = 255;
