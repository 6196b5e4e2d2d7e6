import type { PlanPart, PlanSection } from './cluster-plan.js';

/** A section as Markdown: readable as it is, and every block can be copied whole. Ends with a line feed. */
export function sectionMarkdown({ title, steps }: PlanSection): string {
  return (
    [`# ${title}`, ...steps.flatMap((step) => [`## ${step.title}`, ...step.parts.map(partMarkdown)])].join(
      '\n\n',
    ) + '\n'
  );
}

function partMarkdown(part: PlanPart): string {
  if (part.kind === 'text') return part.text;
  const marks = [part.language, ...(part.system === undefined ? [] : [part.system])].join(' ');
  return `\`\`\`${marks}\n${part.text}\n\`\`\``;
}
