import type { Running } from './running.js';

/** What ends from one cause is noticed in no certain order: a server may be gone before the kernel is done with its node. */
export const SAME_CAUSE_MS = 2_000;

/**
 * The first of them that ends unasked within `SAME_CAUSE_MS`, or has done so before: what another end may come from.
 *
 * @param signal is not waited longer than until it is aborted
 */
export async function causeAmong(
  candidates: readonly Running[],
  signal?: AbortSignal,
): Promise<Running | undefined> {
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
