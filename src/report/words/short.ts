import type { ShortResource } from '../../results/resources.js';
import { USED_UP_TIME_PERCENT } from '../../judgement/machine/machine.js';

/** What it means that a resource was short, for a key below a table that names only the resource. */
export const SHORT_MEANINGS: Readonly<Record<ShortResource, string>> = {
  cpu: `no CPU of the machine was left at the peak of the load, whatever used it; where that took more than ${USED_UP_TIME_PERCENT}% of the time, the machine was busy`,
  harness: "this program's own thread of the load was busy all the time",
  sockets: 'datagrams were dropped at full socket buffers',
  servers: 'a server kept a whole CPU busy',
  nodes: 'a node kept a whole CPU busy',
  pool: 'the servers had no free lease',
  busy: 'this run or other programs used much of the machine',
  database: 'the servers waited for their database',
  unknown: 'no measured resource was used up',
};
