import { HarnessError } from '../errors.js';
import { ERROR_MEANINGS } from '../error-meanings.js';
import { printableLines } from './printable.js';

/** What went wrong and what to do about it. For a defect of the harness: the stack. */
export function failureText(error: unknown): string {
  if (error instanceof HarnessError && error.code !== 'INTERNAL') {
    const hint = error.hint ?? withoutLinks(ERROR_MEANINGS[error.code].mend);
    return `error ${error.code}: ${printableLines(error.message)}\n  ${printableLines(hint)}\n`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `error INTERNAL: a defect of this program, please report it\n${stack}\n`;
}

/** Replaces each Markdown link by its text, as a terminal shows no links. */
function withoutLinks(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}
