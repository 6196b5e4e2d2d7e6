import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { EACH_TRANSPORT, nowUs, withTransport } from './transport.test-support.js';
import { LONGEST_SLEEP_MS, type Sender, type Transport } from './transport.js';

const opened: Socket[] = [];
afterEach(async () => {
  for (const socket of opened.splice(0)) await new Promise<void>((resolve) => socket.close(() => resolve()));
});

async function bound(type: 'udp4' | 'udp6' = 'udp4'): Promise<Socket> {
  const socket = createSocket(type);
  opened.push(socket);
  socket.bind(0, type === 'udp4' ? '127.0.0.1' : '::1');
  await once(socket, 'listening');
  return socket;
}

/** A socket of the transport that is connected to a server, and what it hears. */
async function connected(transport: Transport, server: Socket, heard: { text: string; atUs: number }[]) {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.connect(server.address().port, '127.0.0.1', () => resolve()));
  const channel = transport.use(socket, {
    receive: (datagram, atUs) => heard.push({ text: String(Buffer.from(datagram)), atUs }),
  });
  return { channel, port };
}

async function slept(transport: Transport, untilUs: number): Promise<number> {
  const beganUs = nowUs();
  await transport.sleep(untilUs);
  return nowUs() - beganUs;
}

const sendFrom = (server: Socket, text: string, port: number) =>
  new Promise<void>((resolve) => server.send(text, port, '127.0.0.1', () => resolve()));

describe.each(EACH_TRANSPORT)('the transport %s', (name) => {
  it('hands over what arrived at each socket in order, and the native one all of it in the order of arrival', () =>
    withTransport(name, async ({ transport }) => {
      const heard: { text: string; atUs: number }[] = [];
      const server = await bound();
      const ways = [
        await connected(transport, server, heard),
        await connected(transport, server, heard),
        await connected(transport, server, heard),
      ];
      const texts = Array.from({ length: 30 }, (_, n) => String(n));
      const beganUs = nowUs();
      for (const [n, text] of texts.entries()) await sendFrom(server, text, ways[(n * 2) % 3]?.port ?? 0);
      const sentUs = nowUs();
      await expect
        .poll(() => {
          transport.receive();
          return heard.length;
        })
        .toBe(texts.length);
      const those = heard.map(({ text }) => text);
      // Node reads one socket after the other, and knows no times.
      if (name === 'native') expect(those).toEqual(texts);
      for (const socket of [0, 1, 2]) {
        const ofOne = (text: string) => (Number(text) * 2) % 3 === socket;
        expect(those.filter(ofOne)).toEqual(texts.filter(ofOne));
      }
      const times = heard.map(({ atUs }) => atUs);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      expect(times[0]).toBeGreaterThan(beganUs - 1_000);
      // Only the kernel knows that they had come before they were read.
      if (name === 'native') expect(times.at(-1)).toBeLessThan(sentUs + 1_000);
    }));

  it('tells what this machine lacks, each thing once', () =>
    withTransport(name, ({ transport }) => {
      const before = transport.lacking;
      transport.lacks('one thing');
      transport.lacks('another');
      transport.lacks('one thing');
      expect(transport.lacking).toBe(
        [...(before === undefined ? [] : [before]), 'one thing', 'another'].join('; '),
      );
      return Promise.resolve();
    }));

  it('tells when each message left', () =>
    withTransport(name, async ({ transport }) => {
      const { channel } = await connected(transport, await bound(), []);
      const beganUs = nowUs();
      const tickets = [1, 2, 3].map((n) => channel.send(Uint8Array.of(n)));
      transport.flush();
      const flushedUs = nowUs();
      expect(new Set(tickets).size).toBe(3);
      for (const ticket of tickets) {
        expect(transport.leftAtUs(ticket)).toBeGreaterThanOrEqual(beganUs);
        expect(transport.leftAtUs(ticket)).toBeLessThanOrEqual(flushedUs);
      }
    }));

  it.each(['udp4', 'udp6'] as const)('sends to where it is told, and names each sender: %s', (type) =>
    withTransport(name, async ({ transport, opening }) => {
      const server = await bound(type);
      const { address, port } = server.address();
      const socket = await opening.open({ type, address, port: 0, isShared: false }, undefined);
      const senders: (Sender | undefined)[] = [];
      const channel = transport.use(socket, {
        destination: { address, port },
        receive: (_, _atUs, sender) => senders.push(sender),
      });
      const asked = once(server, 'message');
      channel.send(Buffer.from('who?'));
      transport.flush();
      const [datagram, from] = (await asked) as [Buffer, { port: number }];
      expect(String(datagram)).toBe('who?');
      server.send('I', from.port, address);
      await expect
        .poll(() => {
          transport.receive();
          return senders;
        })
        .toMatchObject([{ address, port }]);
    }),
  );

  it('sleeps until a time, or until a datagram comes, or until it is woken', () =>
    withTransport(name, async ({ transport }) => {
      const heard: { text: string; atUs: number }[] = [];
      const server = await bound();
      const { port } = await connected(transport, server, heard);
      const untilUs = nowUs() + 20_000;
      let sleeps = 0;
      for (; nowUs() < untilUs; sleeps++) await transport.sleep(untilUs);
      // A sleep may end early, by what Node's clock lags behind, but is no busy loop.
      expect(sleeps).toBeGreaterThan(0);
      expect(sleeps).toBeLessThan(20);
      await sendFrom(server, 'hello', port);
      // Node must find it before it can end a sleep of this thread.
      if (name === 'dgram') await expect.poll(() => slept(transport, nowUs())).toBeLessThan(1e6);
      await slept(transport, nowUs() + 60_000_000);
      transport.receive();
      expect(heard.map(({ text }) => text)).toEqual(['hello']);
      if (transport.wakeDescriptor !== undefined) {
        const wakings: number[] = [];
        for (let nth = 0; nth < 10; nth++) {
          writeSync(transport.wakeDescriptor, Buffer.of(1, 0, 0, 0, 0, 0, 0, 0));
          wakings.push(await slept(transport, nowUs() + 60_000_000));
          transport.receive();
        }
        // A busy machine may wake it late, but not each time.
        expect(Math.min(...wakings)).toBeLessThan(LONGEST_SLEEP_MS * 1_000);
      }
      expect(transport.sleptMs).toBeGreaterThan(0);
    }));
});
