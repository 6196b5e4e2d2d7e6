// Puts requests that overlap in time into tracks below each other. Nothing here touches the page.

/** With more tracks, further requests are drawn over others. */
const MOST_TRACKS = 200;

/**
 * Gives each request a track of its lane. The requests of one attempt of a client follow each other in one track, so an
 * exchange is one line.
 *
 * @param requests in the order in which they began
 * @param laneOf the lane of a request
 * @returns the track of each request, by its id
 */
export function stacked(requests, laneOf) {
  /** By lane: until when each track is taken. */
  const lanes = new Map();
  /** By lane, client and attempt: the track. */
  const tracks = new Map();
  const placed = new Map();
  for (const request of requests) {
    const lane = laneOf(request);
    const ends = lanes.get(lane) ?? [];
    lanes.set(lane, ends);
    const exchange = `${lane} ${request.client} ${request.attempt}`;
    const before = tracks.get(exchange);
    const isFree = (track) => (ends[track] ?? -Infinity) <= request.from;
    let track = before !== undefined && isFree(before) ? before : ends.findIndex((_, one) => isFree(one));
    if (track === -1) track = ends.length < MOST_TRACKS ? ends.length : placed.size % MOST_TRACKS;
    ends[track] = Math.max(ends[track] ?? -Infinity, request.until);
    tracks.set(exchange, track);
    placed.set(request.id, track);
  }
  return placed;
}
