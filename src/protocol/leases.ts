export type LeaseType = 'address' | 'prefix';

/** In the order in which figures are shown. */
export const LEASE_TYPES = ['address', 'prefix'] as const satisfies readonly LeaseType[];

/** The prefix length of a prefix that was recorded without one: all its 128 bits count. */
export const UNKNOWN_PREFIX_LENGTH = 255;

/** A valid lifetime without end, seconds (RFC 2131 section 3.3, RFC 8415 section 7.7). */
export const INFINITE_LIFETIME = 0xffff_ffff;
