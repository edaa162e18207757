import type { ReportSection } from '@parley/package';
import { FAULTS } from '@parley/testing/kits';

const MARKS = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' } as const;

/** The lines of one section: what was promised, and under which fault it held. */
export function sectionLines({ capability, version, results }: ReportSection): readonly string[] {
  const title = capability === 'plugin' ? `contract of plugins, kernel ${version}` : `${capability} ${version}`;
  return [
    '',
    title,
    ...results.flatMap(({ name, outcome, fault, reason, durationMs }) => [
      `  ${MARKS[outcome]} ${(fault ?? '').padEnd(9)} ${String(durationMs).padStart(6)} ms  ${name}`,
      ...(reason === undefined ? [] : reason.split('\n').map((line) => `${' '.repeat(27)}${line}`)),
    ]),
  ];
}

/** Which faults the package was put under and how it did, as one table over all capabilities with a kit. */
export function faultTable(sections: readonly ReportSection[]): readonly string[] {
  const rows = sections.filter(({ results }) => results.some(({ fault }) => fault !== undefined));
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(({ capability }) => capability.length), 10);
  const cell = ({ results }: ReportSection, wanted: string): string => {
    const outcomes = results.filter(({ fault }) => fault === wanted).map(({ outcome }) => outcome);
    if (outcomes.includes('failed')) return 'FAIL';
    return outcomes.includes('passed') ? 'ok' : '-';
  };
  const line = (name: string, cells: readonly string[]) =>
    `  ${name.padEnd(width)}  ${cells.map((each) => each.padEnd(10)).join('')}`.trimEnd();
  return [
    '',
    'faults put in',
    line('', FAULTS),
    ...rows.map((section) =>
      line(
        section.capability,
        FAULTS.map((fault) => cell(section, fault)),
      ),
    ),
  ];
}
