import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readServerLog, LogMessages } from './log-messages.js';

/** Lines as Kea 2.2.0 wrote them. */
const LINES = [
  '2026-11-23 02:20:03.922 INFO  [kea-dhcp4.dhcp4/8024.139631832216064] DHCP4_STARTING Kea DHCPv4 server version 2.2.0 (stable) starting',
  '2026-11-23 02:20:03.933 WARN  [kea-dhcp4.dhcp4/8024.139631832216064] DHCP4_MULTI_THREADING_INFO enabled: no, number of threads: 0, queue size: 0',
  '2026-11-23 02:20:04.207 ERROR [kea-dhcp4.alloc-engine/8024.139631832216064] ALLOC_ENGINE_V4_ALLOC_ERROR [hwtype=1 02:00:6d:bb:08:a2], cid=[00:1b:3f:b5:38:00:00:00:00:00:00:00:02], tid=0x57aea89a: error during attempt to allocate an IPv4 address: unable to execute for <INSERT INTO lease4(address, hwaddr, client_id, valid_lifetime, expire, subnet_id, fqdn_fwd, fqdn_rev, hostname, state, user_context) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)>, reason: Deadlock found when trying to get lock; try restarting transaction (error code 1213)',
  '2026-11-23 02:20:04.305 ERROR [kea-dhcp4.alloc-engine/8024.139631832216064] ALLOC_ENGINE_V4_ALLOC_ERROR [hwtype=1 02:00:6d:bb:08:a5], cid=[00:1b:3f:b5:38:00:00:00:00:00:00:00:05], tid=0x325515ad: error during attempt to allocate an IPv4 address: unable to execute for <INSERT INTO lease4(address, hwaddr, client_id, valid_lifetime, expire, subnet_id, fqdn_fwd, fqdn_rev, hostname, state, user_context) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)>, reason: Deadlock found when trying to get lock; try restarting transaction (error code 1213)',
  'a line of something else',
  '',
];

describe('the messages of a Kea log', () => {
  it('are counted by identifier, most frequent first, with the error codes they carry', () => {
    const messages = new LogMessages();
    for (const line of LINES) messages.add(line);
    expect(messages.figures()).toEqual([
      { identifier: 'ALLOC_ENGINE_V4_ALLOC_ERROR', severity: 'ERROR', count: 2, errorCodes: { 1213: 2 } },
      { identifier: 'DHCP4_MULTI_THREADING_INFO', severity: 'WARN', count: 1, errorCodes: {} },
      { identifier: 'DHCP4_STARTING', severity: 'INFO', count: 1, errorCodes: {} },
    ]);
  });

  it('count failed statements that only read apart, as such a failure is no lost race', async () => {
    const sample = fileURLToPath(new URL('doubled-abort.sample.log', import.meta.url));
    const [most] = await readServerLog(sample).then(({ messages }) => messages);
    expect(most).toMatchObject({
      identifier: 'ALLOC_ENGINE_V4_ALLOC_ERROR',
      errorCodes: { 1213: 4 },
      readErrorCodes: { 1213: 2 },
    });
  });

  it('take no function of the database for a statement that only reads', () => {
    const messages = new LogMessages();
    messages.add(
      '2026-11-29 02:52:10.904 ERROR [kea-dhcp4.alloc-engine/30434.140309540148928] ALLOC_ENGINE_V4_ALLOC_ERROR [hwtype=1 02:00:6f:0f:18:28], cid=[00:0e:27:de:93:00:00:00:00:00:00:00:01], tid=0x4a96d1f5: error during attempt to allocate an IPv4 address: unable to store result for <SELECT sflqPickFreeLease4(?,?)>, reason: Deadlock found when trying to get lock; try restarting transaction (error code 1213)',
    );
    expect(messages.figures()).toEqual([
      { identifier: 'ALLOC_ENGINE_V4_ALLOC_ERROR', severity: 'ERROR', count: 1, errorCodes: { 1213: 1 } },
    ]);
  });

  it('count messages that Kea 2.6.3 dropped, as another server had changed the row', () => {
    const messages = new LogMessages();
    messages.add(
      '2026-11-28 03:52:55.145 DEBUG [kea-dhcp4.bad-packets/6252.140252857091776] DHCP4_PACKET_DROP_0007 [hwtype=1 02:00:bd:c3:e4:cb], cid=[00:85:f2:f9:67:00:00:00:00:00:00:00:52], tid=0x88b58e3b: failed to process packet: detected data race in AllocEngine::allocateLease4: unable to update lease for address 10.1.0.18 either because the lease does not exist, it has been deleted or it has changed in the database.',
    );
    expect(messages.figures()[0]).toMatchObject({ count: 1, dataRaces: 1 });
  });

  it('of a missing log are an error, which the evidence can hold', async () => {
    await expect(readServerLog('/nowhere/kea.log')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
