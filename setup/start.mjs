// npm start: packages, build, and then the program, in this very process so that signals reach it directly.
import { ensureBuild } from './ensure.mjs';
import { endWithNpm } from './with-npm.mjs';

endWithNpm('start');
await ensureBuild();
await import('../dist/cli.js');
