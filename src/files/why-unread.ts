import { z } from 'zod';
import { messageOf } from '../errors.js';

/** Why a stored file can't be read, in one line: of a schema, the first mistake with its place. */
export function whyUnread(error: unknown): string {
  const [issue] = error instanceof z.ZodError ? error.issues : [];
  if (issue === undefined) return messageOf(error);
  return [...(issue.path.length === 0 ? [] : [issue.path.join('.')]), issue.message].join(': ');
}
