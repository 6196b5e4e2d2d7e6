/** What there may be too little of, if a load was not driven or not answered as it should be. */
export const SHORT_RESOURCES = [
  'cpu',
  'harness',
  'sockets',
  'servers',
  'nodes',
  'pool',
  'database',
  'unknown',
] as const;

export type ShortResource = (typeof SHORT_RESOURCES)[number];

export interface Shortage {
  resource: ShortResource;
  /** In words, with the figures that show it. */
  found: string;
}
