import type { CaseResult } from './result.js';

/**
 * `37 leases were declined, none given again in probation`. Empty where nobody declined; the first half alone where nobody
 * knows how long servers hold declined leases back.
 */
export function declineText({ declines }: Pick<CaseResult, 'declines'>): string {
  const { declined = 0, reused = null } = declines ?? {};
  if (declined === 0) return '';
  const said = `${declined} ${declined === 1 ? 'lease was' : 'leases were'} declined`;
  return reused === null ? said : `${said}, ${reusedText(reused)} in probation`;
}

function reusedText(reused: number): string {
  if (reused === 0) return 'none given again';
  return reused === 1 ? '1 answer gave one again' : `${reused} answers gave one again`;
}
