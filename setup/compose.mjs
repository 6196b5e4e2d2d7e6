// compose.mjs: writes docker-compose.yml out from the model in src/compose.
import { writeFileSync } from 'node:fs';

import { ensureBuild } from './ensure.mjs';

await ensureBuild();
const { composeFile } = await import('../dist/compose/file.js');
writeFileSync(new URL('../docker-compose.yml', import.meta.url), composeFile());
