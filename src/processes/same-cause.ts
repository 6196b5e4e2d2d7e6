import { presentForm, type Running } from './running.js';

/**
 * How long to wait for another end with the same cause. Such ends are noticed in no certain order: a server may be
 * gone before the kernel has ended its node.
 */
export const SAME_CAUSE_MS = 2_000;

/**
 * The first of the candidates that has ended unasked, or does so within {@link SAME_CAUSE_MS}. The end of another
 * program may come from it. Returns the form that ended, where the candidate may be started again.
 *
 * @param signal ends the wait when it is aborted
 */
export async function causeAmong(
  programs: readonly Running[],
  signal?: AbortSignal,
): Promise<Running | undefined> {
  const candidates = programs.map(presentForm);
  const isCause = (one: Running): boolean => one.ending !== undefined && !one.asked;
  const found = candidates.find(isCause);
  if (found !== undefined || candidates.length === 0) return found;
  return new Promise((resolve) => {
    const tell = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', tell);
      resolve(candidates.find(isCause));
    };
    const timer = setTimeout(tell, SAME_CAUSE_MS);
    signal?.addEventListener('abort', tell);
    if (signal?.aborted === true) tell();
    for (const one of candidates) void one.ended.then(() => (isCause(one) ? tell() : undefined));
  });
}
