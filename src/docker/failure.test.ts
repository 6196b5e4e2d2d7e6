import { expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { refusal, unlessGone } from './failure.js';

/** As the client library throws what an engine answers. */
function answered(statusCode: number, message: string): Error {
  return Object.assign(new Error(`(HTTP code ${statusCode}) unexpected - ${message}`), {
    statusCode,
    json: { message },
  });
}

it.each([
  [409, 'Conflict. The container name "/klc-1-node-1" is already in use by container "c0".', 'clean'],
  [500, 'driver failed: Bind for 127.0.0.1:3306 failed: port is already allocated', 'docker ps'],
  [500, 'write /var/lib/docker: no space left on device', 'docker system df'],
  [500, 'something else', 'journalctl'],
])('an engine that refuses with %i is quoted, and what helps is said', (status, message, helps) => {
  expect(refusal('no container for node-1', answered(status, message))).toMatchObject({
    code: 'PREREQUISITE',
    message: `no container for node-1: ${message}`,
    hint: expect.stringContaining(helps) as string,
  });
});

it('an engine that has gone is said to have', () => {
  const { hint } = refusal('no container', new Error('socket hang up'));
  expect(hint).toContain('docker version');
});

it('an error of the harness stays what it is', () => {
  const error = new HarnessError('INTERNAL', 'this one');
  expect(refusal('no container', error)).toBe(error);
});

it.each([404, 409])('%i is no failure of a removal: it is gone, or going', (status) => {
  expect(() => unlessGone(answered(status, 'gone'))).not.toThrow();
});

it('any other is one', () => {
  const error = answered(500, 'broken');
  expect(() => unlessGone(error)).toThrow(error);
});
