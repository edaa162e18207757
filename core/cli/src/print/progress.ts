import type { WriteStream } from 'node:tty';
import { formatBytes, formatCount } from './amounts.ts';

/** Where progress is shown: a terminal gets one line that moves, anything else a line now and then. */
export type ProgressStream = Pick<NodeJS.WritableStream, 'write'> & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;

/** How far one step of a command is. */
export interface Step {
  /** What is done: `backing up`. */
  readonly label: string;
  /** Records, or bytes where `unit` says so. */
  readonly done: number;
  readonly total: number;
  readonly unit: 'records' | 'bytes';
  /** Written so far; shown beside the records. */
  readonly bytes?: number | undefined;
}

/** Shows how far a command is. */
export interface ProgressBar {
  show(step: Step): void;
  /** Takes the line away, so that other text may follow. */
  end(): void;
}

const TERMINAL_MS = 100;
const LINE_MS = 5_000;
const BAR_WIDTH = 24;
const MIN_BAR_WIDTH = 4;
/** `1 234 567 of 1 234 567 records, 999 MB, 99 999/s`, so that the bar keeps its length. */
const MAX_WORDS = 48;
const SPACES = 4;
const DEFAULT_COLUMNS = 80;
const SECOND_MS = 1_000;

const amount = (value: number, unit: Step['unit']): string =>
  unit === 'bytes' ? formatBytes(value) : formatCount(value);

const shareOf = ({ done, total }: Step): number => (total === 0 ? 1 : Math.min(1, done / total));

function wordsOf(step: Step, elapsedMs: number): string {
  const { done, total, unit, bytes } = step;
  const whole = amount(Math.max(total, done), unit);
  const noun = unit === 'records' ? ' records' : '';
  const size = bytes === undefined ? '' : `, ${formatBytes(bytes)}`;
  // The first numbers say nothing yet.
  const rate = elapsedMs < SECOND_MS ? '' : `, ${amount((done / elapsedMs) * SECOND_MS, unit)}/s`;
  return `${amount(done, unit).padStart(whole.length)} of ${whole}${noun}${size}${rate}`;
}

function barOf(step: Step, width: number): string {
  const filled = Math.round(shareOf(step) * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
}

function terminalLine(step: Step, elapsedMs: number, columns: number): string {
  const percent = `${Math.floor(shareOf(step) * 100)}%`.padStart(4);
  const words = wordsOf(step, elapsedMs);
  const around = step.label.length + percent.length + MAX_WORDS + SPACES;
  const width = Math.min(BAR_WIDTH, columns - 1 - around);
  const bar = width < MIN_BAR_WIDTH ? '' : `${barOf(step, width)} `;
  return `${step.label} ${bar}${percent}  ${words}`.slice(0, columns - 1);
}

/** Units: `now` in milliseconds. */
export function createProgressBar(stream: ProgressStream = process.stderr, now: () => number = Date.now): ProgressBar {
  const isTerminal = stream.isTTY === true;
  let label: string | undefined;
  let startedMs = 0;
  let shownMs = 0;
  let hasLine = false;
  return {
    show(step) {
      const nowMs = now();
      if (step.label !== label) {
        label = step.label;
        startedMs = nowMs;
        shownMs = isTerminal ? 0 : nowMs;
      }
      const isDue = nowMs - shownMs >= (isTerminal ? TERMINAL_MS : LINE_MS) || (isTerminal && shareOf(step) === 1);
      if (!isDue) return;
      shownMs = nowMs;
      if (!isTerminal) {
        stream.write(`${step.label}: ${wordsOf(step, nowMs - startedMs).trimStart()}\n`);
        return;
      }
      hasLine = true;
      stream.write(`\r\u001B[2K${terminalLine(step, nowMs - startedMs, stream.columns ?? DEFAULT_COLUMNS)}`);
    },
    end() {
      if (hasLine) stream.write('\r\u001B[2K');
      hasLine = false;
    },
  };
}
