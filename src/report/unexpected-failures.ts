export interface Failing {
  checks: readonly { name: string; verdict: string }[];
  scenario: { effective: Readonly<Record<string, unknown>> };
}

/**
 * Checks that failed though the scenario, a negative control, is made to fail in others. None where it does not name those
 * it is made to fail in: then any failure is what it is for.
 */
export function unexpectedFailures({ checks, scenario }: Failing): string[] {
  const expected = scenario.effective['expectedFailures'];
  if (!Array.isArray(expected)) return [];
  const failed = checks.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name);
  return [...new Set(failed)].filter((name) => !expected.includes(name));
}
