/** What a machine lacked, at the end of what a check found. */
const CAUSES = [/; (in short supply: .*)$/, /, while (.*)$/];

/**
 * Takes what several rows say alike of the machine out of these rows, so that a page says it once.
 *
 * @returns the shorter rows, and what was taken out of them, unless another row still says it
 */
export function saidOnce<Row extends { actual: string }>(
  rows: readonly Row[],
): { rows: Row[]; said: string[] } {
  const found = rows.flatMap(({ actual }) => CAUSES.flatMap((cause) => matchOf(cause, actual) ?? []));
  const repeated = [...new Map(found.map((one) => [one.whole, one])).values()]
    .filter(({ whole }) => rows.filter(({ actual }) => actual.includes(whole)).length > 1)
    // A longer text can hold a shorter one.
    .sort((one, other) => other.whole.length - one.whole.length);
  const shorter = rows.map((row) => ({
    ...row,
    actual: repeated.reduce((text, { whole }) => text.replaceAll(whole, ''), row.actual),
  }));
  const said = repeated.map(({ cause }) => cause);
  return {
    rows: shorter,
    said: said.filter(
      (cause, index) =>
        ![...shorter.map(({ actual }) => actual), ...said.slice(0, index)].some((text) =>
          text.includes(cause),
        ),
    ),
  };
}

function matchOf(pattern: RegExp, text: string): { whole: string; cause: string } | undefined {
  const [whole, cause] = pattern.exec(text) ?? [];
  return whole === undefined || cause === undefined ? undefined : { whole, cause };
}
