import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { patterns } from './charts/patterns.js';
import { joinedScript } from './joined-script.js';
import { html, Markup } from './markup.js';
import { sectionMarkup, type Section } from './sections/section.js';

/** The style sheets in the order in which they must be applied. */
const STYLE_SHEETS = [
  'ground.css',
  'first-screen.css',
  'sections.css',
  'charts/panels.css',
  'charts/marks.css',
  'charts/curves.css',
  'charts/areas.css',
  'charts/runs.css',
  'charts/sequence.css',
  'charts/moments.css',
  'timeline.css',
  'witnesses.css',
  'compare.css',
  'listing.css',
  'calendar.css',
  'media.css',
];

/** The modules of the script of all pages, each after those that it imports. */
const SCRIPTS = ['elements', 'frames', 'sort', 'pages', 'witnesses', 'history', 'listing', 'tips', 'main'];

export interface DocumentParts {
  title: string;
  /** The program that made the page, with its version. */
  generator: string;
  /** What the page shows before any section. */
  head: Markup;
  sections: readonly Section[];
  /** A style and a script that only this page has. The script may load further scripts that lie beside the page. */
  own?: { style: string; script: string };
}

/**
 * An HTML page in one file that needs no other, unless it says so. Its policy forbids loading anything, and allows only the page's own
 * script and style, by their hashes. So even text that was not escaped could not run.
 */
export function htmlDocument({ title, generator, head, sections, own }: DocumentParts): string {
  const style = [...STYLE_SHEETS.map(asset), own?.style ?? ''].join('\n');
  const script = joinedScript(new URL('./assets/script/', import.meta.url), SCRIPTS);
  // The tags of style and script must hold exactly the texts that the policy has the hashes of.
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style, script, own?.script)}">
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
${own && html`<script>${new Markup(own.script)}</script>\n`}</body>
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

/**
 * `strict-dynamic` allows the scripts that the page's own script adds, and no script of the document or of any address
 * (CSP Level 3, section 8.2). It compares no addresses, so it also works for a file, which has no origin.
 */
function policy(style: string, script: string, own?: string): string {
  const scripts = own === undefined ? '' : ` '${sha256(own)}' 'strict-dynamic'`;
  return [
    "default-src 'none'",
    `style-src '${sha256(style)}'`,
    `script-src '${sha256(script)}'${scripts}`,
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
