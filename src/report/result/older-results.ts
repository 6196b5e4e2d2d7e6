import { z } from 'zod';
import { verdictOf } from '../../judgement/checks/verdicts.js';
import { EXIT } from '../../errors.js';
import { outcomeAndCode } from './outcome.js';
import { RESULT_SCHEMA_VERSION } from '../../results/result.js';

/** The fields of a result of version 1 whose meaning has changed since. */
const version1 = z.looseObject({
  schemaVersion: z.literal(1),
  verdict: z.enum(['pass', 'fail', 'inconclusive']),
  expectedVerdict: z.enum(['pass', 'fail']),
  exitCode: z.number(),
  scenario: z.looseObject({ effective: z.record(z.string(), z.unknown()) }),
  checks: z.array(
    z.looseObject({
      name: z.string(),
      case: z.string(),
      phase: z.string(),
      expected: z.string().default(''),
      actual: z.string().default(''),
      verdict: z.enum(['pass', 'fail', 'inconclusive']),
    }),
  ),
});

const EXIT_OF_VERDICT = { pass: EXIT.pass, fail: EXIT.fail, inconclusive: EXIT.inconclusive };

/**
 * Converts a stored result to the current version. In version 1 the tolerances of the published figures were ordinary
 * checks: they decided the verdict even on a busy machine. Version 1 recorded no premises.
 *
 * @returns the value itself if it is no result of version 1
 */
export function currentResult(value: unknown): unknown {
  const { data } = version1.safeParse(value);
  if (data === undefined) return value;
  const isFigure = ({ name }: { name: string }) => name.startsWith('published.tolerance.');
  const checks = data.checks.filter((check) => !isFigure(check));
  const figures = data.checks.filter(isFigure);
  const isAsExpected = figures.every(({ verdict }) => verdict === 'pass');
  const reproduction =
    figures.length === 0
      ? null
      : {
          verdict: isAsExpected ? ('reproduced' as const) : ("can't tell" as const),
          reason: isAsExpected
            ? `all ${figures.length} expected figures are as expected`
            : 'an earlier version wrote this result and recorded no premises; judge the run directory again with the command analyze',
          figures,
          premises: [],
        };
  const judged = { ...data, checks, reproduction, verdict: verdictOf(checks) };
  const { exitCode } = data;
  const isVerdictsOwn = exitCode === EXIT_OF_VERDICT[data.verdict];
  return {
    ...judged,
    schemaVersion: RESULT_SCHEMA_VERSION,
    ...outcomeAndCode(judged, isVerdictsOwn ? undefined : exitCode),
  };
}
