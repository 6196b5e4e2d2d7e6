// npm run pictures: makes a real run and rewrites the pictures of README from it: docs/pictures/.
import { spawnSync } from 'node:child_process';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CHECKOUT, ensureBuild } from '../ensure.mjs';
import { fail, say } from '../say.mjs';
import { pagePng } from './page-png.mjs';
import { screenOf } from './screen.mjs';
import { terminalSvg } from './terminal-svg.mjs';

const COMMAND = 'npm start -- --quick';
/** How many rows of the session fit into a picture: its beginning, and its end with the verdict. */
const ROWS = 40;
const LAST_ROWS = 9;
const PICTURES = join(CHECKOUT, 'docs', 'pictures');

await ensureBuild();
const chromium = spawnSync(process.execPath, [join(CHECKOUT, 'setup', 'browser.mjs')], { encoding: 'utf8' });
if (chromium.status !== 0) fail(chromium.stderr.trim(), chromium.status ?? 70);

mkdirSync(PICTURES, { recursive: true });
say(`${COMMAND}…`);
const prompt = '\u001b[2m$\u001b[22m';
const session = `${prompt} \u001b[1m${COMMAND}\u001b[22m\r\n${recorded(COMMAND)}`;
writeFileSync(join(PICTURES, 'terminal.svg'), terminalSvg(endsOf(screenOf(session)), COMMAND));

const page = join(realpathSync(join(CHECKOUT, 'reports', 'latest')), 'report.html');
for (const scheme of ['light', 'dark']) {
  await pagePng(chromium.stdout.trim(), page, scheme, join(PICTURES, `report-${scheme}.png`));
}

function endsOf(lines) {
  if (lines.length <= ROWS) return lines;
  const between = [{ text: '…', style: { dim: true } }];
  return [...lines.slice(0, ROWS - LAST_ROWS), between, ...lines.slice(-LAST_ROWS)];
}

/** What a command writes to a terminal of 108 columns. */
function recorded(command) {
  // npm's remarks on this machine's settings don't belong in the picture.
  const environment = { ...process.env, TERM: 'xterm-256color', npm_config_loglevel: 'error' };
  delete environment.NO_COLOR;
  delete environment.FORCE_COLOR;
  const inTerminal = `stty cols 108 rows ${ROWS}; exec ${command}`;
  const args = ['--quiet', '--return', '--command', inTerminal, '/dev/null'];
  const { status, stdout } = spawnSync('script', args, {
    cwd: CHECKOUT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment,
  });
  if (status !== 0) fail(`${command} ended with ${status}, so no picture is made.\n${stdout}`, status ?? 70);
  return stdout;
}
