import { KitSkip } from './kit.ts';
import type { Fault, Kit, KitCase, MakeSubject } from './kit.ts';

const DEFAULT_TIMEOUT_MS = 10_000;

/** The two functions of a test runner that a kit needs; Jest's fit. */
export interface KitRunner {
  describe(name: string, define: () => void): void;
  it(name: string, run: () => Promise<void>, timeoutMs: number): void;
}

/** The two functions of Node's own test runner, `node:test`. */
export interface NodeRunner {
  describe(name: string, define: () => void): unknown;
  it(name: string, options: { readonly timeout: number }, run: () => Promise<void>): unknown;
}

/** Node's own test runner as kits need it. @example kit.test(onNode({ describe, it })); */
export const onNode = (runner: NodeRunner): KitRunner => ({
  describe: (name, define) => void runner.describe(name, define),
  it: (name, run, timeoutMs) => void runner.it(name, { timeout: timeoutMs }, run),
});

/** What came of one case. */
export interface KitResult {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What was done to the implementation. */
  readonly fault?: Fault;
  /** Why it failed or was skipped. */
  readonly reason?: string;
  readonly durationMs: number;
}

/** What came of a kit. */
export interface KitReport {
  readonly capability: string;
  readonly results: readonly KitResult[];
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A kit together with the subject of one plugin: what a plugin's `src/server/kit.ts` lists in `kits`. */
export interface KitRun {
  readonly capability: string;
  /** Which of several subjects of the plugin it plays; nothing where there is one. */
  readonly subject?: string;
  /** Registers every case with a test runner. */
  test(runner: KitRunner): void;
  /** Plays every case and tells what came of it. */
  report(): Promise<KitReport>;
}

async function playCase<S>(kitCase: KitCase<S>, makeSubject: MakeSubject<S>): Promise<void> {
  const subject = await makeSubject();
  try {
    await kitCase.run(subject.value);
  } finally {
    await subject.dispose();
  }
}

/** Registers every case of `kit` with a test runner, each with a subject of its own. A skipped case prints its reason. */
export function runKit<S>(kit: Kit<S>, makeSubject: MakeSubject<S>, runner: KitRunner, subject?: string): void {
  runner.describe(`kit ${kit.capability}${subject === undefined ? '' : `: ${subject}`}`, () => {
    for (const kitCase of kit.cases) {
      const run = async () => {
        try {
          await playCase(kitCase, makeSubject);
        } catch (error) {
          if (!(error instanceof KitSkip)) throw error;
          console.info(`skipped: ${kitCase.name}: ${error.message}`);
        }
      };
      runner.it(kitCase.name, run, kitCase.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    }
  });
}

async function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took longer than ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

async function resultOf<S>(kitCase: KitCase<S>, makeSubject: MakeSubject<S>): Promise<KitResult> {
  const { name, fault } = kitCase;
  const about = { name, ...(fault === undefined ? {} : { fault }) };
  const startedAt = performance.now();
  const durationMs = () => Math.round(performance.now() - startedAt);
  try {
    await within(playCase(kitCase, makeSubject), kitCase.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    return { ...about, outcome: 'passed', durationMs: durationMs() };
  } catch (error) {
    if (error instanceof KitSkip)
      return { ...about, outcome: 'skipped', reason: error.message, durationMs: durationMs() };
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...about, outcome: 'failed', reason, durationMs: durationMs() };
  }
}

/** Plays every case of `kit`, one after the other, and tells what came of each. Never throws for a broken promise. */
export async function runKitToReport<S>(kit: Kit<S>, makeSubject: MakeSubject<S>): Promise<KitReport> {
  const results: KitResult[] = [];
  for (const kitCase of kit.cases) results.push(await resultOf(kitCase, makeSubject));
  const count = (outcome: KitResult['outcome']) => results.filter((result) => result.outcome === outcome).length;
  const { capability } = kit;
  return { capability, results, passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

/** `kit` for a subject of one plugin, for a test file and for `npm run kit` alike; `subject` names one of several. */
export const kitRun = <S>(kit: Kit<S>, makeSubject: MakeSubject<S>, subject?: string): KitRun => ({
  capability: kit.capability,
  ...(subject === undefined ? {} : { subject }),
  test: (runner) => runKit(kit, makeSubject, runner, subject),
  report: () => runKitToReport(kit, makeSubject),
});
