/** A fact that a source of other programs may not tell. The figures that depend on it are null. */
export type Untold = keyof typeof UNTOLD;

export const UNTOLD = {
  times: 'It tells no times: there is no latency and no schedule.',
  heldWhen:
    'It does not tell when leases were held: two clients with the same lease in a committing phase count as holding ' +
    'it at the same time.',
  intendedTimes:
    'It does not tell when messages should have been sent: latency counts from when they were sent, and there is no ' +
    'schedule.',
  timeouts:
    'It does not tell how long the clients waited: no answer counts as late, and a timeout is a request without ' +
    'any answer.',
  attempts: 'It does not tell attempts apart: all that it lists counts as first attempts.',
  requests: 'It does not tell how many requests were sent, or how many had no answer.',
  naks: 'It does not show DHCPNAKs, which perfdhcp passes over: they are among the timeouts.',
  strayAnswers:
    'It shows neither extra, late nor malformed answers, nor those with the identity of another client.',
  drops: 'It does not tell whether datagrams were dropped at a socket.',
  prefixLengths:
    'It does not tell how long the prefixes are, so overlaps are not looked for (--prefix-length gives the length).',
  holders:
    'It does not tell in which order leases were given, or which were given back: it is not known who holds a lease ' +
    'at the end.',
  furtherAssociations:
    'It lists only the first identity association of each kind in a message: leases of further ones are not judged.',
} as const;
