import { count } from '../../words/numbers.js';
import { numberedIn, whoText } from '../../words/witness-text.js';
import { linear } from '../charts/svg.js';
import { place, stretch } from '../faults/lane.js';
import type { HolderOfCase, PageInput, SeenMessage, WitnessOfCase } from '../input.js';
import { html, type Content, type Markup } from '../markup.js';
import { leadingTo, LOOKS, lookOf, messageText, secondsText, type Look } from './messages.js';
import { clientKey } from './shown.js';

/** The most clients of a witness that have a lane. Thousands may share a lease. */
const CLIENTS_DRAWN = 8;

const HEIGHT = 34;
const MIDDLE = HEIGHT / 2;
/** The width of a mark, pixels. */
const MARK = 10;

interface Swimmer {
  holder: HolderOfCase;
  messages: readonly SeenMessage[];
}

/** The time that lanes show, microseconds since the run's start. */
interface Span {
  fromUs: number;
  untilUs: number;
}

/**
 * A lane for each client of a witness: when it asked, what it was offered, when it was given the lease and how long it held it.
 * What two of them held at the same time is shaded. Undefined where no time is known.
 */
export function swimLanes(
  witness: WitnessOfCase,
  { result, messages }: Pick<PageInput, 'result' | 'messages'>,
): Markup | undefined {
  const swimmers = witness.holders.slice(0, CLIENTS_DRAWN).map((holder) => ({
    holder,
    messages: leadingTo(holder, messages?.get(clientKey(holder.case ?? witness.case, holder.client)) ?? []),
  }));
  const span = spanOf(swimmers);
  if (span === undefined) return undefined;
  const both = heldByTwo(swimmers, span);
  const numbered = numberedIn(result);
  const more = witness.holders.length - swimmers.length;
  return html`<div class="swim">
    ${swimmers.map((one) => {
      const who = numbered === 'numbered' ? `client ${one.holder.client}` : whoText(one.holder, numbered);
      return swimLane(who, one, span, both);
    })}
    ${axis(span)}
  </div>
  ${more === 0 ? null : html`<p class="note">${count(more)} more clients are in the list of witnesses.</p>`}`;
}

/** From the first message to a little after the last beginning of a holding, or to the end of what two clients held. */
function spanOf(swimmers: readonly Swimmer[]): Span | undefined {
  const begins = swimmers.flatMap(({ holder: { fromUs }, messages }) => [
    ...(fromUs === null ? [] : [fromUs]),
    ...messages.map(({ atUs }) => atUs),
  ]);
  if (begins.length === 0) return undefined;
  const fromUs = Math.min(...begins);
  const last = Math.max(...begins);
  const lengthUs = Math.max(last - fromUs, 1_000);
  const ends = swimmers.flatMap(({ holder: { untilUs } }) => untilUs ?? []);
  const near = ends.filter((us) => us > last && us < last + 2 * lengthUs);
  return { fromUs: fromUs - 0.03 * lengthUs, untilUs: Math.max(last, ...near) + 0.15 * lengthUs };
}

/** When at least two of the clients held it, as far as it is visible. */
function heldByTwo(swimmers: readonly Swimmer[], { untilUs }: Span): Span[] {
  const held = swimmers.flatMap(({ holder: { client, case: of = '', fromUs, untilUs: end } }) =>
    fromUs === null || end === fromUs
      ? []
      : [{ client: clientKey(of, client), fromUs, untilUs: Math.min(end ?? Infinity, untilUs) }],
  );
  const edges = [...new Set(held.flatMap((one) => [one.fromUs, one.untilUs]))].sort(
    (one, other) => one - other,
  );
  const spans: Span[] = [];
  for (const [index, fromUs] of edges.entries()) {
    const until = edges[index + 1];
    // The same client may stand there for several holdings.
    const holders = new Set(
      held.filter((one) => one.fromUs <= fromUs && one.untilUs > fromUs).map(({ client }) => client),
    );
    if (until === undefined || holders.size < 2) continue;
    const last = spans.at(-1);
    if (last?.untilUs === fromUs) last.untilUs = until;
    else spans.push({ fromUs, untilUs: until });
  }
  return spans;
}

function swimLane(who: string, { holder, messages }: Swimmer, span: Span, both: readonly Span[]): Markup {
  const texts = messages.map(messageText);
  const held = heldText(holder, span);
  const shade = both.map((one) => html`<rect class="both" ${across(one, span)} height="${HEIGHT}" />`);
  return html`<div class="lane">
    <p><strong>${who}</strong> <span>${holder.server}${held === '' ? '' : `, ${held}`}</span></p>
    <svg height="${HEIGHT}" role="img" aria-label="${[who, ...texts, held].filter((text) => text !== '').join('; ')}">
      ${shade} ${holding(holder, span, held)} ${waiting(messages, span)}
      ${messages.map(
        (message) =>
          html`<svg class="mark" x="${at(message.atUs, span)}" overflow="visible"
            ><title>${messageText(message)}</title>${sign(lookOf(message))}</svg
          >`,
      )}
    </svg>
  </div>`;
}

/**
 * Such as `held it from 0.185 s to 2.184 s`, `may have held it from …`; empty for an answer alone. Nobody saw the end of a
 * lease that runs on after what is drawn.
 */
function heldText({ fromUs, untilUs, possible }: HolderOfCase, span: Span): string {
  if (fromUs === null || untilUs === fromUs) return '';
  // The servers may have given it, and the client does not know of that.
  const held = `${possible === undefined ? 'held' : 'may have held'} it from ${secondsText(fromUs)}`;
  if (untilUs === null) return `${held} on`;
  return untilUs > span.untilUs
    ? `${held} on, and the lease runs until ${secondsText(untilUs)}`
    : `${held} to ${secondsText(untilUs)}`;
}

function holding({ fromUs, untilUs, possible }: HolderOfCase, span: Span, text: string): Content {
  if (fromUs === null || untilUs === fromUs) return null;
  const its = { fromUs, untilUs: Math.min(untilUs ?? Infinity, span.untilUs) };
  return html`<g class="mark holding${possible === undefined ? '' : ' possible'}"><title>${text}</title><rect ${across(its, span)} y="${MIDDLE - 6}" height="12" /></g>`;
}

/** A line from each message of the client to the answer to it. */
function waiting(messages: readonly SeenMessage[], span: Span): Content {
  return messages.map((message, index) => {
    const answer = messages
      .slice(index + 1)
      .find(({ what, phase }) => what !== 'sent' && phase === message.phase);
    if (message.what !== 'sent' || answer === undefined) return null;
    return html`<line class="waiting" x1="${at(message.atUs, span)}" x2="${at(answer.atUs, span)}" y1="${MIDDLE}" y2="${MIDDLE}" />`;
  });
}

/** The signs differ in their shape, not only in their colour. */
function sign(look: Look): Markup {
  const half = MARK / 2;
  const shapes: Record<Look, Markup> = {
    asked: html`<path d="M0 ${MIDDLE - half}V${MIDDLE + half}" />`,
    offered: html`<circle cy="${MIDDLE}" r="${half - 1}" />`,
    given: html`<circle cy="${MIDDLE}" r="${half}" />`,
    refused: html`<path d="M${-half} ${MIDDLE - half}l${MARK} ${MARK}m0 ${-MARK}l${-MARK} ${MARK}" />`,
    waited: html`<rect x="${-half}" y="${MIDDLE - half}" width="${MARK}" height="${MARK}" />`,
  };
  return html`<g class="message ${look}">${shapes[look]}</g>`;
}

/** What the signs of some messages mean. */
export function swimLegend(): Markup {
  const key = (shape: Markup, name: string) =>
    html`<span class="key"
      ><svg viewBox="-14 ${MIDDLE - 8} 28 16" class="long" aria-hidden="true">${shape}</svg><span>${name}</span></span
    >`;
  return html`<p class="legend">
    ${Object.entries(LOOKS).map(([look, meaning]) => key(sign(look as Look), meaning))}
    ${key(html`<g class="holding"><rect x="-13" y="${MIDDLE - 6}" width="26" height="12" /></g>`, 'the client holds it')}
    ${key(html`<g class="holding possible"><rect x="-13" y="${MIDDLE - 6}" width="26" height="12" /></g>`, 'the client may hold it, and does not know')}
    ${key(html`<rect class="both" x="-13" y="${MIDDLE - 7}" width="26" height="14" />`, 'two hold it, or may')}
  </p>`;
}

const TICKS = 5;

/** Milliseconds of the lanes where they are short, else seconds of the run. */
function axis({ fromUs, untilUs }: Span): Markup {
  const lengthUs = untilUs - fromUs;
  const isShort = lengthUs < 10e6;
  const perUnit = isShort ? 1_000 : 1e6;
  const ticks = linear(lengthUs / perUnit, 0, 1, TICKS).ticks.filter(
    (tick) => tick * perUnit <= lengthUs * 0.97,
  );
  return html`<div class="lane axis" aria-hidden="true">
    <p>${isShort ? 'milliseconds' : 'seconds'} since ${secondsText(fromUs)}</p>
    <svg height="16">
      ${ticks.map(
        (tick) =>
          html`<text class="tick${tick === 0 ? ' start' : ''}" x="${place(tick * perUnit, lengthUs)}" y="12">${count(tick)}</text>`,
      )}
    </svg>
  </div>`;
}

function at(us: number, { fromUs, untilUs }: Span): string {
  return place(us - fromUs, untilUs - fromUs);
}

function across(its: Span, { fromUs, untilUs }: Span): Markup {
  return stretch({ fromMs: its.fromUs - fromUs, untilMs: its.untilUs - fromUs }, untilUs - fromUs);
}
