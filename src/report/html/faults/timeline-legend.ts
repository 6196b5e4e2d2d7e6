import { html, type Markup } from '../markup.js';
import { STATE_LOOKS } from './node-lane.js';
import { endedSign } from './server-lane.js';
import { firstLeaseSign } from './waits.js';

/** What the shapes of the timeline mean. */
export function timelineLegend(): Markup {
  const key = (shape: Markup, name: string) =>
    html`<span class="key"
      ><svg viewBox="0 0 28 12" class="long" aria-hidden="true">${shape}</svg><span>${name}</span></span
    >`;
  const box = (group: string, look: string) =>
    html`<g class="${group}"><rect class="${look}" x="0.5" y="0.5" width="27" height="11" /></g>`;
  const states = Object.entries(STATE_LOOKS).map(([look, meaning]) => key(box('state', look), meaning));
  return html`<p class="legend">
      <strong>Done to it:</strong> ${key(box('own-fault', 'in-place'), 'the fault')}
      ${key(box('own-fault', 'changing'), 'being done or undone')}
      ${key(html`<rect class="fault in-place" width="28" height="12" />`, 'while any fault lasts')}
    </p>
    <p class="legend"><strong>The node says:</strong> ${states}</p>
    <p class="legend">
      <strong>The clients of a server:</strong>
      ${key(box('share', 'served'), 'those that get a lease')}
      ${key(box('share', 'unserved'), 'those that get none')}
      ${key(html`<g class="gap"><path d="M1 6H27M1 3V9M27 3V9" /></g>`, 'longest time without a lease')}
      ${key(html`<g class="lost-database"><rect x="1" y="4" width="26" height="4" /></g>`, 'the server has lost its database')}
      ${key(html`<g transform="translate(14 1)">${firstLeaseSign()}</g>`, 'first lease after the undoing began')}
      ${key(html`<g class="ended" transform="translate(14 6) scale(0.75)">${endedSign('0', 0)}</g>`, 'the server ended')}
    </p>`;
}
