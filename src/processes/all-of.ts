/**
 * Waits for all of `work`, also when one fails, then throws the first failure. If this did not wait, nobody could end
 * what the others are still starting.
 */
export async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(work);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}
