import { messageOf } from '../errors.js';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'its parent is not a directory',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EEXIST: 'something of that name is there already',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on device',
  EDQUOT: 'no space left in the quota of this user',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  // A socket, or a device that is not there.
  ENXIO: 'it is not a regular file',
  // A file such as /proc/kmsg, which has something to read only at times.
  EAGAIN: 'it is not a regular file',
  ERR_INVALID_ARG_VALUE: 'it is not a valid path',
};

/**
 * What to do about a file that could not be read: another advice where only the permission is missing, as nothing is wrong with
 * the file then.
 *
 * @param otherwise the advice for all other reasons
 */
export function readHint(error: unknown, otherwise: string): string {
  return isForbidden(error)
    ? 'give yourself permission to read it (`chmod u+r` for a file, `chmod u+rx` for a directory), or run this as the user who owns it'
    : otherwise;
}

/**
 * What to do where a file could not be written.
 *
 * @param option the option that names another place
 */
export function writeHint(error: unknown, option = '--out'): string {
  const elsewhere = `name another place with ${option}`;
  if (isForbidden(error)) return `give yourself permission to write there, or ${elsewhere}`;
  return hasCode(error, ['ENOSPC', 'EDQUOT']) ? `make room, or ${elsewhere}` : elsewhere;
}

/** Whether the permission was missing, also as the cause of another error. */
function isForbidden(error: unknown): boolean {
  return hasCode(error, ['EACCES', 'EPERM']);
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && codes.includes(String(error.code))) || hasCode(error.cause, codes);
}

/** Why the file system did not do what it was asked for, in plain words; the message of any other error. */
export function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WORDS[code] ?? messageOf(error);
}
