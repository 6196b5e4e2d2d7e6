import { seededRandom } from './random.js';

export type Arrival = 'aligned' | 'staggered' | 'poisson';

export interface ScheduleRequest {
  arrival: Arrival;
  /** Exchanges a second on each server. */
  ratePerServer: number;
  clientsPerServer: number;
  servers: number;
  /** Cases share the period evenly, so that they don't collide on a database node that serves them all. */
  caseIndex: number;
  cases: number;
  seed: number;
}

/**
 * When the first attempts of a case start: microseconds after the load began, for each client number in turn (client c
 * is the floor(c / servers)-th of server c mod servers). Open loop: nothing that is answered, or isn't, moves them.
 *
 * - `aligned`: the n-th client of every server starts at the same moment.
 * - `staggered`: the servers take turns, evenly apart.
 * - `poisson`: each server's clients arrive independently, at this mean rate.
 */
export function planStarts(request: ScheduleRequest): Float64Array {
  const { servers, clientsPerServer, arrival } = request;
  const periodUs = 1_000_000 / request.ratePerServer;
  // Staggered, the cases share each server's turn; otherwise the whole period.
  const turnUs = arrival === 'staggered' ? periodUs / servers : 0;
  const caseOffsetUs = ((turnUs || periodUs) * request.caseIndex) / request.cases;
  const starts = new Float64Array(servers * clientsPerServer);
  for (let server = 0; server < servers; server++) {
    const random = seededRandom(request.seed + request.caseIndex * servers + server);
    let arrivedUs = 0;
    for (let n = 0; n < clientsPerServer; n++) {
      arrivedUs += -Math.log(1 - random()) * periodUs;
      starts[n * servers + server] =
        arrival === 'poisson' ? arrivedUs : caseOffsetUs + server * turnUs + n * periodUs;
    }
  }
  return starts;
}
