import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { run } from '../child.mjs';
import { fail } from '../say.mjs';

/** Blink's number for each colour scheme. */
const SCHEMES = { dark: 0, light: 1 };

/** Writes a picture of the first screen of a page, as a reader who prefers the scheme `light` or `dark` sees it. */
export async function pagePng(chromium, page, scheme, picture) {
  const profile = mkdtempSync(join(tmpdir(), 'klc-browser-'));
  try {
    const args = [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars'],
      ...['--disable-background-networking', '--disable-component-update', '--no-first-run', '--log-level=3'],
      `--user-data-dir=${profile}`,
      `--blink-settings=preferredColorScheme=${SCHEMES[scheme]}`,
      '--window-size=1280,800',
      `--screenshot=${picture}`,
      pathToFileURL(page).href,
    ];
    const environment = { HOME: profile, XDG_CONFIG_HOME: profile };
    const code = await run(chromium, args, { environment, timeoutMs: 60_000 });
    if (code !== 0) fail(`${chromium} could not show ${page}`, 70);
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}
