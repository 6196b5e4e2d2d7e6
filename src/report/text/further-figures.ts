import { FIGURES, valueOf, type Figure } from '../../results/registry/figures.js';
import type { Result } from '../../results/result.js';
import { cellText } from '../words/cell-text.js';
import { isFirstOfItsName } from '../words/phase-label.js';
import { wrap } from '../words/wrap.js';

/** A figure of the list of further figures. */
export interface FurtherFigure {
  caseIndex: number;
  case: string;
  /** Null for a figure of the case. */
  phaseIndex: number | null;
  phase: string;
  label: string;
  value: number;
  shown: string;
  /** The dotted path in the case or the phase. */
  at: string;
}

export const FURTHER_FIGURES_TITLE = 'Further figures, all attempts';

/**
 * The figures whose entry in the registry has a text for this list, as far as they are known and not 0. Terminal, page
 * and Markdown show them.
 */
export function furtherFigures({ cases }: Pick<Result, 'cases'>): FurtherFigure[] {
  return cases.flatMap((one, caseIndex) => [
    ...listedIn('case', one).map((own) => ({
      ...own,
      caseIndex,
      case: one.name,
      phaseIndex: null,
      phase: '',
    })),
    ...one.phases.flatMap((phase, phaseIndex) =>
      isFirstOfItsName(phase, phaseIndex, one.phases)
        ? listedIn('phase', phase).map((own) => ({
            ...own,
            caseIndex,
            case: one.name,
            phaseIndex,
            phase: phase.name,
          }))
        : [],
    ),
  ]);
}

type Listed = Pick<FurtherFigure, 'label' | 'value' | 'shown' | 'at'>;

function listedIn(of: Figure['of'], place: object): Listed[] {
  return FIGURES.filter((figure) => figure.of === of).flatMap((figure) => {
    const { listed, listedUnlessIn, unit, at } = figure;
    if ('name' in place && listedUnlessIn?.includes(String(place.name)) === true) return [];
    const value = valueOf(figure, place, 'allAttempts');
    if (listed === undefined || value === null || value === 0) return [];
    const path = typeof at === 'string' ? at : at.allAttempts;
    return [{ label: listed, value, shown: cellText(value, unit), at: path }];
  });
}

/** Such as `dhcp4  REQUEST-ACK: substituted leases 12, extra answers 3`. */
export function furtherFigureLines(result: Pick<Result, 'cases'>, columns: number): string[] {
  const places = new Map<string, { name: string; texts: string[] }>();
  for (const { case: name, phase, label, shown } of furtherFigures(result)) {
    const key = `${name} ${phase}`;
    const place = places.get(key) ?? { name, texts: [] };
    const first = place.texts.length === 0 && phase !== '' ? `${phase}: ` : '';
    places.set(key, { name, texts: [...place.texts, `${first}${label} ${shown}`] });
  }
  return [...places.values()].flatMap(({ name, texts }) =>
    wrap(texts.join(', '), columns, name.length + 2, name),
  );
}
