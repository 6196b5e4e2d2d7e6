import axe from 'axe-core';
import type { BrowserPage } from '../browser-page.js';

/** What to look for: everything, or only what depends on the theme, or on theme and width of the window. */
export type Scope = 'everything' | keyof typeof RULES;
const OF_THEME = ['color-contrast', 'link-in-text-block'];
const RULES = { theme: OF_THEME, window: [...OF_THEME, 'scrollable-region-focusable', 'target-size'] };

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

  async findings(scope: Scope): Promise<string[]> {
    const rules = scope === 'everything' ? {} : { runOnly: { type: 'rule', values: RULES[scope] } };
    // The page has no style sheets to fetch.
    const what = { resultTypes: ['violations'], preload: false };
    const options = { ...rules, ...what, rules: { 'target-size': { enabled: true } } };
    // axe can't tell the contrast of texts in drawings.
    const where = scope === 'everything' ? 'document' : "{ exclude: [['svg']] }";
    return this.page.value(
      `axe.run(${where}, ${JSON.stringify(options)}).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, any }) => [id + ': ' + target.join(' '), ...any.map(({ message }) => message)].join('; '))))`,
      this.world,
    );
  }
}
