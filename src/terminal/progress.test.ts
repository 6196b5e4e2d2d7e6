import { describe, expect, it } from 'vitest';
import { Progress, type ProgressStream, type Verbosity } from './progress.js';

const UP = (lines: number): string => `\u001b[${lines}A\u001b[0J`;

function screen(stream: Omit<ProgressStream, 'write'> = {}, verbosity?: Verbosity) {
  const written: string[] = [];
  const clock = { nowMs: 0 };
  const progress = new Progress(
    { ...stream, write: (text) => written.push(text) },
    () => clock.nowMs,
    verbosity,
  );
  /** What was written since the last call. */
  const look = (): string => written.splice(0).join('');
  return { progress, clock, look };
}

describe('progress on a terminal', () => {
  it('changes the live lines in place', () => {
    const { progress, look } = screen({ isTTY: true });
    progress.live(['a 1', 'b 1']);
    expect(look()).toBe('a 1\nb 1\n');
    progress.live(['a 2', 'b 2']);
    expect(look()).toBe(`${UP(2)}a 2\nb 2\n`);
    progress.live(['a 3']);
    expect(look()).toBe(`${UP(2)}a 3\n`);
    progress.live(['a 4']);
    expect(look()).toBe(`${UP(1)}a 4\n`);
  });

  it('prints lasting lines above the live lines', () => {
    const { progress, look } = screen({ isTTY: true });
    progress.say('started');
    progress.live(['a 1', 'b 1']);
    look();
    progress.say('node-2 died');
    expect(look()).toBe(`${UP(2)}node-2 died\na 1\nb 1\n`);
    progress.live(['a 2', 'b 2']);
    expect(look()).toBe(`${UP(2)}a 2\nb 2\n`);
  });

  it('removes the live lines at the end', () => {
    const { progress, look } = screen({ isTTY: true });
    progress.live(['a 1', 'b 1']);
    look();
    progress.end();
    progress.end();
    progress.say('verdict: pass');
    expect(look()).toBe(`${UP(2)}verdict: pass\n`);
  });

  it.each([
    [80, 'Downloading 63 packages, 56.1 MB (at most 345 MB unpacked) into… 45%'],
    [40, 'Downloading 63 packages, 56.1 MB… 45%'],
    // A terminal that does not know its width reports 0.
    [0, 'Downloading 63 packages, 56.1 MB (at most 345 MB unpacked) into… 45%'],
    [undefined, 'Downloading 63 packages, 56.1 MB (at most 345 MB unpacked) into… 45%'],
  ])('cuts a line that would wrap in %s columns, so that erasing works', (columns, line) => {
    const { progress, look } = screen({ isTTY: true, columns });
    const text =
      'Downloading 63 packages, 56.1 MB (at most 345 MB unpacked) into /home/somebody/.cache/kea, once…';
    progress.live([{ text, end: '45%' }]);
    expect(look()).toBe(`${line}\n`);
  });
});

describe('progress on a stream that is no terminal', () => {
  it('prints the live lines plainly, at intervals', () => {
    const { progress, clock, look } = screen();
    progress.live(['a 1']);
    expect(look()).toBe('a 1\n');
    clock.nowMs = 14_999;
    progress.live(['a 2']);
    expect(look()).toBe('');
    clock.nowMs = 15_000;
    progress.live(['a 3', 'b 3']);
    expect(look()).toBe('a 3\nb 3\n');
  });

  it('prints lasting lines at once, and does not repeat the live lines', () => {
    const { progress, look } = screen();
    progress.live(['a 1']);
    look();
    progress.say('node-2 died');
    expect(look()).toBe('node-2 died\n');
  });

  it('prints live lines again after the end', () => {
    const { progress, look } = screen();
    progress.live(['a 1']);
    progress.end();
    look();
    progress.live(['next run']);
    expect(look()).toBe('next run\n');
  });
});

describe('progress', () => {
  it('prints nothing if quiet', () => {
    const { progress, look } = screen({ isTTY: true }, 'quiet');
    progress.say('started');
    progress.detail('more');
    progress.live(['a 1']);
    progress.end();
    expect(look()).toBe('');
  });

  it('prints details only if verbose, each line with its time', () => {
    const verbose = screen({}, 'verbose');
    verbose.progress.say('started');
    verbose.progress.detail('more');
    expect(verbose.look()).toMatch(/^[\d-]+T[\d:.]+Z started\n[\d-]+T[\d:.]+Z more\n$/);
    const normal = screen();
    normal.progress.detail('more');
    expect(normal.look()).toBe('');
  });
});
