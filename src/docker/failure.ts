import { HarnessError, messageOf } from '../errors.js';
import { ownCommand } from '../tool.js';

/** The status of an engine's refusal, such as 404 or 409; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number } | undefined)?.statusCode;
}

/** Ignores the error where the thing to end or remove is gone, or is going, by itself. Throws any other error. */
export function unlessGone(error: unknown): void {
  const status = statusOf(error);
  if (status !== 404 && status !== 409 && status !== 304) throw error;
}

/**
 * The error for an engine that did not do what it was asked: why, and what to do. A HarnessError is returned as it
 * is.
 */
export function refusal(what: string, error: unknown): HarnessError {
  if (error instanceof HarnessError) return error;
  const why = wordsOf(error);
  return new HarnessError('PREREQUISITE', `${what}: ${why}`, { hint: hintFor(error, why), cause: error });
}

/** The engine's own sentence, without the client library's "(HTTP code 409) unexpected - ". */
function wordsOf(error: unknown): string {
  const said = (error as { json?: { message?: unknown } } | undefined)?.json?.message;
  return (typeof said === 'string' ? said : messageOf(error)).trim();
}

function hintFor(error: unknown, why: string): string {
  if (statusOf(error) === 409 && /name/.test(why))
    return `a container of that name is left over: \`${ownCommand('clean')}\` removes what dead runs left, \`docker rm -f NAME\` anything else`;
  if (/already (allocated|in use)/.test(why))
    return 'end the program that listens on this port, or choose another port: `docker ps` shows which container has it';
  if (/no space left/i.test(why)) return 'make room for the engine: `docker system df` shows what takes it';
  if (statusOf(error) === undefined)
    return 'the engine has gone, or is being restarted; `docker version` shows whether it answers';
  return `\`${ownCommand('clean')}\` removes what dead runs left; the engine’s own log says more (\`journalctl -u docker\`)`;
}
