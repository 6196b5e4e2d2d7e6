import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../results/result.js';
import { commandLine } from './command-line.js';

const field = (name: string) => fileURLToPath(new URL(`../run/analyze/field/${name}`, import.meta.url));

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** What the command prints. */
async function printed(...words: string[]): Promise<string> {
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  await commandLine(['analyze', ...words]).parseAsync();
  return text;
}

describe('analyze --case', () => {
  it.each([
    [
      ['--case', 'dhcp4,dhcp6-ia-na'],
      ['dhcp4', 'dhcp6-ia-na'],
    ],
    [
      ['--case', 'dhcp6, dhcp4'],
      ['dhcp4', 'dhcp6-ia-na'],
    ],
    [
      ['--case', 'dhcp4', '--case=dhcp6'],
      ['dhcp4', 'dhcp6-ia-na'],
    ],
    [['--case', 'dhcp4'], ['dhcp4']],
  ])('%j chooses %j', async (words, names) => {
    const text = await printed(field('19-v4-healthy-v6-unanswered.pcap'), '--json', ...words);
    expect((JSON.parse(text) as Result).cases.map(({ name }) => name)).toEqual(names);
  });

  it('names the part of the list that is no case', async () => {
    await expect(printed(field('19-v4-healthy-v6-unanswered.pcap'), '--case', 'dhcp4,x')).rejects.toThrow(
      '--case x: there is no such case',
    );
  });
});

describe('a number option that is given twice', () => {
  it('is refused with a message that says so', async () => {
    const twice = ['--declined-for', '1', '--declined-for', '2'];
    await expect(printed(field('f-fragments.pcap'), ...twice)).rejects.toThrow(
      '--declined-for is given 2 times',
    );
  });
});
