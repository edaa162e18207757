import type { PluginUse } from './composition-api.ts';
import type { Kernel } from './kernel-api.ts';
import type { Clock } from './plugin-context.ts';

/** What starts a server host. */
export interface HostOptions {
  /** What stands in place of the shipped plugins, below config file and changes made while serving. */
  readonly plugins?: readonly PluginUse[];
  /** Which plugin provides a `one` capability when several could, by capability id. */
  readonly bindings?: Readonly<Record<string, string>>;
  /** Config file, by its absolute path; it is watched and taken over when it changes. */
  readonly configFile?: string;
  /** What the places of the config file are filled from; the environment of the process without it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Name of this installation, as the page shows it; `Parley` without one. */
  readonly name?: string;
  /** Address people reach the host at, when a proxy stands before it. */
  readonly publicUrl?: string;
  /** Addresses and ranges of the proxies whose `X-Forwarded-*` headers are believed; none without them. */
  readonly trustedProxies?: readonly string[];
  /** TCP port; 0 takes a free one. */
  readonly port?: number;
  /** Address to listen on; 127.0.0.1 without one. */
  readonly address?: string;
  /** Folder of everything that must survive a restart. */
  readonly dataDir: string;
  /** Time as the plugins see it; the machine's without one. */
  readonly clock?: Clock;
  /** `silent` for tests. */
  readonly logLevel?: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Receives each log line instead of standard output, one JSON object per line. */
  readonly logSink?: (line: string) => void;
  /** Folder with the built shell and plugin remotes; no page is served without it. */
  readonly webDir?: string;
  /** Checks every reply against its schema and fails loudly; otherwise unknown fields are cut and a misfit is logged. */
  readonly strictOutput?: boolean;
}

/** A running server host. */
export interface Host {
  /** Own address without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly kernel: Kernel;
  /** Stops taking requests, drains, stops the kernel. Resolves with what could not be undone. */
  stop(options?: {
    readonly deadlineMs?: number;
    /** The process is in an unknown state; the plugins that started last stay under suspicion. */
    readonly isCrash?: boolean;
  }): Promise<readonly string[]>;
}

/** The public door of a server host, as tests and tools load it at run time. */
export interface HostModule {
  startHost(options: HostOptions): Promise<Host>;
}
