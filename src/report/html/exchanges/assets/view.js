// The visible time: from and until in microseconds of the run. Nothing here touches the page.
// A library such as d3-zoom would bring 50 kB and a bundler for what these few functions do: a view is two numbers.

/** Less than this shows nothing more: a journal's times are exact to some ten microseconds. */
const SHORTEST_US = 200;

/** Fits a view into the limits; a view that is too short is widened around its middle. */
export function fitted({ from, until }, limits) {
  const whole = limits.until - limits.from;
  const length = Math.min(whole, Math.max(Math.min(SHORTEST_US, whole), until - from));
  const middle = (from + until) / 2;
  const begin = Math.min(Math.max(limits.from, middle - length / 2), limits.until - length);
  return { from: begin, until: begin + length };
}

/** Shows `factor` times as much time; what is at this share of the width stays there. */
export function zoomed({ from, until }, factor, share, limits) {
  const length = until - from;
  const at = from + share * length;
  // At a limit of the length nothing moves.
  const possible = fitted(
    { from: 0, until: length * factor },
    { from: 0, until: limits.until - limits.from },
  );
  const next = possible.until - possible.from;
  return fitted({ from: at - share * next, until: at + (1 - share) * next }, limits);
}

/** Moves by this share of what is visible. */
export function moved({ from, until }, share, limits) {
  const by = share * (until - from);
  return fitted({ from: from + by, until: until + by }, limits);
}

/** `#t=12.5,13.5` or `#t=12.5,13.5&client=7`: seconds of the axis, as in W3C Media Fragments. */
export function hashOf({ from, until }, zero, clients) {
  const digits = digitsFor(until - from);
  const seconds = (us) => ((us - zero) / 1e6).toFixed(digits);
  const client = clients === '' ? '' : `&client=${encodeURIComponent(clients)}`;
  return `#t=${seconds(from)},${seconds(until)}${client}`;
}

/** The view of a hash; undefined where it has none. */
export function viewOfHash(hash, zero) {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const [from, until] = (fields.get('t') ?? '').split(',').map((text) => (text === '' ? NaN : Number(text)));
  const clients = fields.get('client') ?? '';
  if (!(Number.isFinite(from) && Number.isFinite(until) && from <= until)) return { clients };
  return { view: { from: zero + from * 1e6, until: zero + until * 1e6 }, clients };
}

/** The view that a reader types: `12.5-13.5`, `12.5 – 13.5 s`, or `12.5` for the second around it. */
export function viewOfText(text, zero) {
  const found = /^\s*(-?[\d.]+)\s*s?\s*(?:(?:–|-|to|\s)\s*(-?[\d.]+)\s*s?)?\s*$/.exec(text);
  if (found === null) return undefined;
  const first = Number(found[1]);
  const last = found[2] === undefined ? undefined : Number(found[2]);
  if (!Number.isFinite(first) || (last !== undefined && !(last >= first))) return undefined;
  const [from, until] = last === undefined ? [first - 0.5, first + 0.5] : [first, last];
  return { from: zero + from * 1e6, until: zero + until * 1e6 };
}

/** Such as `12.50–13.50 s`. */
export function viewText({ from, until }, zero) {
  const digits = digitsFor(until - from);
  return `${((from - zero) / 1e6).toFixed(digits)}–${((until - zero) / 1e6).toFixed(digits)} s`;
}

/** Decimals of a second that tell a thousandth of this length. */
function digitsFor(us) {
  return Math.min(6, Math.max(0, Math.ceil(3 - Math.log10(us / 1e6))));
}

/** Round times, at most `most` of them: places in microseconds, and texts in seconds. */
export function ticksOf({ from, until }, zero, most) {
  const rough = (until - from) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough * 0.999);
  const digits = Math.max(0, Math.ceil(6 - Math.log10(step) - 1e-9));
  const ticks = [];
  for (let at = Math.ceil((from - zero) / step - 1e-9) * step; at <= until - zero; at += step)
    ticks.push({ at: zero + at, text: ((at + 0) / 1e6).toFixed(digits).replace(/^-(0(?:\.0*)?)$/, '$1') });
  return ticks;
}
