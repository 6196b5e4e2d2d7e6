/** What a row says about a case, or about the whole run. */
interface AboutCase {
  name: string;
  verdict: string;
  /** Empty for the whole run. */
  case: string;
  phase: string;
  expected: string;
  actual: string;
}

/**
 * Rows that say the same about several cases are one: its case and its phase name all of them. The order is that of the
 * first ones.
 */
export function overCases<Row extends AboutCase>(rows: readonly Row[]): Row[] {
  const same = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.name, row.verdict, row.expected, row.actual]);
    same.set(key, [...(same.get(key) ?? []), row]);
  }
  return [...same.values()].flatMap((group) => {
    const [first] = group;
    const all = (of: 'case' | 'phase') => [...new Set(group.map((row) => row[of]))].join(', ');
    return first === undefined ? [] : [{ ...first, case: all('case'), phase: all('phase') }];
  });
}
