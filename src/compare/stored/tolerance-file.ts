import { HarnessError, messageOf } from '../../errors.js';
import { readBytesOf } from '../../files/regular-file.js';
import { tolerancesSchema, type Tolerances } from '../tolerances.js';
import { parseDocument } from '../../scenario/language/document.js';
import { explainAll } from '../../scenario/language/explain.js';
import { showPath } from '../../scenario/language/paths.js';
import { throwIfAny } from '../../scenario/language/problems.js';

const MAX_BYTES = 64 * 1024;

/**
 * The tolerances of a YAML file; a tolerance that the file omits has its default.
 * @throws HarnessError USAGE where the file can't be read; ScenarioError for all mistakes in it, with line and column
 */
export function readTolerances(file: string): Tolerances {
  const document = parseDocument(readText(file), (line, column) => ({ file, line, column }));
  const data = document.data ?? null;
  const parsed = tolerancesSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  throwIfAny(
    explainAll(parsed.error.issues, data, tolerancesSchema).map(
      ({ path, at, offset, message, suggestion, hint }) => ({
        location: document.locate(path, at, offset),
        path: showPath(path),
        message,
        suggestion,
        hint,
      }),
    ),
  );
  throw new HarnessError('INTERNAL', `${file} was refused without a reason`);
}

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readBytesOf(file, MAX_BYTES));
  } catch (error) {
    const why = error instanceof TypeError ? 'it is not UTF-8 text' : messageOf(error);
    throw new HarnessError('USAGE', `--tolerances ${file} can't be read: ${why}`, {
      hint: 'name a YAML file; docs/comparing.md lists its keys',
      cause: error,
    });
  }
}
