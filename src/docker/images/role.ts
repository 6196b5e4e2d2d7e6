import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What an image is for; each has a folder of this name in `docker/`. */
export type Role = 'kea' | 'galera' | 'percona' | 'haproxy';

/** An image that the harness builds: what it is made of, and the name that follows from it. */
export interface Recipe {
  role: Role;
  /** The folder that is sent to the engine. */
  folder: string;
  /** The files of the folder that the engine gets, by their path in it. */
  files: readonly string[];
  /** `kea-lease-conformance/ROLE:SUITE-HASH`; another folder, suite or base makes another name. */
  reference: string;
}

/** Images are kept under this name in the engine. */
export const REPOSITORY = 'kea-lease-conformance';

/** `docker/` of the checkout or of the installed package: three levels up from `src` and from `dist` alike. */
const FOLDERS = fileURLToPath(new URL('../../../docker', import.meta.url));

/** Reads the role's folder. `base` names an image to build on instead of the suite's. */
export function recipeOf(
  role: Role,
  suite: string,
  base: string | undefined,
  folder = join(FOLDERS, role),
): Recipe {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
  const hash = createHash('sha256').update(JSON.stringify([role, suite, base ?? null]));
  for (const name of files) {
    const { mode } = statSync(join(folder, name));
    // Whether a script may be executed goes into the image. The other bits of its mode differ with the umask, so they
    // don't count.
    const kind = (mode & 0o100) === 0 ? 'file' : 'program';
    const content = readFileSync(join(folder, name));
    hash.update(JSON.stringify([name, kind, content.length])).update(content);
  }
  const tag = (base ?? suite).replace(/[^\w.-]+/g, '-');
  const reference = `${REPOSITORY}/${role}:${tag}-${hash.digest('hex').slice(0, 12)}`;
  return { role, folder, files, reference };
}
