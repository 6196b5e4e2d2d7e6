// npm run build
import { ensureBuild } from './ensure.mjs';

await ensureBuild();
