import { describe, expect, it } from 'vitest';
import { calendar, CALENDAR_MONTHS, type CalendarDay } from './calendar.js';

const day = (date: string, more: Partial<CalendarDay> = {}): CalendarDay => ({
  date,
  look: 'pass',
  sign: '✓',
  text: 'pass',
  link: 'a/report.html',
  ...more,
});
const drawn = (days: CalendarDay[]) => calendar('nights', days).toString();

/** The places of the cells of days, each as its column and its row. */
const places = (html: string) =>
  [...html.matchAll(/<rect class="night \w+" x="(\d+)" y="(\d+)"/g)].map(([, x, y]) => [
    Number(x) / 26,
    (Number(y) - 18) / 26,
  ]);

describe('a calendar', () => {
  it('has weeks as columns, which begin on Monday', () => {
    // 1 November 2026 is a Sunday.
    expect(places(drawn([day('2026-11-01'), day('2026-11-02'), day('2026-11-30')]))).toEqual([
      [0, 6],
      [1, 0],
      [5, 0],
    ]);
  });

  it('has an empty cell for each other day of the month, and leaves out months without a day', () => {
    const html = drawn([day('2026-02-03'), day('2026-04-05')]);
    const empty = [...html.matchAll(/class="no-night" d="([^"]*)"/g)].map(([, d]) => d?.split('z').length);
    expect(empty).toEqual([28, 30]);
    expect(html).toContain('aria-label="2026-02"');
    expect(html).not.toContain('2026-03');
  });

  it('has cells of 24 pixels that do not touch, for fingers', () => {
    const [one, next] = places(drawn([day('2026-02-02'), day('2026-02-03')]));
    expect([one, next]).toEqual([
      [1, 0],
      [1, 1],
    ]);
    expect(drawn([day('2026-02-02')])).toMatch(/class="night pass" [^>]*width="24" height="24"/);
  });

  it('says in words what each day was, and links to it', () => {
    const html = drawn([day('2026-02-03', { look: 'fail', sign: '✗', text: 'fail: <x>' })]);
    expect(html).toContain('<title>2026-02-03: fail: &lt;x&gt;</title');
    expect(html).toMatch(/<a class="mark" href="a\/report\.html">[^]*class="night fail"[^]*✗/);
    expect(drawn([day('2026-02-03', { link: null })])).not.toContain('<a ');
  });

  it('has the newest months only', () => {
    const months = Array.from({ length: CALENDAR_MONTHS + 2 }, (_, i) =>
      day(`${2020 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-07`),
    );
    const html = drawn(months);
    expect(places(html)).toHaveLength(CALENDAR_MONTHS);
    expect(html).not.toContain('2020-02');
    expect(html).toContain('2020-03');
  });
});
