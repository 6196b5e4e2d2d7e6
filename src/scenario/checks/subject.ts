import { CASE_KINDS, JUDGED_PHASES } from '../../protocol/cases.js';
import { nearest } from '../language/nearest.js';
import { type Figure, figureNamed, FIGURES, hasScopes } from '../../results/registry/figures.js';
import { type Scope, SCOPES } from '../../results/registry/figure.js';
import { ANY, PHASE_WORDS, refuse, shown, type StatedCheck } from './stated-check.js';
import { isCasePattern, isPhasePattern } from './patterns.js';

/** The subject of a check, and where its patterns stand in the text. */
export interface Subject extends Omit<StatedCheck, 'criterion'> {
  readonly offsets: { readonly case: number; readonly phase: number };
}

interface Segment {
  readonly text: string;
  readonly offset: number;
}

const PHASES = [...JUDGED_PHASES, ...PHASE_WORDS];
const FIGURE_NAMES = FIGURES.flatMap(({ name, alias }) => (alias === undefined ? [name] : [name, alias]));

/**
 * Reads `[CASE.][PHASE.][SCOPE.]FIGURE`.
 *
 * @param offset where the subject begins in the text of the check
 * @throws CheckSyntaxError
 */
export function parseSubject(text: string, offset: number): Subject {
  const segments = split(text, offset);
  const rest = [...segments];
  const takeIf = (fits: (text: string) => boolean) =>
    rest.length > 1 && rest[0] !== undefined && fits(rest[0].text) ? rest.shift() : undefined;
  const casePart = takeIf(isCasePattern);
  const phasePart = takeIf(isPhasePattern);
  const scopePart = takeIf(isScope);
  const figure = figureNamed(joined(rest));
  if (figure === undefined) refuseRest(rest, { casePart, phasePart, scopePart });
  if (figure.of === 'case' && phasePart !== undefined) {
    refuse(phasePart.offset, `${figure.name} is a figure of the case, it has no phases`, {
      suggestion: `${casePart?.text ?? ANY}.${figure.name}`,
    });
  }
  if (scopePart !== undefined && !hasScopes(figure)) {
    refuse(scopePart.offset, `${figure.name} has no values by attempt: leave out ${scopePart.text}`, {
      suggestion: figure.name,
      hint: `${figure.name}: ${figure.description}`,
    });
  }
  return {
    case: casePart?.text ?? ANY,
    phase: phasePart?.text ?? ANY,
    scope: hasScopes(figure) ? ((scopePart?.text as Scope | undefined) ?? 'firstAttempt') : null,
    figure,
    offsets: { case: casePart?.offset ?? offset, phase: phasePart?.offset ?? offset },
  };
}

function split(text: string, offset: number): Segment[] {
  let at = offset;
  return text.split('.').map((part) => {
    const segment = { text: part, offset: at };
    at += part.length + 1;
    return segment;
  });
}

const joined = (segments: readonly Segment[]) => segments.map(({ text }) => text).join('.');
const isScope = (text: string) => SCOPES.some((scope) => scope === text);

interface Patterns {
  readonly casePart: Segment | undefined;
  readonly phasePart: Segment | undefined;
  readonly scopePart: Segment | undefined;
}

/** Says which part of the unreadable rest is wrong. */
function refuseRest(rest: readonly Segment[], before: Patterns): never {
  const [first = { text: '', offset: 0 }, ...others] = rest;
  if (others.length > 0 && !beginsFigure(first.text)) refusePattern(first, others, before);
  const name = joined(rest);
  if (name === '') refuse(first.offset, 'the name of a figure is missing', SHAPE);
  const near = nearest(name, FIGURE_NAMES) ?? nearestPart(name);
  refuse(first.offset, `there is no figure ${shown(name)}`, {
    suggestion: near,
    hint:
      near === undefined
        ? `figures: ${FIGURES.map((one) => one.name).join(', ')}`
        : describe(figureNamed(near)),
  });
}

/**
 * Refuses a part as case, phase or scope. Returns if the part looks more like the beginning of a misspelled figure.
 */
function refusePattern(first: Segment, others: readonly Segment[], before: Patterns): void {
  const { casePart, phasePart, scopePart } = before;
  const after = phasePart ?? scopePart;
  const mayBe = {
    case: (casePart ?? after) === undefined ? CASE_KINDS : [],
    phase: after === undefined ? PHASES : [],
    scope: scopePart === undefined ? SCOPES : [],
  };
  const meant = nearest(first.text, [...mayBe.case, ...mayBe.phase, ...mayBe.scope]);
  if (meant === undefined && !endsInFigure(others)) return;
  if (meant === undefined && mayBe.phase.length === 0)
    refuse(first.offset, `${shown(first.text)} does not belong here`, SHAPE);
  const what =
    Object.entries(mayBe).find(([, names]) => names.some((one) => one === meant))?.[0] ??
    (mayBe.case.length > 0 ? 'case or phase' : 'phase');
  refuse(first.offset, `there is no ${what} ${shown(first.text)}`, {
    suggestion: meant,
    hint: meant === undefined ? `known: ${[...mayBe.case, ...mayBe.phase].join(', ')}; * for any` : undefined,
  });
}

const SHAPE = { hint: 'a check is [CASE.][PHASE.]FIGURE OPERATOR VALUE: dhcp4.REQUEST-ACK.responses >= 95%' };

function describe(figure: Figure | undefined): string | undefined {
  return figure && `${figure.name}: ${figure.description}`;
}

/** Finds `outcomes.nak` for `nak`, and `latency.p99` for `latencyMs.p99` or `latency99`. */
function nearestPart(name: string): string | undefined {
  const last = (text: string) => text.slice(text.lastIndexOf('.') + 1);
  const names = FIGURES.map((figure) => figure.name);
  const meant = nearest(last(name), names.map(last));
  return names.find((one) => last(one) === meant);
}

/**
 * Whether the text is the first part of a figure's name, such as `latency` of `latency.p99`, even if it is
 * misspelled.
 */
function beginsFigure(text: string): boolean {
  const groups = FIGURES.filter(({ name }) => name.includes('.')).map(({ name }) => name.replace(/\..*/, ''));
  return nearest(text, groups) !== undefined;
}

function endsInFigure(segments: readonly Segment[]): boolean {
  return segments.some((_, from) => figureNamed(joined(segments.slice(from))) !== undefined);
}
