import { LIGHT } from '../../suite/outcome.js';
import type { SuiteOutcome } from '../../suite/suite-result.js';
import { html, type Markup } from '../markup.js';
import { SIGNS } from '../sections/verdict.js';

const LOOKS = { good: 'pass', red: 'fail', open: 'inconclusive' } as const;

/** The class that an outcome is coloured by. */
export function lookOf(outcome: SuiteOutcome): 'pass' | 'fail' | 'inconclusive' {
  return LOOKS[LIGHT[outcome]];
}

/** A sign beside the word, so that no outcome rests on its colour. */
export function signOf(outcome: SuiteOutcome): string {
  return outcome === 'skipped' ? '–' : SIGNS[lookOf(outcome)];
}

/** `✓ control held`, in its colour. */
export function outcomeMark(outcome: SuiteOutcome): Markup {
  return html`<span class="${lookOf(outcome)}">${signOf(outcome)} ${outcome}</span>`;
}
