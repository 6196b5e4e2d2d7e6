import type { Result } from '../../results/result.js';

/** What explains the known failures of a run. Each text appears once. */
export function knownTexts({ checks }: Pick<Result, 'checks'>): string[] {
  return [...new Set(checks.flatMap(({ known }) => known?.text ?? []))];
}

/** A sentence for each check with a known failure, such as `audit.sameRows dhcp4: TEXT`. */
export function knownSentences({ checks }: Pick<Result, 'checks'>): string[] {
  return checks.flatMap(({ name, case: caseName, phase, known }) => {
    if (known === undefined) return [];
    const what = [name, caseName, phase].filter((word) => word !== '').join(' ');
    return [`${what}: ${known.text}`];
  });
}
