import { expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { refusal, unlessGone } from './failure.js';

/** An error as the client library throws it for an engine's answer. */
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

it('the hint for an engine that has gone shows how to look for it', () => {
  const { hint } = refusal('no container', new Error('socket hang up'));
  expect(hint).toContain('docker version');
});

it('an error of the harness stays what it is', () => {
  const error = new HarnessError('INTERNAL', 'this one');
  expect(refusal('no container', error)).toBe(error);
});

it.each([404, 409])('status %i is no failure of a removal: the thing is gone, or going', (status) => {
  expect(() => unlessGone(answered(status, 'gone'))).not.toThrow();
});

it('any other status is a failure of a removal', () => {
  const error = answered(500, 'broken');
  expect(() => unlessGone(error)).toThrow(error);
});
