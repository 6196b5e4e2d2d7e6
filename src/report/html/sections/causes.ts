import type { Result } from '../../../results/result.js';
import { CAUSES_TITLE, explainedText, toldCauses } from '../../words/causes.js';
import { html, withCode } from '../markup.js';
import type { Section } from './section.js';

/** What the harness knows of why. Absent if the run has no cause's evidence. */
export function causes(result: Result): Section | undefined {
  const told = toldCauses(result);
  if (told.length === 0) return undefined;
  return {
    id: 'causes',
    title: CAUSES_TITLE,
    content: told.map(
      ({ id, title, meaning, whatToDo, explains }) =>
        html`<h3 id="cause-${id}">${title}</h3>
          <p>${withCode(meaning)}</p>
          <ul>
            ${explains.map((one) => html`<li><code>${explainedText(one)}</code>: ${one.text}</li>`)}
          </ul>
          <p class="note">What to do: ${withCode(whatToDo)}</p>`,
    ),
  };
}
