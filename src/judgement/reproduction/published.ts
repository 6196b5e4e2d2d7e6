import { type CaseKind, familyOf } from '../../protocol/cases.js';
import { firstPhasesOf, type Phase } from '../../protocol/phases.js';
import type { SharingFigures } from '../../results/phase.js';

/** The article that the rows come from. */
export const PUBLISHED_SOURCE = {
  title: 'Getting started with Galera or Percona for Kea',
  section: 'Test results',
  date: '2022-10-21',
  setup: 'three nodes, one Kea server each, 1 request a second on each server',
} as const;

/** Servers of each case in the article. */
export const PUBLISHED_SERVERS = 3;
/** First requests of each case: 119 clients of each server. */
export const PUBLISHED_REQUESTS = 357;

/** One printed line: `Duplicates for PHASE (d/N, duplicatePercent% with appearancePercent% appearance)`. */
export interface PublishedPhase {
  phase: Phase;
  duplicateLeases: number;
  responses: number;
  /** As printed, so rounded down. */
  duplicatePercent: number;
  /** As printed, so rounded down. Null on a line without duplicates, which prints none. */
  appearancePercent: number | null;
  /** What a reader must know before comparing with the line; null for nothing. */
  caveat: string | null;
}

export interface PublishedRow {
  table: 'galera' | 'percona';
  case: CaseKind;
  servers: typeof PUBLISHED_SERVERS;
  first: PublishedPhase;
  second: PublishedPhase;
}

/** For 0/0: perfdhcp listed no lease for that phase, which says nothing about duplicates. */
const NO_ANSWERS = 'the article has no answers to compare with';
/** `perfdhcp -x l` also lists a refused REPLY, with an empty lease. */
const REFUSALS_COUNTED = 'the article counts every REPLY, so refusals may be among its answers';

export const PUBLISHED: readonly PublishedRow[] = [
  row('galera', 'dhcp4', [119, 356, 33, 99], 0),
  row('galera', 'dhcp6-ia-na', [118, 355, 33, 99], 355),
  row('galera', 'dhcp6-ia-pd', [118, 355, 33, 99], 355),
  row('percona', 'dhcp4', [118, 352, 33, 99], 0),
  row('percona', 'dhcp6-ia-na', [117, 347, 33, 98], 347),
  row('percona', 'dhcp6-ia-pd', [114, 231, 49, 98], 231),
];

/** @returns undefined for a case the article doesn't have */
export function publishedRow(table: PublishedRow['table'], caseName: string): PublishedRow | undefined {
  return PUBLISHED.find((one) => one.table === table && one.case === caseName);
}

/**
 * The article's own format, percentages rounded down: `Duplicates for DISCOVER-OFFER (119/356, 33% with 99%
 * appearance)`, or `No duplicates for REQUEST-ACK (0/0, 0%).` with the full stop it has there.
 */
export function articleLine(
  phase: string,
  figures: Pick<
    PublishedPhase | SharingFigures,
    'duplicateLeases' | 'responses' | 'duplicatePercent' | 'appearancePercent'
  >,
): string {
  const { duplicateLeases, responses, duplicatePercent, appearancePercent } = figures;
  const share = `${duplicateLeases}/${responses}, ${Math.floor(duplicatePercent ?? 0)}%`;
  return duplicateLeases === 0
    ? `No duplicates for ${phase} (${share}).`
    : `Duplicates for ${phase} (${share} with ${Math.floor(appearancePercent ?? 0)}% appearance)`;
}

/** The article's heading above such lines. */
export function articleHeading(caseName: string, servers: number): string {
  const [program = '', ...kind] = caseName.split('-');
  const type = kind.length === 0 ? '' : `, ${kind.join('_').toUpperCase()}`;
  return `# ${servers} x kea-${program} servers${type}`;
}

function row(
  table: PublishedRow['table'],
  caseName: CaseKind,
  [duplicateLeases, responses, duplicatePercent, appearancePercent]: [number, number, number, number],
  secondResponses: number,
): PublishedRow {
  const [offers, commits] = firstPhasesOf(familyOf(caseName));
  return {
    table,
    case: caseName,
    servers: PUBLISHED_SERVERS,
    first: {
      phase: offers,
      duplicateLeases,
      responses,
      duplicatePercent,
      appearancePercent,
      caveat: null,
    },
    second: {
      phase: commits,
      duplicateLeases: 0,
      responses: secondResponses,
      duplicatePercent: 0,
      appearancePercent: null,
      caveat: secondResponses === 0 ? NO_ANSWERS : REFUSALS_COUNTED,
    },
  };
}
