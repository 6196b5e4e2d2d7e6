import { meaningOf, type Outcome } from '../../results/run-outcome.js';
import { isNeutral } from '../run-text.js';
import { html, type Markup } from '../../report/html/markup.js';
import { LOOKS, SIGNS } from '../../report/html/sections/verdict.js';

/** The CSS class for the colour of an outcome. */
export function lookOf(outcome: Outcome): 'pass' | 'fail' | 'inconclusive' {
  return LOOKS[meaningOf(outcome).light];
}

/** The CSS class of an outcome, or `neutral` for an outcome that needs no look. */
export function shownLook(outcome: Outcome): ReturnType<typeof lookOf> | 'neutral' {
  return isNeutral(outcome) ? 'neutral' : lookOf(outcome);
}

/** A sign for the outcome, so that it does not depend on its colour. */
export function signOf(outcome: Outcome): string {
  return isNeutral(outcome) ? '–' : SIGNS[lookOf(outcome)];
}

/** Such as `✓ control held`, in its colour. */
export function outcomeMark(outcome: Outcome): Markup {
  return html`<span class="${shownLook(outcome)}">${signOf(outcome)} ${outcome}</span>`;
}
