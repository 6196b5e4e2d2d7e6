import { addMet, type ImpairableNetwork, type LinkRule, type MetOnLink } from '../../faults/links.js';
import { classesCommand, delayCommands, delayedBy, readMet, ruleset, type SwitchRule } from './rules.js';

/** The switches, as far as their rules go. */
export interface RuledSwitch {
  /** Gives them the rules of a text of nft(8). */
  tell: (text: string) => Promise<void>;
  /** Gives their ports the queues of a text of tc(8). */
  queue: (text: string) => Promise<void>;
  /** The rules and their counters, as `nft --json list table` prints them. */
  list: () => Promise<string>;
  /** The ports that lead to a machine. */
  portsOf: (machine: string) => readonly string[];
}

/** What faults do to the messages between machines: rules of the switches, all set anew at each change. */
export class SwitchRules implements ImpairableNetwork {
  readonly #switches: RuledSwitch;
  /** What each fault does to the links. */
  readonly #impaired = new Map<number, readonly SwitchRule[]>();
  /** The ports that have classes. They keep them, as nothing is in a class that no rule puts there. */
  readonly #withClasses = new Set<string>();
  #classes = 0;
  readonly #met = new Map<number, MetOnLink[]>();
  /** The rules that the switches have now. */
  #active: { key: number; rule: SwitchRule }[] = [];
  #told: Promise<void> = Promise.resolve();

  constructor(switches: RuledSwitch) {
    this.#switches = switches;
  }

  async impair(key: number, rules: readonly LinkRule[]): Promise<void> {
    const classed = rules.map((rule) => (delays(rule) ? { ...rule, delayClass: ++this.#classes } : rule));
    this.#impaired.set(key, classed);
    await this.#set(() => this.#makeClasses(classed)).catch((error: unknown) => {
      this.#impaired.delete(key);
      throw error;
    });
  }

  async repair(key: number): Promise<void> {
    if (this.#impaired.delete(key)) await this.#set();
  }

  met(key: number): readonly MetOnLink[] {
    return this.#met.get(key) ?? [];
  }

  /** Whether a fault is active. */
  get isImpaired(): boolean {
    return this.#impaired.size > 0;
  }

  async #makeClasses(rules: readonly SwitchRule[]): Promise<void> {
    const commands = rules.flatMap(({ to, effect: { ms = 0 }, delayClass }) =>
      delayClass === undefined
        ? []
        : this.#switches.portsOf(to).flatMap((port) => {
            const isFirst = !this.#withClasses.has(port);
            this.#withClasses.add(port);
            return [
              ...(isFirst ? [classesCommand(port)] : []),
              delayCommands(port, delayClass, delayedBy(ms)),
            ];
          }),
    );
    if (commands.length > 0) await this.#switches.queue(commands.join(''));
  }

  /** Sets all rules, after whatever the switches are being told, and after `first`. */
  #set(first: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const next = this.#told.then(async () => {
      await first();
      // What nobody can count must not keep the rules from being changed.
      await this.#count().catch(() => undefined);
      const wanted = [...this.#impaired].flatMap(([key, rules]) => rules.map((rule) => ({ key, rule })));
      await this.#switches.tell(ruleset(wanted.map(ruleOf), this.#switches.portsOf));
      this.#active = wanted;
    });
    this.#told = next.catch(() => undefined);
    return next;
  }

  /** Adds up what the active rules have met. Their counters begin anew with the next rules. */
  async #count(): Promise<void> {
    const active = this.#active;
    this.#active = [];
    if (active.length === 0) return;
    const met = readMet(await this.#switches.list(), active.map(ruleOf));
    for (const [index, { key }] of active.entries()) {
      const one = met[index];
      if (one === undefined) continue;
      const known = this.#met.get(key) ?? [];
      const same = known.find(({ from, to }) => from === one.from && to === one.to);
      if (same === undefined) this.#met.set(key, [...known, one]);
      else addMet(same, one);
    }
  }
}

function ruleOf({ rule }: { rule: SwitchRule }): SwitchRule {
  return rule;
}

function delays({ effect: { ms = 0 } }: LinkRule): boolean {
  return ms > 0;
}
