import { describe, expect, it } from 'vitest';
import type { Abilities } from '../../faults/abilities.js';
import type { TargetFault } from '../../scenario/schema/faults.js';
import { FaultDriver, toldInWords, type PlannedFault } from './driver.js';

const NODES = ['node-1', 'node-2'];

/** A system of nodes that write down what is done to them. */
class Written {
  readonly done: string[] = [];
  readonly told: string[] = [];
  /** Those that have ended by themselves. */
  readonly ended = new Set<string>();
  readonly signal = new AbortController();
  readonly abilitiesOf = (name: string): Abilities | undefined =>
    NODES.includes(name)
      ? {
          kill: () => this.#write(`kill ${name}`),
          stop: () => this.#write(`stop ${name}`),
          start: () => this.#write(`start ${name}`),
          freeze: () =>
            name === 'node-1' ? Promise.reject(new Error('no such process')) : this.#write(`freeze ${name}`),
          thaw: () => this.#write(`thaw ${name}`),
        }
      : undefined;

  #write(what: string): Promise<void> {
    this.done.push(what);
    return Promise.resolve();
  }

  drive(...faults: TargetFault[]): FaultDriver {
    return this.driveAll(faults.map((fault) => ({ ...fault, targets: [fault.on], inTurn: false })));
  }

  driveAll(faults: PlannedFault[]): FaultDriver {
    return new FaultDriver({
      faults,
      abilitiesOf: this.abilitiesOf,
      network: {
        impair: (key) => this.#write(`impair ${key}`),
        repair: (key) => this.#write(`repair ${key}`),
      },
      // Two of three cuts leave a node alone.
      lackingIn: (rules) => ({
        nodes: rules.length > 1 ? ['node-3'] : rules.map(({ from }) => from),
        database: [],
        clients: [],
      }),
      hasEnded: (name) => this.ended.has(name),
      nowUs: () => performance.now() * 1_000,
      signal: this.signal.signal,
      told: (event) => this.told.push(toldInWords(event)),
    });
  }
}

/** When the first client started. */
const BEGAN_AT_US = performance.now() * 1_000;

const after = (exchanges: number) => ({ exchanges });
const kill = (on: string, at: TargetFault['at'], undo: TargetFault['undo']): TargetFault => ({
  fault: 'kill',
  on,
  at,
  undo,
});
/** Lets what is due be done. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('faults of a run', () => {
  it('are done and undone when as many clients have started', async () => {
    const system = new Written();
    const driver = system.drive(kill('node-2', after(2), after(3)));
    driver.reached(1, BEGAN_AT_US);
    expect(driver.marks).toEqual([2, 3]);
    await settled();
    expect(system.done).toEqual([]);
    driver.reached(2, BEGAN_AT_US);
    await settled();
    expect(system.done).toEqual(['kill node-2']);
    driver.reached(3, BEGAN_AT_US);
    await driver.end();
    expect(system.done).toEqual(['kill node-2', 'start node-2']);
    expect(system.told).toEqual(['node-2 was killed', 'node-2 was started again']);
    const [fault] = driver.faults;
    expect(fault).toMatchObject({
      fault: 'kill',
      targets: ['node-2'],
      planned: { at: '2 exchanges', undo: '3 exchanges' },
    });
    const times = [fault?.beganAtUs, fault?.doneAtUs, fault?.undoBeganAtUs, fault?.undoneAtUs].map(Number);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(times[0]).toBeGreaterThanOrEqual(driver.loadBeganAtUs ?? Infinity);
  });

  it('are done after seconds of the load', async () => {
    const system = new Written();
    const driver = system.drive(kill('node-1', 0.01, 0.02));
    driver.reached(1, BEGAN_AT_US);
    await expect.poll(() => system.done).toEqual(['kill node-1', 'start node-1']);
    await driver.end();
  });

  it('are undone when the load is over, and those that are not due by then are not done', async () => {
    const system = new Written();
    const driver = system.drive(kill('node-1', after(1), 3_600), kill('node-2', 3_000, 3_600));
    driver.reached(1, BEGAN_AT_US);
    await settled();
    await driver.end();
    expect(system.done).toEqual(['kill node-1', 'start node-1']);
    expect(driver.faults.map(({ undoneAtUs }) => undoneAtUs === null)).toEqual([false, true]);
  });

  it('of which one fails say so', async () => {
    const driver = new Written().drive({ fault: 'freeze', on: 'node-1', at: after(1), undo: after(2) });
    driver.reached(1, BEGAN_AT_US);
    await settled();
    await driver.end();
    expect(driver.faults[0]).toMatchObject({ doneAtUs: null, failed: 'no such process' });
  });

  it("are not done to what can't be undone", async () => {
    const system = new Written();
    const driver = system.drive({ fault: 'isolate', on: 'node-1', at: after(1), undo: after(2) });
    driver.reached(1, BEGAN_AT_US);
    await settled();
    await driver.end();
    expect(driver.faults[0]).toMatchObject({ doneAtUs: null, failed: 'node-1 lacks the ability: isolate' });
  });

  it('that end by themselves are over when that is complete', async () => {
    const system = new Written();
    const driver = system.driveAll([
      { fault: 'rolling-restart', on: 'nodes', targets: NODES, at: after(1), inTurn: false },
    ]);
    driver.reached(1, BEGAN_AT_US);
    await settled();
    await driver.end();
    expect(system.done).toEqual(['stop node-1', 'start node-1', 'stop node-2', 'start node-2']);
    const [fault] = driver.faults;
    expect(fault?.planned).toEqual({ at: '1 exchange', undo: '' });
    expect(fault?.undoneAtUs).toBeGreaterThanOrEqual(Number(fault?.doneAtUs));
  });

  it('that come in turn wait until the one before is undone', async () => {
    const system = new Written();
    const first = { ...kill('node-1', after(1), after(2)), targets: ['node-1'], inTurn: false };
    const second = { ...kill('node-2', after(1), after(2)), targets: ['node-2'], inTurn: true };
    const driver = system.driveAll([first, second]);
    driver.reached(1, BEGAN_AT_US);
    await settled();
    expect(system.done).toEqual(['kill node-1']);
    driver.reached(2, BEGAN_AT_US);
    await expect.poll(() => system.done.length).toBe(4);
    expect(system.done).toEqual(['kill node-1', 'start node-1', 'kill node-2', 'start node-2']);
    await driver.end();
  });

  it('of links lack what they take alone, and what they take together with others', async () => {
    const cut = (from: string, to: string, at: number): PlannedFault => ({
      fault: 'partition',
      on: `${from} | ${to}`,
      targets: [],
      links: [{ from, to, effect: { losePercent: 100 } }],
      at: after(at),
      undo: after(3),
      inTurn: false,
    });
    const system = new Written();
    const driver = system.driveAll([cut('node-1', 'node-3', 1), cut('node-2', 'node-3', 2)]);
    driver.reached(1, BEGAN_AT_US);
    await settled();
    driver.reached(2, BEGAN_AT_US);
    await settled();
    await driver.end();
    expect(driver.faults.map(({ lacking }) => lacking?.nodes)).toEqual([['node-1'], ['node-2', 'node-3']]);
    expect(driver.faults[1]?.targets).toEqual(['node-2', 'node-3']);
  });

  describe('of what has ended before', () => {
    const freeze = (targets: string[]): PlannedFault[] => [
      { fault: 'freeze', on: 'nodes', targets, at: after(1), undo: after(2), inTurn: false },
    ];
    const drive = async (system: Written, faults: PlannedFault[]) => {
      const driver = system.driveAll(faults);
      driver.reached(1, BEGAN_AT_US);
      await settled();
      await driver.end();
      return driver.faults[0];
    };

    it('find nothing to kill, and start it again', async () => {
      const system = new Written();
      system.ended.add('node-2');
      const fault = { ...kill('node-2', after(1), after(2)), targets: ['node-2'], inTurn: false };
      expect(await drive(system, [fault])).toMatchObject({ hadEnded: ['node-2'] });
      expect(system.told).toEqual([
        'node-2 had ended before, so there was nothing to kill',
        'node-2 was started again',
      ]);
      expect(system.done.at(-1)).toBe('start node-2');
    });

    it('fail where no start undoes them, and nothing is left that they could be done to', async () => {
      const system = new Written();
      system.ended.add('node-2');
      expect(await drive(system, freeze(['node-2']))).toMatchObject({
        beganAtUs: null,
        failed: 'node-2 had ended before, so there was nothing to freeze',
      });
      expect(system.done).toEqual([]);
    });

    it('are done to the others', async () => {
      const system = new Written();
      system.ended.add('node-1');
      const faults = freeze(['node-1', 'node-2']);
      const driver = system.driveAll(faults);
      driver.reached(1, BEGAN_AT_US);
      await settled();
      await driver.end();
      expect(system.told[0]).toBe(
        'node-2 was frozen; node-1 had ended before, so there was nothing to freeze',
      );
    });
  });

  it('are not undone when the run must end at once', async () => {
    const system = new Written();
    const driver = system.drive(kill('node-1', after(1), after(2)));
    driver.reached(1, BEGAN_AT_US);
    await settled();
    system.signal.abort();
    await driver.end();
    expect(system.done).toEqual(['kill node-1']);
    expect(driver.faults[0]).toMatchObject({ undoBeganAtUs: null, undoneAtUs: null });
  });

  it('are none before the load', async () => {
    const system = new Written();
    const driver = system.drive(kill('node-1', after(1), after(2)));
    await driver.end();
    expect(system.done).toEqual([]);
    expect(driver.loadBeganAtUs).toBeNull();
  });
});
