import { meaningOf, type Outcome } from '../../outcome.js';
import { html, type Markup } from '../markup.js';
import { LOOKS, SIGNS } from '../sections/verdict.js';

/** The class that an outcome is coloured by. */
export function lookOf(outcome: Outcome): 'pass' | 'fail' | 'inconclusive' {
  return LOOKS[meaningOf(outcome).light];
}

/** A sign beside the word, so that no outcome rests on its colour. */
export function signOf(outcome: Outcome): string {
  return outcome === 'skipped' ? '–' : SIGNS[lookOf(outcome)];
}

/** `✓ control held`, in its colour. */
export function outcomeMark(outcome: Outcome): Markup {
  return html`<span class="${lookOf(outcome)}">${signOf(outcome)} ${outcome}</span>`;
}
