/** How far a command is. */
export interface Progress {
  /** What it is doing. */
  readonly step: 'verify' | 'backup' | 'restore' | 'copy' | 'compare';
  /** Records, or bytes while an archive is verified. */
  readonly total: number;
  readonly records?: number;
  readonly bytes?: number;
}

/** What every command that moves records takes. */
export interface TransferOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
