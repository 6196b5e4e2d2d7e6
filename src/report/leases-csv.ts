import { leaseText } from '../observations/export/rows.js';
import { csvField } from '../observations/export/text.js';
import type { Journal } from '../observations/journal/journal.js';
import { COMMITTING_PHASES } from '../protocol/phases.js';
import type { Answer, Layout } from '../observations/observation.js';

const COLUMNS = [
  'case',
  'phase',
  'committing',
  'leaseType',
  'lease',
  'client',
  'attempt',
  'server',
  'kind',
  'answerIndex',
  'receivedAtSeconds',
  'validLifetime',
] as const;

const PIECE_CHARACTERS = 1 << 16;

/**
 * `leases.csv`: a row for every answer that carried a lease, ordered by time, with its client and server (RFC 4180,
 * with a header and line feeds). The generator yields pieces of many rows, so that memory never holds the whole file.
 */
export function* leasesCsv({
  layout,
  observations,
}: Pick<Journal, 'layout' | 'observations'>): Generator<string> {
  let piece = COLUMNS.join(',') + '\n';
  for (const observation of observations()) {
    if (observation.type !== 'answer' || observation.lease.length === 0) continue;
    piece += row(observation, layout) + '\n';
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

function row(answer: Answer, { cases }: Layout): string {
  const its = cases[answer.caseIndex];
  return [
    its?.name ?? answer.caseIndex,
    answer.phase,
    String(COMMITTING_PHASES.has(answer.phase)),
    answer.leaseType,
    leaseText(answer),
    answer.client < 0 ? undefined : answer.client,
    answer.transaction < 0 ? undefined : answer.attempt,
    its?.servers[answer.fromServer] ?? answer.fromServer,
    answer.kind,
    answer.answerIndex,
    (answer.receivedAtUs / 1e6).toFixed(6),
    answer.validLifetime,
  ]
    .map(csvField)
    .join(',');
}
