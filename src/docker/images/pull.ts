import type Docker from 'dockerode';

import { HarnessError, messageOf } from '../../errors.js';
import { readOutput } from './output.js';

/** A registry that is silent for so long counts as not reachable. */
const SILENCE_MS = 20_000;

/**
 * Fetches an image that is published in a registry, unless the engine has it.
 *
 * @param reference such as `mariadb:11.4`
 * @throws HarnessError PREREQUISITE with the registry's own words; `signal.reason` when aborted
 */
export async function ensurePulled(engine: Docker, reference: string, signal: AbortSignal): Promise<void> {
  if (await isThere(engine, reference)) return;
  const silence = new AbortController();
  const ended = AbortSignal.any([signal, silence.signal]);
  const tooLong = () => silence.abort(new Error(`no answer within ${SILENCE_MS / 1000} s`));
  const timer = setTimeout(tooLong, SILENCE_MS);
  try {
    const answer = await engine.pull(reference, { abortSignal: ended });
    const { error } = await readOutput(answer, () => timer.refresh());
    if (error !== undefined) throw new Error(error);
  } catch (error) {
    signal.throwIfAborted();
    const why = silence.signal.aborted ? messageOf(silence.signal.reason) : messageOf(error);
    throw new HarnessError('PREREQUISITE', `the image ${reference} can't be pulled: ${why}`, {
      hint: `check that the engine reaches the registry, or load it from elsewhere: docker save ${reference} | docker load`,
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the engine has an image of this name. */
export async function isThere(engine: Docker, reference: string): Promise<boolean> {
  try {
    await engine.getImage(reference).inspect();
    return true;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}
