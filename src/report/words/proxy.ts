import type { Result } from '../../results/result.js';

/** The proxy with its version, and what it means for servers; undefined where each server is pinned to its node. */
export function proxyText({ environment }: Pick<Result, 'environment'>): string | undefined {
  const proxy = environment?.proxy;
  return typeof proxy === 'string'
    ? `${proxy} between servers and nodes, so no server is pinned to a node`
    : undefined;
}

/** What a reader must know of figures by node; undefined where each server is pinned to its node. */
export function figuresByNodeNote(result: Pick<Result, 'environment'>): string | undefined {
  const proxy = proxyText(result);
  return proxy === undefined ? undefined : `${proxy}: what a node counted may come from every server`;
}
