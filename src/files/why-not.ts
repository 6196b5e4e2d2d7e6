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

/** Why the file system did not do what it was asked for, in plain words; the message of any other error. */
export function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WORDS[code] ?? messageOf(error);
}
