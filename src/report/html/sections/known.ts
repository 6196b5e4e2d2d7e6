import { knownSentences } from '../../words/known.js';
import type { Result } from '../../../results/result.js';
import { html } from '../markup.js';
import type { Section } from './section.js';

/** The failures within the bounds that the scenario names. Absent if there are none. */
export function known(result: Result): Section | undefined {
  const sentences = knownSentences(result);
  if (sentences.length === 0) return undefined;
  return {
    id: 'known',
    title: 'Known failures',
    content: [
      html`<p>The scenario expects these failures up to a bound, with a known cause. The checks pass.</p>`,
      html`<ul>
        ${sentences.map((one) => html`<li>${one}</li>`)}
      </ul>`,
    ],
  };
}
