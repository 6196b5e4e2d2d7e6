import { cpus, release, totalmem } from 'node:os';

/** Describes the machine that the figures were measured on. */
export function describeMachine({ versions }) {
  const [first] = cpus();
  return {
    cpu: first?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    kea: versions.kea,
    date: new Date().toISOString(),
  };
}
