// Loads the parts of the timeline. A page that was opened as a file may not fetch other files, but may load scripts.
// So each part is a script that hands its data to `timelinePart`.

/** Parts kept in memory, of some megabyte each. */
const KEPT = 24;

/** @param told is called whenever a part has come, or could not be loaded */
export function partStore(refs, told) {
  const loaded = new Map();
  const awaited = new Set();
  const missing = new Set();

  window.timelinePart = (number, part) => {
    awaited.delete(number);
    const ref = refs[number];
    // A part of another page may lie beside this one.
    if (ref === undefined || ref.from !== part.from || ref.requests !== part.series.length) {
      missing.add(number);
      return;
    }
    loaded.set(number, decoded(part, number));
    for (const old of loaded.keys()) if (loaded.size > KEPT && old !== number) loaded.delete(old);
  };

  return { wanted, missing };

  /**
   * The parts of these numbers, as far as they are here. The others are asked for.
   */
  function wanted(numbers) {
    const here = [];
    for (const number of numbers) {
      const part = loaded.get(number);
      if (part === undefined) load(number);
      else {
        // The latest used are the last to go.
        loaded.delete(number);
        loaded.set(number, part);
        here.push(part);
      }
    }
    return here;
  }

  function load(number) {
    if (awaited.has(number) || missing.has(number)) return;
    awaited.add(number);
    const script = document.createElement('script');
    script.src = `timeline/${String(number + 1).padStart(4, '0')}.js`;
    const ended = () => {
      if (awaited.delete(number)) missing.add(number);
      script.remove();
      told();
    };
    script.addEventListener('load', ended);
    script.addEventListener('error', ended);
    document.head.append(script);
  }
}

/**
 * The numbers of the parts that a view touches. Requests that began long before the view may still be open in it, so
 * earlier parts are among them, up to `most` requests in all.
 */
export function partsIn(refs, { from, until }, most) {
  const touched = refs.flatMap((ref, number) => {
    const next = refs[number + 1]?.from ?? Infinity;
    return ref.from <= until && next >= from ? [number] : [];
  });
  let requests = touched.reduce((sum, number) => sum + refs[number].requests, 0);
  const earlier = [];
  let omitted = 0;
  for (let number = (touched[0] ?? 0) - 1; number >= 0; number--) {
    if (refs[number].until < from) continue;
    requests += refs[number].requests;
    if (requests > most) omitted++;
    else earlier.unshift(number);
  }
  return { numbers: [...earlier, ...touched], omitted };
}

/** The requests of a part as objects, in the order in which they began. */
function decoded(part, number) {
  let at = part.from;
  const requests = part.series.map((series, index) => {
    at += part.begin[index];
    const took = part.took[index];
    return {
      id: `${number}.${index}`,
      series,
      from: at,
      until: took < 0 ? Infinity : at + took,
      outcome: part.outcome[index],
      client: part.client[index],
      attempt: part.attempt[index],
      leases: part.lease[index] === 0 ? [] : [part.leases[part.lease[index] - 1]],
      reason: '',
      isShared: false,
      witnessed: [],
      further: [],
    };
  });
  for (const [index, lease] of part.second) requests[index].leases.push(part.leases[lease]);
  for (const [index, reason] of part.reasons) requests[index].reason = reason;
  for (const index of part.shared) requests[index].isShared = true;
  for (const [index, ...kinds] of part.witnessed) requests[index].witnessed = kinds;
  for (const [index, kind, after, lease] of part.further)
    requests[index].further.push({ kind, after, lease: part.leases[lease] ?? '' });
  return { number, requests };
}
