import type { ComparisonWord } from '../../results/published.js';
import type { Style } from '../../terminal/style.js';

/** How a phase compares with the article's figures, in words. */
export const COMPARISON_TEXT: Readonly<
  Record<
    ComparisonWord,
    { text: string; sign: string; colour: keyof Pick<Style, 'green' | 'red' | 'yellow'> }
  >
> = {
  reproduced: { text: 'reproduced', sign: '✓ ', colour: 'green' },
  'partly-reproduced': { text: 'partly reproduced', sign: '≈ ', colour: 'green' },
  'not-reproduced': { text: 'not reproduced', sign: '✗ ', colour: 'red' },
  'not-comparable': { text: "can't be compared", sign: '', colour: 'yellow' },
};
