/** What `/health/ready` says, and why. */
export interface Readiness {
  readonly code: number;
  readonly status: string;
  /** One text of all reasons; empty when there is none. */
  readonly reasons: string;
}

/** Asks a server whether it is ready. */
export async function readiness(url: string): Promise<Readiness> {
  const reply = await fetch(`${url}/health/ready`);
  const body = (await reply.json()) as {
    readonly status: string;
    readonly reasons?: readonly { readonly plugin: string; readonly reason: string }[];
  };
  const reasons = (body.reasons ?? []).map(({ plugin, reason }) => `${plugin}: ${reason}`).join('; ');
  return { code: reply.status, status: body.status, reasons };
}
