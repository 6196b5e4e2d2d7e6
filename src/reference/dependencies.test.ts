import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { describe, expect, it } from 'vitest';

interface Package {
  dependencies: Record<string, string>;
  /** Those that the program does without where they can't be had. */
  optionalDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const checkout = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, checkout), 'utf8');
const json = (path: string) => JSON.parse(text(path)) as unknown;

const { dependencies, optionalDependencies, devDependencies } = json('package.json') as Package;
const lock = json('package-lock.json') as { packages: Record<string, Partial<Package>> };

const files = [
  ...['src', 'test', 'setup'].flatMap((folder) =>
    readdirSync(new URL(folder, checkout), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name}`,
    ),
  ),
  ...readdirSync(checkout),
].filter((path) => /\.(ts|mjs|js)$/.test(path));

const isShipped = (path: string) => path.startsWith('src/') && !/\.(test|test-support)\.ts$/.test(path);

/** The package of an import: `mysql2` for `mysql2/promise`, `@types/node` for itself. */
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

// Examples in comments import this package itself.
const IMPORTED = /^(?! \*)(?:.*\bfrom|import) '([^'./$][^'\n]*)'(?: with .*)?;$/gm;
const CALLED = /\b(?:import|createRequire\(import\.meta\.url\))\('([^'./][^'\n]*)'\)/g;
const STARTED = /'(?:node_modules\/)?([\w-]+)\/(?:bin\/tsc|bin\/[\w-]+\.[cm]?js|vitest\.mjs)'/g;

/** The packages that a file imports, requires, or starts as programs. */
function packagesIn(source: string): string[] {
  return [IMPORTED, CALLED, STARTED]
    .flatMap((pattern) => [...source.matchAll(pattern)])
    .map(([, specifier = '']) => packageOf(specifier))
    .filter((name) => !isBuiltin(name));
}

const used = (paths: readonly string[]) => new Set(paths.flatMap((path) => packagesIn(text(path))));
const byAll = used(files);
const byShipped = used(files.filter(isShipped));

describe('the packages of package.json', () => {
  it('has exactly the dependencies that the program imports', () => {
    expect([...byShipped].sort()).toEqual(Object.keys({ ...dependencies, ...optionalDependencies }).sort());
  });

  it.each(Object.keys(devDependencies))('%s of devDependencies is used', (name) => {
    const typed = name.startsWith('@types/') ? name.slice('@types/'.length) : undefined;
    expect(typed === 'node' || byAll.has(typed ?? name)).toBe(true);
  });

  it('lists every package that any file imports', () => {
    const listed = { ...dependencies, ...optionalDependencies, ...devDependencies };
    expect([...byAll].filter((name) => !(name in listed))).toEqual([]);
  });

  it('agrees with package-lock.json', () => {
    expect(lock.packages['']).toMatchObject({
      dependencies,
      optionalDependencies,
      devDependencies,
    });
    expect(Object.keys(lock.packages['']?.dependencies ?? {})).toEqual(Object.keys(dependencies));
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      expect(lock.packages).toHaveProperty([`node_modules/${name}`]);
    }
  });
});
