import type { Result } from './result.js';

/** What failed within the bounds that the scenario names, each text once. */
export function knownTexts({ checks }: Pick<Result, 'checks'>): string[] {
  return [...new Set(checks.flatMap(({ known }) => known?.text ?? []))];
}

/** `audit.sameRows dhcp4: TEXT`, a sentence each check. */
export function knownSentences({ checks }: Pick<Result, 'checks'>): string[] {
  return checks.flatMap(({ name, case: caseName, phase, known }) => {
    if (known === undefined) return [];
    const what = [name, caseName, phase].filter((word) => word !== '').join(' ');
    return [`${what}: ${known.text}`];
  });
}
