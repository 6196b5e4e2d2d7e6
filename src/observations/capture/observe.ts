import type { LeaseType, Observation } from '../model.js';
import { Correlator, type Event } from './correlate.js';
import { datagramsOf, noCounts } from './datagrams.js';
import type { Given } from './dhcp-message.js';
import { recognize } from './recognize.js';
import type { CaptureOptions, Survey } from './survey.js';

const NOTHING: Given = {
  kind: 'no-lease',
  lease: new Uint8Array(0),
  prefixLength: 0,
  validLifetime: 0,
  statusCode: 0,
};

/** The second pass over a capture: what was observed, in its order. */
export function* observeCapture(
  path: string,
  found: Survey,
  { ports = [], partial = false }: CaptureOptions,
): Generator<Observation> {
  const known = new Set(ports);
  const correlator = new Correlator();
  for (const { datagram, atUs } of datagramsOf(path, noCounts(), partial)) {
    const recognized = recognize(datagram, known, correlator.isServer);
    if (recognized === 'not-dhcp') continue;
    const event =
      recognized === 'malformed'
        ? correlator.takeMalformed(datagram)
        : correlator.take(recognized.message, datagram);
    if (event !== undefined) yield* observationsOf(event, atUs - found.firstUs, found);
  }
}

function* observationsOf(event: Event, atUs: number, found: Survey): Generator<Observation> {
  const { transaction } = event;
  if (transaction !== undefined && (transaction.type === 'other' || found.doubled.has(transaction.index)))
    return;
  const caseIndex = transaction?.caseIndex ?? (event.type === 'answer' ? event.caseIndex : 0);
  const layout = found.layouts[caseIndex];
  if (layout === undefined) return;
  const fromServer = event.type === 'answer' ? Math.max(0, layout.servers.indexOf(event.from)) : 0;
  const of = {
    caseIndex,
    phase: (transaction && found.phases[transaction.index]) ?? layout.phases[0] ?? 'DISCOVER-OFFER',
    server: transaction === undefined ? fromServer : (found.servers[transaction.index] ?? 0),
    client: transaction?.client ?? -1,
    attempt: transaction?.attempt ?? 0,
    transaction: transaction?.number ?? -1,
  };
  if (event.type === 'sent') {
    // Nothing tells when it should have left.
    const times = { intendedAtUs: atUs, sentAtUs: atUs };
    yield { type: 'sent', ...of, ...times, retransmission: event.transaction.sendings - 1 };
    return;
  }
  const { kind, answerIndex, reply } = event;
  for (const leaseType of leaseTypesOf(event, found)) {
    for (const given of reply?.given(leaseType) ?? [NOTHING]) {
      yield {
        type: 'answer',
        ...of,
        receivedAtUs: atUs,
        fromServer,
        kind: kind === 'matched' ? given.kind : kind,
        answerIndex,
        leaseType,
        lease: given.lease,
        prefixLength: given.prefixLength,
        validLifetime: given.validLifetime,
        statusCode: given.statusCode,
      };
    }
  }
}

/** What the client asked for has an answer, if only that it is not there; one that went astray has what is in it. */
function leaseTypesOf(
  event: Extract<Event, { type: 'answer' }>,
  { cases, layouts }: Survey,
): readonly LeaseType[] {
  const asked = cases[event.caseIndex]?.leaseTypes ?? [];
  if (event.kind === 'matched') return asked;
  const [first, ...more] = event.reply?.leaseTypes ?? [];
  if (first !== undefined && event.kind !== 'unmatched') return [first, ...more];
  return [first ?? asked[0] ?? layouts[event.caseIndex]?.leaseType ?? 'address'];
}
