import axe from 'axe-core';
import type { BrowserPage } from '../browser-page.js';

/** The rules whose answer depends on colours and on the size of the window. */
const OF_LOOKS = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'];

/**
 * What axe-core finds wrong with a page for people who use a keyboard, a phone, a screen reader or more contrast, such as
 * `color-contrast: .note`. Its rules are those of WCAG with the best practices.
 */
export class Axe {
  private constructor(
    private readonly page: BrowserPage,
    private readonly world: number,
  ) {}

  static async of(page: BrowserPage): Promise<Axe> {
    const world = await page.isolatedWorld();
    await page.value(`${axe.source};0`, world);
    return new Axe(page, world);
  }

  /** @param onlyLooks leaves out the rules that come to the same in every window and theme */
  async findings(onlyLooks = false): Promise<string[]> {
    const rules = onlyLooks ? { runOnly: { type: 'rule', values: OF_LOOKS } } : {};
    // The page has no style sheets to fetch.
    const what = { resultTypes: ['violations'], preload: false };
    const options = { ...rules, ...what, rules: { 'target-size': { enabled: true } } };
    // axe can't tell the contrast of texts in drawings.
    const where = onlyLooks ? "{ exclude: [['svg']] }" : 'document';
    return this.page.value(
      `axe.run(${where}, ${JSON.stringify(options)}).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, any }) => [id + ': ' + target.join(' '), ...any.map(({ message }) => message)].join('; '))))`,
      this.world,
    );
  }
}
