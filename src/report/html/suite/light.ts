import { meaningOf, type Outcome } from '../../outcome.js';
import { isNeutral } from '../../suite/run-text.js';
import { html, type Markup } from '../markup.js';
import { LOOKS, SIGNS } from '../sections/verdict.js';

/** The class that an outcome is coloured by. */
export function lookOf(outcome: Outcome): 'pass' | 'fail' | 'inconclusive' {
  return LOOKS[meaningOf(outcome).light];
}

/** The same for what may need nobody's look. */
export function shownLook(outcome: Outcome): ReturnType<typeof lookOf> | 'neutral' {
  return isNeutral(outcome) ? 'neutral' : lookOf(outcome);
}

/** A sign beside the word, so that no outcome rests on its colour. */
export function signOf(outcome: Outcome): string {
  return isNeutral(outcome) ? '–' : SIGNS[lookOf(outcome)];
}

/** `✓ control held`, in its colour. */
export function outcomeMark(outcome: Outcome): Markup {
  return html`<span class="${shownLook(outcome)}">${signOf(outcome)} ${outcome}</span>`;
}
