import type { ClientConfig, Contract, Operations } from '@parley/contracts';
import type { ToastContent, ToastShowOptions } from '@parley/ui/toast';
import type { QueryClient } from '@tanstack/react-query';
import type { PrimitiveAtom } from 'jotai';
import type { ContractAccess } from '../queries/create-queries.ts';
import type { Session } from '../session/session-adapter.ts';

/** One notice of the user's event stream: what changed, never the content. */
export interface HostEvent {
  readonly topic: string;
  readonly id: string;
  readonly rev?: number | undefined;
  readonly parentId?: string | undefined;
}

/** Whether the server can be reached. */
export type Connection = 'online' | 'offline';

/** Where an atom's value lives: in this tab, or in this browser for this user. */
export type AtomScope = 'tab' | 'persist';

/** What the shell offers a plugin, in `start(host)` and by `useHost()`. Its parts never change identity. */
export interface WebHost {
  readonly config: ClientConfig;
  readonly queryClient: QueryClient;
  readonly session: Session;
  /** The state now; `useConnection()` follows it. */
  readonly connection: Connection;
  /** The typed client and query helpers of a contract; in components `useContract`. */
  readonly contract: <O extends Operations>(contract: Contract<O>) => ContractAccess<O>;
  /** Calls `handler` for each event of `topic`. Returns the undo. */
  readonly onEvent: (topic: string, handler: (event: HostEvent) => void) => () => void;
  /** Shows a notice. */
  readonly toast: (content: ToastContent, options?: ToastShowOptions) => void;
  /** Says something to screen readers; `assertive` interrupts. */
  readonly announce: (text: string, politeness?: 'polite' | 'assertive') => void;
  readonly navigate: (to: string, options?: { readonly replace?: boolean }) => void;
  /** A UUIDv7, for records made in the browser. */
  readonly newId: () => string;
  /**
   * An atom of this plugin, the same one for the same key. `persist` keeps the value in this browser under
   * `ui:<userId>:<plugin id>.<key>`, in step with other tabs.
   */
  readonly atom: <T>(key: string, initial: T, options?: { readonly scope?: AtomScope }) => PrimitiveAtom<T>;
}
