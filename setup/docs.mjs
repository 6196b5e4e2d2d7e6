// npm run docs: writes the reference and the JSON Schemas from the code.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { ensureBuild } from './ensure.mjs';

await ensureBuild();
const { referenceFiles } = await import('../dist/reference/files.js');
for (const [path, text] of Object.entries(await referenceFiles())) {
  const file = new URL(`../${path}`, import.meta.url);
  mkdirSync(dirname(file.pathname), { recursive: true });
  writeFileSync(file, text);
}
