import { expect, it } from 'vitest';
import type { LinkRule } from '../../faults/links.js';
import { SwitchRules } from './switch-rules.js';

const rule = (from: string, to: string): LinkRule => ({ from, to, effect: { losePercent: 100 } });
const THERE = rule('node-1', 'node-2');
const BACK = rule('node-2', 'node-1');

/** Switches whose counters say that each rule met so many packets. */
class Switches {
  readonly told: string[] = [];
  readonly queued: string[] = [];
  packets = 3;
  fails = false;
  readonly rules = new SwitchRules({
    portsOf: (machine) => [machine],
    tell: (text) => {
      if (this.fails) return Promise.reject(new Error('no'));
      this.told.push(text);
      return Promise.resolve();
    },
    queue: (text) => {
      this.queued.push(text);
      return Promise.resolve();
    },
    list: () =>
      this.packets < 0
        ? Promise.reject(new Error('no counters'))
        : Promise.resolve(
            JSON.stringify({ nftables: Array(8).fill({ rule: { expr: [{ counter: this }] } }) }),
          ),
  });

  /** How many links are cut now. */
  get cuts(): number {
    return this.told.at(-1)?.match(/ drop$/gm)?.length ?? 0;
  }

  toJSON(): object {
    return { packets: this.packets };
  }
}

it('faults add up, and each is undone by itself', async () => {
  const switches = new Switches();
  const { rules } = switches;
  await Promise.all([rules.impair(0, [THERE, BACK]), rules.impair(1, [THERE])]);
  expect(switches.cuts).toBe(3);
  await rules.repair(0);
  expect(switches.cuts).toBe(1);
  await rules.repair(1);
  expect(switches.cuts).toBe(0);
  expect(rules.isImpaired).toBe(false);
});

it('what a fault meets is added up over the changes by other faults', async () => {
  const { rules } = new Switches();
  await rules.impair(0, [THERE]);
  await rules.impair(1, [BACK]);
  await rules.repair(1);
  await rules.repair(0);
  expect(rules.met(0)).toEqual([{ from: 'node-1', to: 'node-2', packets: 9, dropped: 9 }]);
  expect(rules.met(1)).toEqual([{ from: 'node-2', to: 'node-1', packets: 3, dropped: 3 }]);
});

it('a fault that can’t be begun leaves nothing behind', async () => {
  const switches = new Switches();
  switches.fails = true;
  await expect(switches.rules.impair(0, [THERE])).rejects.toThrow('no');
  switches.fails = false;
  await switches.rules.impair(1, [BACK]);
  expect(switches.cuts).toBe(1);
});

it('a fault is undone though nobody can count', async () => {
  const switches = new Switches();
  await switches.rules.impair(0, [THERE]);
  switches.packets = -1;
  await switches.rules.repair(0);
  expect(switches.cuts).toBe(0);
  expect(switches.rules.met(0)).toEqual([]);
});

it('a delay has a class of its own at the port to the machine, which has classes once', async () => {
  const switches = new Switches();
  const delay = (ms: number): LinkRule => ({ from: 'node-1', to: 'node-2', effect: { ms } });
  await switches.rules.impair(0, [delay(50)]);
  await switches.rules.repair(0);
  await switches.rules.impair(1, [delay(20), BACK]);
  const netem = (ms: number) => `netem delay ${ms}ms limit 100000`;
  const rate = 'htb rate 100gbit quantum 60000';
  expect(switches.queued.map((text) => text.trimEnd().split('\n'))).toEqual([
    [
      'qdisc add dev node-2 root handle 1: htb',
      `class add dev node-2 parent 1: classid 1:1 ${rate}`,
      `qdisc add dev node-2 parent 1:1 ${netem(50)}`,
    ],
    [`class add dev node-2 parent 1: classid 1:2 ${rate}`, `qdisc add dev node-2 parent 1:2 ${netem(20)}`],
  ]);
  const rules = switches.told.at(-1)?.match(/counter .*$/gm);
  expect(rules).toEqual(['counter meta priority set 1:2', 'counter drop']);
  await switches.rules.repair(1);
  expect(switches.rules.met(1)).toMatchObject([
    { packets: 3, dropped: 0 },
    { packets: 3, dropped: 3 },
  ]);
});
