import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { HttpExchange } from '@parley/contracts';
import type { Logger } from '@parley/kernel';
import { isolationErrors } from '../isolation-errors.ts';
import type { ChildLimits } from '../limits.ts';
import { connectPeer, WIRE_LIMITS } from '../wire/peer.ts';
import type { Peer } from '../wire/peer.ts';
import { readableFolders } from './readable-folders.ts';
import { readOutput } from './read-output.ts';

const SOURCE = fileURLToPath(import.meta.url);
const PROGRAM = dirname(dirname(dirname(SOURCE)));
const isFromSource = SOURCE.endsWith('.ts');
const MAIN = join(dirname(dirname(SOURCE)), 'child', isFromSource ? 'main.ts' : 'main.js');
const LEAVE_MS = 1_000;
/** What a program needs to know of its surroundings; nothing of what the host was started with. */
const ENVIRONMENT = ['LANG', 'LC_ALL', 'TZ', 'NODE_ENV'];

/** A running child. */
export interface Child {
  readonly peer: Peer;
  readonly pid: number;
  /** What it may call; filled when it is known what for. */
  readonly root: Record<string, unknown>;
  /** Resolves with the reason, once it has ended. */
  readonly ended: Promise<string>;
  /** Resident memory, bytes; 0 where it can not be read. */
  residentBytes(): number;
  /** Ends it at once; `reason` is what its calls fail with. */
  kill(reason: string): void;
  /** Lets it go; kills it when it stays. */
  leave(): Promise<void>;
}

/** What a child is made of. */
export interface ChildOptions {
  /** File URL of the plugin's server door. */
  readonly door: string;
  readonly dataDir: string;
  readonly limits: ChildLimits;
  /** Its name in errors. */
  readonly name: () => string;
  /** Where its output goes. */
  readonly log: () => Logger;
  readonly permissions: () => readonly string[];
  readonly exchangeFacts: (exchange: HttpExchange) => Readonly<Record<string, unknown>>;
}

const argumentsOf = ({ door, dataDir, limits }: ChildOptions): string[] => [
  '--permission',
  ...readableFolders({ door: fileURLToPath(door), program: PROGRAM, dataDir }).map(
    (folder) => `--allow-fs-read=${folder}`,
  ),
  `--max-old-space-size=${limits.heapMiB}`,
  ...(isFromSource ? ['--conditions=parley:source'] : []),
  '--disable-warning=ExperimentalWarning',
  MAIN,
  door,
];

const environment = (): Record<string, string> =>
  Object.fromEntries(
    ENVIRONMENT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );

const endOf = (code: number | null, signal: NodeJS.Signals | null): string => {
  const aborted = signal === 'SIGABRT' || code === 128 + constants.signals.SIGABRT;
  if (aborted) return 'it was aborted, as happens when its memory for JavaScript runs out';
  return signal === null ? `it exited with code ${code}` : `it was ended by ${signal}`;
};

function residentBytes(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
}

/** Lets the host have the processor first: a plugin in a loop must not slow down what others are asked. */
function giveWay(pid: number): void {
  try {
    setPriority(pid, Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));
  } catch {
    // Some sandboxes forbid it; the plugin runs all the same.
  }
}

/** Starts the process of one plugin, with nothing of the plugin running yet. */
export function spawnChild(options: ChildOptions): Child {
  const { name, log } = options;
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  let killReason: string | undefined;
  const child = spawn(process.execPath, argumentsOf(options), {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: environment(),
    windowsHide: true,
  });
  const crashed = (reason: string) => isolationErrors.PLUGIN_CRASHED({ plugin: name(), reason });
  const kill = (reason: string) => {
    killReason ??= reason;
    peer.close(crashed(killReason));
    child.kill('SIGKILL');
  };
  const root: Record<string, unknown> = {};
  const peer = connectPeer({
    pipe: child.stdio[3] as Duplex,
    root,
    side: 'host',
    limits: WIRE_LIMITS,
    closeError: (reason) => crashed(killReason ?? reason ?? 'its process ended'),
    onClose: (reason) => {
      if (reason !== undefined) kill(reason);
    },
    onStray: (error) => log().warn('What the plugin told could not be used', { error }),
    permissions: options.permissions,
    exchangeFacts: options.exchangeFacts,
  });
  if (child.stdout) readOutput(child.stdout, (text) => log().info('Output of the plugin', { text }));
  if (child.stderr) readOutput(child.stderr, (text) => log().warn('Output of the plugin', { text }));
  child.on('error', (error) => resolve(error.message));
  child.on('exit', (code, signal) => {
    const reason = killReason ?? endOf(code, signal);
    peer.close(crashed(reason));
    resolve(reason);
  });
  const pid = child.pid ?? 0;
  if (pid !== 0) giveWay(pid);
  return {
    peer,
    pid,
    root,
    ended,
    residentBytes: () => residentBytes(pid),
    kill,
    async leave() {
      const timer = setTimeout(() => kill('it did not leave'), LEAVE_MS);
      peer.tell('leave');
      await ended;
      clearTimeout(timer);
    },
  };
}
