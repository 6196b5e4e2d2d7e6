import type { FaultsResult, ServedOverTime } from '../../../results/faults.js';
import { databaseSentence, longestWaitText } from '../../words/faults.js';
import { seconds } from '../../words/seconds.js';
import { spanText, type TimeAxis } from '../charts/time-axis.js';
import { html, type Content, type Markup } from '../markup.js';
import { count } from '../../words/numbers.js';
import { lane, place, stretch } from './lane.js';
import { hasFaults, ownFaults, OWN_FAULTS_HEIGHT } from './own-faults.js';
import { waits } from './waits.js';

/** The height of a bucket of which all clients were served. */
const FULL = 18;

/** What the clients of a server saw, and what was done to the server. */
export function serverLane(served: ServedOverTime, faults: FaultsResult, axis: TimeAxis): Markup {
  const { server } = served;
  const { lengthMs } = axis;
  const isTarget = hasFaults(faults, server);
  const top = isTarget ? OWN_FAULTS_HEIGHT : 0;
  const ends = faults.ended.filter((one) => one.server === server);
  const ended = ends.map(({ atMs }) => `ended at ${seconds(atMs)}`);
  return lane({
    name: server,
    text: [...ended, longestWaitText(faults, server)].join('; '),
    axis,
    height: top + FULL + 16,
    content: [
      isTarget ? ownFaults(faults, server, lengthMs) : null,
      shares(served, top, lengthMs),
      waits(server, faults, top + FULL, lengthMs),
      withoutDatabase(server, faults, top + FULL + 11, lengthMs),
      ends.map(
        ({ atMs, how }) =>
          html`<g class="mark ended"
            ><title>${server} ended at ${seconds(atMs)} (${how})</title
            >${endedSign(place(atMs, lengthMs), top + FULL / 2)}</g
          >`,
      ),
    ],
  });
}

/** For each bucket, the share of its attempts that got a lease, from below, and the others above it. */
function shares({ bucketMs, asked, served }: ServedOverTime, top: number, lengthMs: number): Content {
  return asked.map((attempts, bucket) => {
    if (attempts === 0) return null;
    const leases = served[bucket] ?? 0;
    const at = { fromMs: bucket * bucketMs, untilMs: Math.min(lengthMs, (bucket + 1) * bucketMs) };
    const height = Math.round((10 * FULL * leases) / attempts) / 10;
    const rest = FULL - height;
    const across = stretch(at, lengthMs);
    return html`<g class="mark share"
      ><title>${spanText(at.fromMs, at.untilMs)}: ${count(leases)} of ${count(attempts)} attempts got a lease</title
      >${rest === 0 ? null : html`<rect class="unserved" ${across} y="${top}" height="${rest}" />`}${
        height === 0 ? null : html`<rect class="served" ${across} y="${top + rest}" height="${height}" />`
      }<rect class="hit" ${across} y="${top}" height="${FULL}"
    /></g>`;
  });
}

/** Bars for the times in which the server had no database, as its log says. */
function withoutDatabase(
  server: string,
  { lostDatabases = [] }: FaultsResult,
  top: number,
  lengthMs: number,
): Content {
  return lostDatabases
    .filter((one) => one.server === server && one.atMs < lengthMs)
    .map((lost) => {
      const fromMs = Math.max(0, lost.atMs);
      const at = { fromMs, untilMs: Math.max(fromMs, Math.min(lengthMs, lost.backAtMs ?? lengthMs)) };
      return html`<g class="mark lost-database"
        ><title>${databaseSentence(lost)}</title
        ><rect ${stretch(at, lengthMs)} y="${top}" height="4"
      /></g>`;
    });
}

/** A cross on a disc, so that it stands out from the hatching of clients that get no lease. */
export function endedSign(x: string, y: number): Markup {
  return html`<circle cx="${x}" cy="${y}" r="7.5" /><text x="${x}" y="${y + 4}">✕</text>`;
}
