import { describe, expect, it } from 'vitest';
import { KernelClock } from './kernel-clock.js';

/** A machine whose clock is ahead of the load's by as much as a test says. */
class Machine {
  nowUs = 1_000;
  /** Of the machine's clock; it was set in 2023. */
  aheadUs = 1_700_000_000_000_000;
  /** How long each reading of the load's clock takes. */
  tickUs = 1;
  readonly #memory = new Uint8Array(4_096);
  readonly clock = new KernelClock(
    {
      allocate: () => ({ bytes: this.#memory, address: 0 }),
      clockGettime: () => {
        const us = this.nowUs + this.aheadUs;
        const words = new Uint32Array(this.#memory.buffer);
        words[0] = Math.floor(us / 1_000_000);
        words[2] = (us % 1_000_000) * 1_000;
        return 0;
      },
    },
    () => (this.nowUs += this.tickUs),
  );

  /** When a datagram arrived by the load's clock, which came `agoUs` ago. The socket was empty 400 µs ago. */
  arrived(agoUs: number): number {
    const now = this.nowUs;
    return now - this.clock.toLoad(now - agoUs + this.aheadUs, now - 400, now);
  }

  pass(us: number): void {
    this.nowUs += us;
  }
}

describe('the time of the kernel', () => {
  it('is turned into the time of the load', () => {
    const machine = new Machine();
    expect(machine.arrived(120)).toBeCloseTo(120, -1);
    machine.pass(60_000_000);
    expect(machine.arrived(5)).toBeCloseTo(5, -1);
    expect(machine.clock.steps).toEqual([]);
  });

  it.each([3_600_000_000, -3_600_000_000, 800, -800])(
    'spoils no time where the clock of the machine is set by %i µs, and the step is told once',
    (byUs) => {
      const machine = new Machine();
      machine.pass(1_000);
      machine.aheadUs += byUs;
      const early = machine.arrived(100);
      expect(early).toBeGreaterThanOrEqual(0);
      expect(early).toBeLessThanOrEqual(400);
      machine.pass(10_000);
      expect(machine.arrived(100)).toBeCloseTo(100, -1);
      expect(machine.clock.steps).toHaveLength(1);
      expect(machine.clock.steps[0]?.byUs).toBeCloseTo(byUs, -1);
    },
  );

  // An agent of the host may set the clock of a virtual machine by half a millisecond, ten times a second.
  it.each([500, -500, 700_000, -700_000])(
    'is never earlier than the arrival for what arrived before the clock was set by %i µs',
    (byUs) => {
      const machine = new Machine();
      machine.pass(20_000);
      const arrivedAtUs = machine.nowUs;
      const stampUs = arrivedAtUs + machine.aheadUs;
      machine.pass(50);
      machine.aheadUs += byUs;
      machine.pass(8_000);
      const now = machine.nowUs;
      const atUs = machine.clock.toLoad(stampUs, arrivedAtUs - 5_000, now);
      expect(atUs).toBeGreaterThanOrEqual(arrivedAtUs - 2);
      expect(atUs).toBeLessThanOrEqual(now);
      if (Math.abs(byUs) > 8_000) expect(atUs).toBeCloseTo(arrivedAtUs, -1);
      machine.pass(300);
      expect(machine.arrived(100)).toBeCloseTo(100, -1);
    },
  );

  it('is followed where the clock of the machine is corrected slowly', () => {
    const machine = new Machine();
    for (let second = 0; second < 60; second++) {
      machine.pass(1_000_000);
      machine.aheadUs += 500;
      expect(machine.arrived(50)).toBeCloseTo(50, -1);
    }
    expect(machine.clock.steps).toEqual([]);
  });

  it('tells no step where only the readings were interrupted', () => {
    const machine = new Machine();
    for (const tickUs of [90, 1, 70, 1, 3_000, 1]) {
      machine.tickUs = tickUs;
      machine.pass(10_000);
      machine.arrived(50);
    }
    expect(machine.clock.steps).toEqual([]);
  });

  it('tells a step that comes after an interrupted reading, once the readings are sure', () => {
    const machine = new Machine();
    machine.tickUs = 3_000;
    machine.pass(10_000);
    machine.arrived(50);
    machine.tickUs = 1;
    machine.pass(10_000);
    machine.arrived(50);
    machine.aheadUs += 800;
    machine.pass(10_000);
    machine.arrived(50);
    expect(machine.clock.steps).toHaveLength(1);
  });
});
