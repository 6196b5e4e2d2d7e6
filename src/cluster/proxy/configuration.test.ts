import { describe, expect, it } from 'vitest';
import { proxyConfiguration } from './configuration.js';

const TEXT = proxyConfiguration({
  address: '127.0.0.1',
  nodes: [1, 2, 3].map((n) => ({
    name: `node-${n}`,
    host: '127.0.0.1',
    port: 3300 + n,
    proxyPort: 5500 + n,
  })),
  check: { user: 'proxy_check', plugin: 'mysql_native_password' },
  socket: '/tmp/klc-1/haproxy/s.sock',
});

/** The lines of a section without its title. */
function section(title: string): string[] {
  const found = TEXT.split('\n\n').find((one) => one.startsWith(`${title}\n`)) ?? '';
  return found
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

describe('the configuration of haproxy', () => {
  it('has a port for each node: its servers go to this node first, and in a circle to the others', () => {
    expect(section('listen prefers-node-2')).toEqual([
      'bind 127.0.0.1:5502',
      'server node-2 127.0.0.1:3302 track nodes/node-2',
      'server node-3 127.0.0.1:3303 track nodes/node-3 backup',
      'server node-1 127.0.0.1:3301 track nodes/node-1 backup',
    ]);
    expect(TEXT.match(/^ {2}bind .*/gm)).toHaveLength(3);
  });

  it('checks each node once, logged in as the user of the checks', () => {
    const checked = section('backend nodes');
    expect(checked.filter((line) => line.startsWith('server'))).toEqual([
      'server node-1 127.0.0.1:3301 check',
      'server node-2 127.0.0.1:3302 check',
      'server node-3 127.0.0.1:3303 check',
    ]);
    const login = checked.find((line) => line.endsWith('"the login"') && line.includes('send-binary'));
    expect(Buffer.from(login?.split(' ')[2] ?? '', 'hex').toString('latin1')).toContain('proxy_check\0');
  });

  it('closes the connections to a node that is down', () => {
    expect(section('defaults').join('\n')).toMatch(/^default-server .*on-marked-down shutdown-sessions$/m);
  });

  it('ends with a line break, without which haproxy does not start', () => {
    expect(TEXT.endsWith('\n')).toBe(true);
  });
});
