import { html, type Content, type Markup } from '../markup.js';

/** A section of the page, with an entry in the list of contents. */
export interface Section {
  id: string;
  title: string;
  content: Content;
}

export function sectionMarkup({ id, title, content }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${content}
  </section>`;
}
