import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { unpackedOf } from '../../observations/import/capture/file/gzip.js';
import { importCapture } from '../../observations/import/capture/import.js';
import { sourceKind } from '../../observations/import/source-kind.js';
import { judgeImported } from './imported-source.js';

const field = fileURLToPath(new URL('field/', import.meta.url));
const wrapped = readdirSync(field).filter((name) => /^l-.*\.pcap$|^f-fragments\.pcap$/.test(name));

describe('a capture from somebody else’s network', () => {
  it.each(wrapped)('is judged whatever its packets are encapsulated in: %s', (name) => {
    const result = judgeImported(importCapture(`${field}${name}`), []);
    expect(result.verdict).toBe('pass');
    expect(result.cases).toMatchObject([{ name: 'dhcp4', clients: 3, clientsWithLease: 3 }]);
  });

  it('is judged when gzip has compressed it', async () => {
    const path = `${field}base.pcap.gz`;
    expect(sourceKind(path)).toBe('capture');
    const unpacked = await unpackedOf([path], false);
    const result = judgeImported(importCapture(path, { unpacked }), []);
    unpacked?.close();
    expect(result).toMatchObject({ verdict: 'pass', source: { files: [path] } });
    expect(result.cases).toMatchObject([{ name: 'dhcp4', clients: 1, clientsWithLease: 1 }]);
  });

  it('is named, with the command that converts it, when it is of another format', () => {
    expect(() => sourceKind(`${field}base.snoop`)).toThrow(
      expect.objectContaining({
        code: 'SOURCE',
        exitCode: 64,
        hint: expect.stringContaining('editcap -F pcap') as string,
      }),
    );
  });
});
