import { PHASES, type CaseLayout, type Phase } from '../model.js';
import { phaseOf, phaseOfReply, type Ask } from './ask.js';
import { Correlator, type AnswerEvent, type CaptureCase, type Event } from './correlate.js';
import { endpointText } from './endpoints.js';
import { eventsOf, nothingRead, type CaptureOptions, type Reading } from './events.js';
import { Growing } from './growing.js';
import { CaseServers, Sights } from './sights.js';

/**
 * What a first pass over a capture finds out, for a second one to tell what was observed in order of time: which servers
 * answered a request, what they are called, and which requests were committed at once.
 */
export interface Survey {
  reading: Reading;
  layouts: CaseLayout[];
  cases: readonly CaptureCase[];
  /** Of a request, by index: the numbers in the layout of the servers that it has a transaction at. */
  serversOf: (ask: number) => readonly number[];
  /** Undefined for a request that is about no lease. */
  phaseOf: (ask: number) => Phase | undefined;
  servers: CaseServers;
  counts: TrafficCounts;
}

/** What of the traffic the figures do not show. */
export interface TrafficCounts {
  /** Requests about leases. */
  requests: number;
  /** Of these, those for a new one: DISCOVER, SOLICIT, BOOTREQUEST. */
  forNew: number;
  bootp: number;
  /** Answers whose request nobody captured. */
  unasked: number;
  /** Refusals by servers that the request does not name. */
  refusedByOthers: number;
  /** Messages that are about no lease, by the field's word for them. */
  passed: ReadonlyMap<string, number>;
  /** Places that requests went to and nothing came from. */
  silent: readonly string[];
  /** Servers that answered from other addresses than the one they call themselves. */
  virtual: readonly { name: string; from: readonly string[] }[];
}

const FOR_NEW: ReadonlySet<Ask['type']> = new Set(['discover', 'solicit', 'bootp']);

export function survey(path: string, options: CaptureOptions): Survey {
  const reading = nothingRead();
  const correlator = new Correlator({ matchClientId: options.matchClientId ?? true });
  const surveying = new Surveying();
  for (const event of eventsOf(path, options, correlator, reading)) surveying.take(event);
  return surveying.survey(reading, correlator.cases);
}

class Surveying {
  readonly #sights = new Sights();
  /** By request: its case, its phase + 1 in PHASES, the sight of whom it is meant for + 1. */
  readonly #cases = new Growing(Uint8Array);
  readonly #phases = new Growing(Uint8Array);
  readonly #meant = new Growing(Int32Array);
  /** By request the sight of who answered it first, + 1, and of whoever else did. */
  readonly #answered = new Growing(Int32Array);
  readonly #alsoAnswered = new Map<number, number[]>();
  readonly #strays: { caseIndex: number; sight: number; phase: Phase | undefined }[] = [];
  readonly #sources = new Set<string>();
  readonly #destinations = new Set<string>();
  readonly #passed = new Map<string, number>();
  readonly #counts = { requests: 0, forNew: 0, bootp: 0, unasked: 0, refusedByOthers: 0 };

  take(event: Event): void {
    switch (event.type) {
      case 'passed':
        this.#pass(event.word);
        return;
      case 'sent':
        this.#sent(event);
        return;
      case 'answer':
        this.#answer(event);
    }
  }

  #pass(word: string): void {
    this.#passed.set(word, (this.#passed.get(word) ?? 0) + 1);
  }

  #sent({ ask, is, source, destination }: Extract<Event, { type: 'sent' }>): void {
    this.#sources.add(endpointText(source));
    for (const one of ask.destinations) this.#destinations.add(one);
    if (is !== 'new') return;
    const { index, caseIndex, type, server } = ask;
    this.#cases.set(index, caseIndex);
    this.#setPhase(index, phaseOf(ask, false));
    if (type === 'other') {
      this.#pass(ask.word);
      return;
    }
    this.#counts.requests++;
    if (FOR_NEW.has(type)) this.#counts.forNew++;
    if (type === 'bootp') this.#counts.bootp++;
    if (server !== undefined || ask.destinations.length > 0)
      this.#meant.set(index, this.#sights.number({ identifier: server, endpoint: destination }) + 1);
  }

  #answer({ ask, caseIndex, from, is, reply }: AnswerEvent): void {
    if (reply === undefined) return;
    this.#sights.seen(from);
    const sight = this.#sights.number(from);
    if (ask === undefined) {
      this.#counts.unasked++;
      this.#strays.push({ caseIndex, sight, phase: phaseOfReply(reply) });
      return;
    }
    if (is !== 'matched') {
      if (reply.type === 'nak') this.#counts.refusedByOthers++;
      this.#strays.push({ caseIndex, sight, phase: undefined });
      return;
    }
    const { index } = ask;
    if (this.#answered.get(index) === 0) this.#answered.set(index, sight + 1);
    else if (this.#answered.get(index) !== sight + 1)
      this.#alsoAnswered.set(index, [...(this.#alsoAnswered.get(index) ?? []), sight]);
    if (reply.type === 'ack' || reply.type === 'reply') this.#setPhase(index, phaseOf(ask, true));
  }

  #setPhase(index: number, phase: Phase | undefined): void {
    this.#phases.set(index, phase === undefined ? 0 : PHASES.indexOf(phase) + 1);
  }

  survey(reading: Reading, cases: readonly CaptureCase[]): Survey {
    const servers = new CaseServers(this.#sights);
    const answeredBy = (ask: number): readonly number[] => {
      const first = this.#answered.get(ask) - 1;
      return first < 0 ? [] : [first, ...(this.#alsoAnswered.get(ask) ?? [])];
    };
    const isAbout = (ask: number): boolean => this.#phases.get(ask) !== 0;
    for (let ask = 0; ask < this.#cases.length; ask++)
      if (isAbout(ask)) for (const sight of answeredBy(ask)) servers.number(this.#cases.get(ask), sight);
    for (const { caseIndex, sight } of this.#strays) servers.number(caseIndex, sight);
    const serversOf = (ask: number): readonly number[] => {
      const caseIndex = this.#cases.get(ask);
      const answered = answeredBy(ask).map((sight) => servers.number(caseIndex, sight));
      if (answered.length > 0) return [...new Set(answered)];
      return [servers.numberOfMeant(caseIndex, this.#meant.get(ask) - 1)];
    };
    // Those whose requests nobody answered have their servers as well.
    for (let ask = 0; ask < this.#cases.length; ask++) if (isAbout(ask)) serversOf(ask);
    const phase = (ask: number): Phase | undefined => PHASES[this.#phases.get(ask) - 1];
    const seen = cases.map(() => new Set<Phase>());
    for (let ask = 0; ask < this.#cases.length; ask++) {
      const its = phase(ask);
      if (its !== undefined) seen[this.#cases.get(ask)]?.add(its);
    }
    for (const { caseIndex, phase: its } of this.#strays) if (its !== undefined) seen[caseIndex]?.add(its);
    const networks = new Set(cases.map(({ network }) => network));
    return {
      reading,
      cases,
      servers,
      serversOf,
      phaseOf: phase,
      layouts: cases.map((one, index) =>
        layoutOf(one, servers.namesIn(index), seen[index] ?? new Set(), networks.size > 1),
      ),
      counts: {
        ...this.#counts,
        passed: this.#passed,
        silent: this.#silent(),
        virtual: this.#sights.virtual(),
      },
    };
  }

  /** Relays send requests on themselves. */
  #silent(): string[] {
    return [...this.#destinations].filter(
      (one) => !this.#sources.has(one) && !this.#sights.answersFrom(one) && !this.#sights.isIdentifier(one),
    );
  }
}

function layoutOf(
  { kind, leaseTypes, clients, family, network }: CaptureCase,
  servers: readonly string[],
  seen: ReadonlySet<Phase>,
  isOneOfSeveral: boolean,
): CaseLayout {
  const usual: readonly Phase[] =
    family === 4 ? ['DISCOVER-OFFER', 'REQUEST-ACK'] : ['SOLICIT-ADVERTISE', 'REQUEST-REPLY'];
  const first: Phase = family === 4 ? 'DISCOVER-ACK' : 'SOLICIT-REPLY';
  const isRapid = seen.has(first) && !usual.some((phase) => seen.has(phase));
  return {
    name: isOneOfSeveral ? `${network === '' ? 'untagged' : network} ${kind}` : kind,
    leaseType: leaseTypes.includes('address') || leaseTypes.length === 0 ? 'address' : 'prefix',
    phases: [...new Set([...(isRapid ? [first] : usual), ...seen])],
    servers: servers.length === 0 ? ['unknown'] : [...servers],
    clients: clients.length,
    network,
  };
}
