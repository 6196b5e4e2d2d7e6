/** A fenced block of a printed plan, with the headings above it. */
export interface PrintedBlock {
  section: string;
  step: string;
  language: string;
  /** Empty for a block that is for both kinds of system. */
  system: string;
  text: string;
}

/** The blocks that `cluster plan` prints, in order, as somebody would copy them. */
export function blocksOf(printed: string): PrintedBlock[] {
  const blocks: PrintedBlock[] = [];
  let section = '';
  let step = '';
  for (const match of printed.matchAll(/^(# .*|## .*|```(\w+) ?(\w*)\n([\s\S]*?)\n```)$/gm)) {
    const [whole, , language = '', system = '', text = ''] = match;
    if (whole.startsWith('# ')) section = whole.slice(2);
    else if (whole.startsWith('## ')) step = whole.slice(3);
    else blocks.push({ section, step, language, system, text });
  }
  return blocks;
}
