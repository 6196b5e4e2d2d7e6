import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const FOLDERS = ['assets/script/', 'exchanges/assets/'];

it.each(FOLDERS)('modules that become one script share no name at their top: %s', (folder) => {
  const url = new URL(folder, import.meta.url);
  const names = readdirSync(url)
    .filter((name) => name.endsWith('.js'))
    .flatMap((name) =>
      [
        ...readFileSync(new URL(name, url), 'utf8').matchAll(
          /^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)/gm,
        ),
      ].map(([, top]) => top),
    );
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
});
