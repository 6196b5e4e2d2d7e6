import type { Evidence } from '../evidence/evidence.js';
import type { LeaseType } from '../protocol/leases.js';
import type { Phase } from '../protocol/phases.js';
import type { Answer, CaseLayout, Observation } from '../observations/observation.js';
import { scenarioSchema } from '../scenario/schema.js';
import { judge, type JudgeInput } from './judge.js';
import type { CaseJudgement } from '../results/case.js';
import type { Judgement } from '../results/judgement.js';
import type { PhaseJudgement } from '../results/phase.js';

export const V4: readonly [Phase, Phase] = ['DISCOVER-OFFER', 'REQUEST-ACK'];
export const V6: readonly [Phase, Phase] = ['SOLICIT-ADVERTISE', 'REQUEST-REPLY'];

export const LIMITS = scenarioSchema.parse({ name: 'synthetic', description: 'made up' }).limits;

export const NOTHING_WRONG: Evidence = {
  schemaVersion: 1,
  finishedAt: '2026-01-01T00:00:00.000Z',
  interruptedBy: null,
  endedEarly: null,
  deaths: [],
  drops: [],
  offered: [],
};

export interface Lease {
  bytes: Uint8Array;
  type: LeaseType;
  length: number;
}

/** The n-th address of 10.0.0.0/8. */
export function v4(n: number): Lease {
  return { bytes: Uint8Array.of(10, n >>> 16, n >>> 8, n), type: 'address', length: 32 };
}

/** `v6(0x0102)` is 2001:db8::102. */
export function v6(n: number): Lease {
  return { bytes: bytes6(n, 12), type: 'address', length: 128 };
}

/** `prefix(0x00010002, 64)` is 2001:db8:1:2::/64. */
export function prefix(n: number, length: number): Lease {
  return { bytes: bytes6(n, 4), type: 'prefix', length };
}

function bytes6(n: number, at: number): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes.set([0x20, 0x01, 0x0d, 0xb8]);
  new DataView(bytes.buffer).setUint32(at, n);
  return bytes;
}

/**
 * A run made up message by message. Each message moves the clock on by a millisecond. Client c belongs to server c
 * mod 3.
 */
export class SyntheticRun {
  readonly observations: Observation[] = [];
  readonly layout: CaseLayout;
  #transactions = 0;
  #now = 0;

  constructor(layout: Partial<CaseLayout> & { name: string }) {
    const v4Case = layout.name === 'dhcp4';
    this.layout = {
      leaseType: layout.name === 'dhcp6-ia-pd' ? 'prefix' : 'address',
      phases: v4Case ? V4 : V6,
      servers: ['server-1', 'server-2', 'server-3'],
      clients: 0,
      ...layout,
    };
  }

  at(us: number): this {
    this.#now = us;
    return this;
  }

  ask(
    client: number,
    phase: Phase | 0 | 1,
    { attempt = 1, intendedUs = NaN, server = client % this.layout.servers.length } = {},
  ): Asked {
    const sentAtUs = this.tick();
    const named = typeof phase === 'number' ? (this.layout.phases[phase] ?? 'DISCOVER-OFFER') : phase;
    const ref = { caseIndex: 0, phase: named, server, client, attempt, transaction: this.#transactions++ };
    const intendedAtUs = Number.isNaN(intendedUs) ? sentAtUs : intendedUs;
    this.observations.push({ type: 'sent', ...ref, intendedAtUs, sentAtUs, retransmission: 0 });
    return new Asked(this, ref);
  }

  /** The client goes through both phases and gets one lease. */
  lease(client: number, offered: Lease, { attempt = 1, given = offered, validLifetime = 4000 } = {}): Asked {
    this.ask(client, 0, { attempt }).give(offered);
    return this.ask(client, 1, { attempt }).give(given, { validLifetime });
  }

  tick(): number {
    return (this.#now += 1000);
  }

  judge(input: Partial<JudgeInput> = {}): Judgement {
    return judge(
      { layout: { cases: [this.layout] }, scenario: { limits: LIMITS }, evidence: NOTHING_WRONG, ...input },
      passing(this.observations),
    );
  }

  case(input: Partial<JudgeInput> = {}): CaseJudgement {
    return nth(this.judge(input).cases, 0);
  }

  phase(index: 0 | 1): PhaseJudgement {
    const name = this.layout.phases[index];
    return nth(
      this.case().phases.filter((phase) => phase.name === name),
      0,
    );
  }
}

type Ref = Pick<Answer, 'caseIndex' | 'phase' | 'server' | 'client' | 'attempt' | 'transaction'>;

/**
 * Observations as a journal is read for a judgement: each is overwritten when the next one is read. Here it becomes
 * absurd, so that a judgement that kept one fails its test.
 */
function* passing(observations: Iterable<Observation>): Generator<Observation> {
  for (const one of observations) {
    const passing: Observation = { ...one };
    if (passing.type === 'answer') passing.lease = passing.lease.slice();
    yield passing;
    if (passing.type === 'answer') passing.lease.fill(0xee);
    for (const [name, value] of Object.entries(passing))
      if (typeof value === 'number') Object.assign(passing, { [name]: -7 });
  }
}

/** A message that was sent. The test says what becomes of it. */
export class Asked {
  readonly #run: SyntheticRun;
  readonly #ref: Ref;
  #answers = 0;

  constructor(run: SyntheticRun, ref: Ref) {
    this.#run = run;
    this.#ref = ref;
  }

  give(lease: Lease, more: Partial<Answer> = {}): this {
    return this.#answer({
      kind: 'lease',
      leaseType: lease.type,
      lease: lease.bytes,
      prefixLength: lease.length,
      validLifetime: 4000,
      ...more,
    });
  }

  nak(): this {
    return this.#answer({ kind: 'nak' });
  }

  /** 2 is NoAddrsAvail. */
  refuse(statusCode = 2, more: Partial<Answer> = {}): this {
    return this.#answer({ kind: 'no-lease', statusCode, ...more });
  }

  malformed(): this {
    return this.#answer({ kind: 'malformed' });
  }

  /** The client sends its message once more. */
  resend(): this {
    const sentAtUs = this.#run.tick();
    const sent = { ...this.#ref, intendedAtUs: sentAtUs, sentAtUs, retransmission: 1 };
    this.#run.observations.push({ type: 'sent', ...sent });
    return this;
  }

  timeout(): this {
    this.#run.observations.push({ type: 'timeout', ...this.#ref, atUs: this.#run.tick() });
    return this;
  }

  #answer(more: Partial<Answer>): this {
    this.#run.observations.push({
      type: 'answer',
      ...this.#ref,
      receivedAtUs: this.#run.tick(),
      fromServer: this.#ref.server,
      kind: 'lease',
      answerIndex: this.#answers++,
      leaseType: this.#run.layout.leaseType,
      lease: new Uint8Array(),
      prefixLength: 0,
      validLifetime: 0,
      statusCode: 0,
      ...more,
    });
    return this;
  }
}

export function nth<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new Error(`there is no item ${index}`);
  return item;
}
