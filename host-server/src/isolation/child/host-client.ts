import type { Answer, Peer } from '../wire/peer.ts';

/** The host, as the parts of a child call it. */
export interface HostClient {
  call(method: string, ...args: readonly unknown[]): Answer;
  tell(method: string, ...args: readonly unknown[]): void;
  /** Registers something; a refusal is an error of the setup when it comes in time, else a line in the log. */
  register(method: string, registration: unknown): void;
  /** Waits for what was registered so far. @throws the first refusal */
  settle(): Promise<void>;
}

/** The host behind `peer`. */
export function createHostClient(peer: Peer, report: (error: unknown) => void): HostClient {
  let registrations: Answer[] = [];
  let isSettingUp = true;
  return {
    call: (method, ...args) => peer.call(method, ...args),
    tell: (method, ...args) => peer.tell(method, ...args),
    register(method, registration) {
      const done = peer.call(method, registration);
      done.catch((error: unknown) => {
        if (!isSettingUp) report(error);
      });
      if (isSettingUp) registrations.push(done);
    },
    async settle() {
      try {
        await Promise.all(registrations);
      } finally {
        registrations = [];
        isSettingUp = false;
      }
    },
  };
}
