// npm start: installs the packages, builds, and then runs the program in this same process, so that signals reach it
// directly.
import { ensureBuild } from './ensure.mjs';
import { endWithNpm } from './with-npm.mjs';

endWithNpm('start');
await ensureBuild();
await import('../dist/cli.js');
