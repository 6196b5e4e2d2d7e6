import { setTimeout as sleep } from 'node:timers/promises';
import { HarnessError, messageOf } from '../../errors.js';
import type { FaultEvidence } from '../../evidence/faults.js';
import type { Abilities } from '../../faults/abilities.js';
import type { FaultKind, Step } from '../../faults/fault.js';
import { faultKind, isOfLinks, type FaultName } from '../../faults/index.js';
import { allLacking, type ImpairableNetwork, type Lacking, type LinkRule } from '../../faults/links.js';
import { momentText } from '../../scenario/fault-plan.js';
import type { FaultStep } from '../events/schema.js';
import type { Fault, Moment } from '../../scenario/schema/faults.js';

/** A fault of a run, with all that it is done to. */
export interface PlannedFault extends Pick<Fault, 'fault' | 'at' | 'undo'> {
  /** What it is done to, in the words of the scenario. */
  on: string;
  /** The names of the nodes or servers, as reports name them. For a fault of links: those that it takes away from others. */
  targets: string[];
  /** What it does to the messages between machines; absent for a fault that is not one of links. */
  links?: readonly LinkRule[];
  /** Whether it waits for the fault before it in the list, should that be undone late. */
  inTurn: boolean;
}

export interface FaultDriverRequest {
  faults: readonly PlannedFault[];
  /** What can be done to a node or server, by its name in reports. */
  abilitiesOf: (name: string) => Abilities | undefined;
  /** What can be done to links. */
  network: ImpairableNetwork;
  /** Who lacks whom under these rules. */
  lackingIn: (rules: readonly LinkRule[]) => Lacking;
  /** Whether a node or server has ended, and was not started again. */
  hasEnded: (name: string) => boolean;
  /** The run's clock, microseconds. */
  nowUs: () => number;
  /** Aborted when the run must end at once. No fault begins then, and none is undone. */
  signal: AbortSignal;
  /** Called when a fault is begun, undone, or could not be. */
  told: (event: FaultTold) => void;
}

/** What became of a fault just now. */
export interface FaultTold {
  fault: FaultName;
  /** What it is done to, in the words of the scenario. */
  on: string;
  targets: string[];
  step: FaultStep;
  /** Those of the targets that had ended before the fault was begun, if any. */
  hadEnded?: string[];
  reason?: string;
}

/** Such as `node-2 was killed`. */
export function toldInWords({ fault, on, targets, step, reason, hadEnded = [] }: FaultTold): string {
  const { done, undoing } = faultKind(fault);
  if (isOfLinks({ fault })) {
    if (step === 'failed') return `${on}: ${fault} could not be done or undone: ${reason ?? ''}`;
    return `${on}: ${step === 'begun' ? done : (undoing?.done ?? '')}`;
  }
  if (hadEnded.length > 0) {
    const others = targets.filter((name) => !hadEnded.includes(name));
    const did = others.length === 0 ? '' : `${toldInWords({ fault, on, targets: others, step })}; `;
    return did + nothingTo(fault, hadEnded);
  }
  const whom = `${targets.join(', ')} ${targets.length === 1 ? 'was' : 'were'}`;
  if (step === 'failed')
    return `${targets.join(', ')}: ${fault} could not be done or undone: ${reason ?? ''}`;
  if (undoing === undefined)
    return `${targets.join(', ')}: ${fault} ${step === 'begun' ? 'has begun' : 'is complete'}`;
  return `${whom} ${step === 'begun' ? done : undoing.done}`;
}

/** Such as `dhcp4 server-2 had ended before, so there was nothing to kill`. */
function nothingTo(fault: FaultName, hadEnded: readonly string[]): string {
  const [what = fault] = faultKind(fault).needs;
  return `${hadEnded.join(', ')} had ended before, so there was nothing to ${what}`;
}

/** Does the faults of a scenario when they are due, and undoes them. */
export class FaultDriver {
  readonly faults: readonly FaultEvidence[];
  readonly #request: FaultDriverRequest;
  readonly #work: Promise<void>[] = [];
  /** What the active faults of links do. */
  readonly #links = new Map<number, readonly LinkRule[]>();
  readonly #over = new AbortController();
  /** Those who wait for a count of exchanges. */
  readonly #waiting: { exchanges: number; reached: () => void }[] = [];
  #exchanges = 0;
  #loadBeganAtUs: number | null = null;

  constructor(request: FaultDriverRequest) {
    this.#request = request;
    this.faults = request.faults.map(({ fault, on, targets, at, undo }): FaultEvidence => ({
      fault,
      on,
      targets,
      planned: { at: momentText(at), undo: undo === undefined ? '' : momentText(undo) },
      beganAtUs: null,
      doneAtUs: null,
      undoBeganAtUs: null,
      undoneAtUs: null,
    }));
  }

  /** When the first client started; null where none has. */
  get loadBeganAtUs(): number | null {
    return this.#loadBeganAtUs;
  }

  /** The counts of exchanges at which a fault begins or is undone: `reached` must be told of each. */
  get marks(): number[] {
    return this.#request.faults.flatMap(({ at, undo }) =>
      [at, undo].flatMap((moment) => (typeof moment === 'object' ? [moment.exchanges] : [])),
    );
  }

  /**
   * So many clients have started. The first one is the beginning of the load.
   *
   * @param firstAtUs when that one started, microseconds of the run's clock
   */
  reached(exchanges: number, firstAtUs: number): void {
    this.#exchanges = exchanges;
    if (this.#loadBeganAtUs === null) {
      this.#loadBeganAtUs = firstAtUs;
      for (const [index, fault] of this.#request.faults.entries()) {
        const before = fault.inTurn ? this.#work.at(-1) : undefined;
        this.#work.push(this.#drive(fault, index, firstAtUs, before));
      }
    }
    for (const waiting of this.#waiting) if (exchanges >= waiting.exchanges) waiting.reached();
  }

  /**
   * Call it when the load is over: undoes what is not undone yet, and waits until that is complete. A fault that is not
   * due by then is not done any more.
   */
  async end(): Promise<void> {
    this.#over.abort();
    await Promise.all(this.#work);
  }

  async #drive(
    fault: PlannedFault,
    index: number,
    loadBeganAtUs: number,
    before: Promise<void> | undefined,
  ): Promise<void> {
    const { nowUs, told, signal, hasEnded } = this.#request;
    const record = this.faults[index];
    if (record === undefined) return;
    const kind = faultKind(fault.fault);
    const about = () => ({ fault: fault.fault, on: fault.on, targets: [...record.targets] });
    const onAll = (step: Step) => step(this.#allOf(fault, kind, index), signal);
    const mustEnd = (): boolean => signal.aborted;
    try {
      await this.#until(fault.at, loadBeganAtUs);
      const dueAtUs = nowUs();
      await before;
      if (this.#over.signal.aborted || mustEnd()) return;
      const ended = fault.links === undefined ? record.targets.filter((name) => hasEnded(name)) : [];
      // What is undone by a start can be undone all the same.
      if (ended.length > 0 && ended.length === record.targets.length && !kind.needs.includes('start'))
        throw new Error(nothingTo(fault.fault, ended));
      const hadEnded = ended.length === 0 ? {} : { hadEnded: ended };
      Object.assign(record, hadEnded);
      if (fault.links !== undefined) this.#lack(record, fault.links, index);
      record.beganAtUs = nowUs();
      told({ ...about(), step: 'begun', ...hadEnded });
      await onAll(kind.begin);
      record.doneAtUs = nowUs();
      if (kind.undoing !== undefined && fault.undo !== undefined) {
        // A fault that had to wait lasts as long as planned.
        await this.#until(fault.undo, loadBeganAtUs + record.beganAtUs - dueAtUs);
        if (mustEnd()) return;
      }
      record.undoBeganAtUs = nowUs();
      await onAll(kind.undoing?.begin ?? nothing);
      this.#links.delete(index);
      const met = this.#request.network.met?.(index) ?? [];
      if (met.length > 0) record.met = met;
      record.undoneAtUs = nowUs();
      told({ ...about(), step: 'undone' });
    } catch (error) {
      if (mustEnd()) return;
      // What was done in part must not stay.
      if (fault.links !== undefined && record.doneAtUs === null) {
        await this.#request.network.repair(index).catch(() => undefined);
        this.#links.delete(index);
      }
      record.failed = messageOf(error);
      told({ ...about(), step: 'failed', reason: record.failed });
    }
  }

  /**
   * Notes who lacks whom by a fault of links: by it alone, and by it together with those that are active. Two cuts together
   * may leave a node alone.
   */
  #lack(record: FaultEvidence, links: readonly LinkRule[], index: number): void {
    const { lackingIn } = this.#request;
    const others = [...this.#links.values()].flat();
    const [alone, before, together] = [links, others, [...others, ...links]].map(lackingIn);
    this.#links.set(index, links);
    const by = (kind: keyof Lacking): string[] => {
      const more = together?.[kind].filter((name) => before?.[kind].includes(name) !== true) ?? [];
      return [...new Set([...(alone?.[kind] ?? []), ...more])].sort();
    };
    const lacking = { nodes: by('nodes'), database: by('database'), clients: by('clients') };
    const lateMs = Math.max(0, ...links.map(({ effect: { ms = 0 } }) => ms));
    Object.assign(record, {
      ...{ lacking, targets: allLacking(lacking) },
      ...(lateMs === 0 ? {} : { lateMs }),
    });
  }

  /** The abilities of all that a fault is done to. */
  #allOf({ links, targets }: PlannedFault, kind: FaultKind, index: number): Abilities[] {
    const { network } = this.#request;
    if (links === undefined) return targets.map((name) => this.#ableTo(kind, name));
    return [{ impair: () => network.impair(index, links), repair: () => network.repair(index) }];
  }

  /** The abilities of a target. Throws where it lacks one: a fault that does nothing would show nothing. */
  #ableTo({ needs }: FaultKind, name: string): Abilities {
    const abilities = this.#request.abilitiesOf(name) ?? {};
    const missing = needs.find((ability) => abilities[ability] === undefined);
    if (missing === undefined) return abilities;
    throw new HarnessError('INTERNAL', `${name} lacks the ability: ${missing}`);
  }

  /** Resolves at the moment, or when the load is over or the run must end. */
  async #until(moment: Moment, loadBeganAtUs: number): Promise<void> {
    const ended = AbortSignal.any([this.#over.signal, this.#request.signal]);
    if (typeof moment === 'number') {
      const leftMs = moment * 1_000 - (this.#request.nowUs() - loadBeganAtUs) / 1_000;
      await sleep(Math.max(0, leftMs), undefined, { signal: ended }).catch(() => undefined);
      return;
    }
    const { exchanges } = moment;
    if (this.#exchanges >= exchanges || ended.aborted) return;
    await new Promise<void>((resolve) => {
      this.#waiting.push({ exchanges, reached: resolve });
      ended.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

/** A fault that ends by itself needs no undoing. */
const nothing: Step = () => Promise.resolve();
