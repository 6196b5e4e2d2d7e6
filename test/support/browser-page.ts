import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Browser } from './browser.js';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** An open page, and what the browser reports about it. */
export class BrowserPage {
  /** Console messages, uncaught errors, and what the page's policy refused. */
  readonly complaints: string[] = [];
  /** The addresses of all requests, that of the page itself first. */
  readonly requests: string[] = [];
  readonly #browser: Browser;
  readonly #session: string;

  private constructor(browser: Browser, session: string) {
    this.#browser = browser;
    this.#session = session;
  }

  /** Opens a file and waits until it is loaded. */
  static async open(browser: Browser, file: string): Promise<BrowserPage> {
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new BrowserPage(browser, String(sessionId));
    page.#listen();
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await page.#send(`${domain}.enable`);
    const loaded = new Promise<void>((resolve) =>
      browser.on('Page.loadEventFired', page.#session, () => resolve()),
    );
    await page.#send('Page.navigate', { url: pathToFileURL(file).href });
    await loaded;
    return page;
  }

  /** Sets the size and theme of the window. */
  async shownAt(width: number, height: number, theme: Theme): Promise<void> {
    const metrics = { width, height, deviceScaleFactor: 1, mobile: false };
    await this.#send('Emulation.setDeviceMetricsOverride', metrics);
    await this.#send('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value: theme }],
    });
  }

  /** The value of an expression in the page. */
  async value<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value: T }).value;
  }

  /** Takes a picture of the visible part, or of the whole page. */
  async screenshot(file: string, whole = false): Promise<void> {
    const options = { format: 'png', captureBeyondViewport: whole, ...(whole ? await this.#whole() : {}) };
    const { data } = await this.#send('Page.captureScreenshot', options);
    writeFileSync(file, Buffer.from(String(data), 'base64'));
  }

  async pdf(file: string): Promise<void> {
    const { data } = await this.#send('Page.printToPDF', { preferCSSPageSize: true });
    writeFileSync(file, Buffer.from(String(data), 'base64'));
  }

  async #whole(): Promise<object> {
    const [width, height] = await this.value<[number, number]>(
      '[innerWidth, document.documentElement.scrollHeight]',
    );
    return { clip: { x: 0, y: 0, width, height, scale: 1 } };
  }

  #listen(): void {
    const on = (method: string, listener: (params: Record<string, unknown>) => void) =>
      this.#browser.on(method, this.#session, listener);
    const complain = (params: unknown) => this.complaints.push(JSON.stringify(params));
    on('Runtime.consoleAPICalled', complain);
    on('Runtime.exceptionThrown', complain);
    on('Log.entryAdded', complain);
    on('Network.requestWillBeSent', ({ request }) => this.requests.push((request as { url: string }).url));
  }

  #send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    return this.#browser.send(method, params, this.#session);
  }
}
