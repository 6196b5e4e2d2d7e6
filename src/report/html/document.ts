import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { patterns } from './charts/patterns.js';
import { html, Markup } from './markup.js';
import { sectionMarkup, type Section } from './sections/section.js';

/** The style sheets in the order in which they must be applied. */
const STYLE_SHEETS = [
  'ground.css',
  'first-screen.css',
  'sections.css',
  'charts.css',
  'timeline.css',
  'compare.css',
  'listing.css',
  'calendar.css',
  'media.css',
];

export interface DocumentParts {
  title: string;
  /** The program that made the page, with its version. */
  generator: string;
  /** What the page shows before any section. */
  head: Markup;
  sections: readonly Section[];
}

/**
 * An HTML page in one file that needs no other. Its policy forbids loading anything, and allows only the page's own
 * script and style, by their hashes. So even text that was not escaped could not run.
 */
export function htmlDocument({ title, generator, head, sections }: DocumentParts): string {
  const style = STYLE_SHEETS.map(asset).join('\n');
  const script = asset('page.js');
  // The tags of style and script must hold exactly the texts that the policy has the hashes of.
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${generator}">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${patterns()}
<main>
${head}
${contents(sections)}
${sections.map(sectionMarkup)}
</main>
<script>${new Markup(script)}</script>
</body>
</html>
`;
  return page.toString();
}

function contents(sections: readonly Section[]): Markup {
  return html`<nav aria-label="Contents">
    <ul>
      ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
    </ul>
  </nav>`;
}

function policy(style: string, script: string): string {
  return [
    "default-src 'none'",
    `style-src '${sha256(style)}'`,
    `script-src '${sha256(script)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** Reads a file of the folder `assets` beside this file. Both the sources and the build have this folder. */
function asset(name: string): string {
  return readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
}
