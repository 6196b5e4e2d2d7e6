import type { SourceDocument } from '../language/document.js';
import { isPlainObject } from '../language/settings.js';

/** Whether a file is a suite: it has `runs` or a `matrix`. */
export function isSuite({ data }: Pick<SourceDocument, 'data'>): boolean {
  return isPlainObject(data) && ('runs' in data || 'matrix' in data);
}
