import { Browser } from './browser.js';
import { test as withWorkspace } from './test-with-workspace.js';

/** A test with a workspace and a browser of its own. */
export const test = withWorkspace.extend<{ browser: Browser }>({
  // eslint-disable-next-line no-empty-pattern -- vitest reads what a fixture needs from this pattern
  browser: async ({}, use) => {
    const browser = new Browser();
    await use(browser);
    await browser.close();
  },
});
