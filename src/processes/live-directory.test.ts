import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDeadRuns, LiveDirectory } from './live-directory.js';
import { identify } from './process-id.js';

let base: string;
beforeEach(() => (base = mkdtempSync(join(tmpdir(), 'live-'))));
afterEach(() => rmSync(base, { recursive: true }));

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const isRoot = process.getuid?.() === 0;
/** An identity that no process has: only the kernel's own processes start at the first tick. */
const GONE = { pid: process.pid, startTime: '1' };

/** A live directory whose owner no longer runs. */
function dead(): LiveDirectory {
  const live = LiveDirectory.create(undefined, base);
  writeFileSync(join(live.path, 'owner.json'), JSON.stringify(GONE));
  return live;
}

describe('a live directory', () => {
  it('is private, and so is all in it', () => {
    const live = LiveDirectory.create(undefined, base);
    live.writeFile(join(live.path, 'secret'), 'password');
    const paths = [live.path, live.subdirectory('node-1'), join(live.path, 'secret')];
    expect(paths.map(modeOf)).toEqual(['700', '700', '600']);
    expect(modeOf(live.subdirectory('kea', 0o750))).toBe('750');
    expect(
      readdirSync(live.path).filter((name) => modeOf(join(live.path, name)).endsWith('00')),
    ).toHaveLength(4);
  });

  if (isRoot) {
    it('of root lets the servers’ user pass, and gives that user the subdirectories', () => {
      const live = LiveDirectory.create({ uid: 65_534, gid: 65_534 }, base);
      expect(modeOf(live.path)).toBe('710');
      expect(statSync(live.path)).toMatchObject({ uid: 0, gid: 65_534 });
      expect(statSync(live.subdirectory('kea'))).toMatchObject({ uid: 65_534, gid: 65_534 });
      expect(statSync(join(live.path, 'owner.json'))).toMatchObject({ uid: 0 });
    });
  }

  it('leaves room for a socket’s name in the 107 bytes of its address', () => {
    const live = LiveDirectory.create(undefined);
    try {
      expect(join(live.path, 'kea', 'dhcp6-ia-na-pd-9.sock.lock').length).toBeLessThanOrEqual(107);
    } finally {
      live.remove();
    }
  });

  it('is removed with all that is in it, and may be removed again', () => {
    const live = LiveDirectory.create(undefined, base);
    writeFileSync(join(live.subdirectory('node-1'), 'ibdata1'), '');
    live.remove();
    live.remove();
    expect(existsSync(live.path)).toBe(false);
  });

  it('can’t be made where nothing can be written', () => {
    expect(() => LiveDirectory.create(undefined, join(base, 'none'))).toThrow(
      expect.objectContaining({ code: 'STORAGE', exitCode: 69 }),
    );
  });
});

describe('dead runs', () => {
  it('are found, with those of their processes that still run', () => {
    const self = identify(process.pid);
    if (self === null) throw new Error('no identity');
    const live = dead();
    live.register(self);
    live.register(GONE);
    expect(findDeadRuns(base)).toEqual([{ path: live.path, survivors: [self] }]);
  });

  it('are found also where the list of processes is damaged', () => {
    const live = dead();
    writeFileSync(join(live.path, 'children.jsonl'), '{"pid":1\nnull\n7\n{"pid":"1","startTime":"1"}\n');
    expect(findDeadRuns(base)).toEqual([{ path: live.path, survivors: [] }]);
    rmSync(join(live.path, 'children.jsonl'));
    expect(findDeadRuns(base)).toEqual([{ path: live.path, survivors: [] }]);
  });

  it.each<[string, () => void]>([
    ['a living run', () => LiveDirectory.create(undefined, base)],
    ['a directory of another name', () => mkdirSync(join(base, 'node-1'))],
    ['a directory without an owner', () => mkdirSync(join(base, 'klc-0'))],
    ['a file', () => writeFileSync(join(base, 'klc-0'), '')],
    [
      'an owner that can’t be read',
      () => writeFileSync(join(dead().path, 'owner.json'), '{"pid": "everybody"}'),
    ],
    [
      'a link to a dead run that lies elsewhere',
      () => {
        const elsewhere = mkdirSync(join(base, 'elsewhere'), { recursive: true }) ?? '';
        writeFileSync(join(elsewhere, 'owner.json'), JSON.stringify(GONE));
        symlinkSync(elsewhere, join(base, 'klc-0'));
      },
    ],
    [
      'an owner file that is a link',
      () => {
        writeFileSync(join(base, 'owner.json'), JSON.stringify(GONE));
        mkdirSync(join(base, 'klc-0'));
        symlinkSync(join(base, 'owner.json'), join(base, 'klc-0', 'owner.json'));
      },
    ],
  ])('are not %s', (_, make) => {
    make();
    expect(findDeadRuns(base)).toEqual([]);
  });
});
