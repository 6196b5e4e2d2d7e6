import { existsSync, readFileSync } from 'node:fs';
import { HarnessError, messageOf } from './errors.js';

/** Error codes that say that the process, or the machine, may open no more files (open(2)). */
const OUT_OF_FILES: ReadonlySet<unknown> = new Set(['EMFILE', 'ENFILE']);
/** With fewer files than these, Node can't load all modules of this program. */
const FEW_FILES = 256;

/**
 * Replaces EMFILE and ENFILE by a PREREQUISITE error whose hint says how to raise the limit. Returns any other error
 * as it is.
 */
export function outOfFilesExplained(error: unknown): unknown {
  if (error instanceof HarnessError || !(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  const isHidden = code === 'ERR_MODULE_NOT_FOUND' && isOfInstalledPackage(error.message) && mayOpenFew();
  if (!OUT_OF_FILES.has(code) && !isHidden) return error;
  return new HarnessError(
    'PREREQUISITE',
    `this program may open no more files: ${isHidden ? 'EMFILE behind ' : ''}${messageOf(error)}`,
    {
      hint: 'raise the limit: `ulimit -n 4096`, or LimitNOFILE= of the service that starts it',
      cause: error,
    },
  );
}

/** Where Node can't open the files of a package to look for its main module, it says that there is no such package. */
function isOfInstalledPackage(message: string): boolean {
  const [, directory] = /^Cannot find package '(.*\/node_modules\/(?:@[^/]+\/)?[^/']+)/.exec(message) ?? [];
  return directory !== undefined && existsSync(`${directory}/package.json`);
}

/** False where the limit can't be read. */
function mayOpenFew(): boolean {
  try {
    const [, limit] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
    return limit !== undefined && Number(limit) < FEW_FILES;
  } catch (error) {
    return OUT_OF_FILES.has((error as NodeJS.ErrnoException).code);
  }
}
