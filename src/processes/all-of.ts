/**
 * Waits for all of them, also when one fails, then throws the first failure. What is still being started when its run is
 * given up could be ended by nobody.
 */
export async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(work);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}
