export interface Failing {
  checks: readonly { name: string; verdict: string }[];
  scenario: { effective: Readonly<Record<string, unknown>> };
}

/**
 * The failed checks that a negative control is not made to fail (`expectedFailures` of the scenario). Empty if the
 * scenario names no expected failures: then any failure is intended.
 */
export function unexpectedFailures({ checks, scenario }: Failing): string[] {
  const expected = scenario.effective['expectedFailures'];
  if (!Array.isArray(expected)) return [];
  const failed = checks.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name);
  return [...new Set(failed)].filter((name) => !expected.includes(name));
}
