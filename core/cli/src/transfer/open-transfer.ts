/** How far a command is; see the server host. */
export interface Progress {
  readonly step: 'verify' | 'backup' | 'restore' | 'copy' | 'compare';
  readonly total: number;
  readonly records?: number;
  readonly bytes?: number;
}

interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

interface TransferOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** A database as the command line names it. */
export interface Target {
  readonly to: string;
  readonly url?: string | undefined;
  readonly file?: string | undefined;
}

/** The part of the server host that moves whole installations. */
interface TransferDoor {
  readonly backup: (
    surroundings: Surroundings,
    options: TransferOptions & {
      readonly file?: string | undefined;
      readonly withKey?: boolean | undefined;
      readonly withConfig?: boolean | undefined;
    },
  ) => Promise<{
    readonly path: string;
    readonly bytes: number;
    readonly records: number;
    readonly collections: number;
    readonly files: number;
    readonly isServing: boolean;
    readonly driver: string;
    readonly hasKey: boolean;
  }>;
  readonly restore: (
    surroundings: Surroundings,
    options: TransferOptions & { readonly file: string; readonly to?: Target | undefined },
  ) => Promise<{
    readonly dataDir: string;
    readonly archive: {
      readonly path: string;
      readonly bytes: number;
      readonly header: {
        readonly parley: string;
        readonly createdAt: string;
        readonly driver: string;
        readonly configFile?: string | undefined;
      };
    };
    readonly storage: string;
    readonly records: number;
    readonly files: readonly string[];
    readonly key: 'same' | 'other' | 'missing';
    readonly wasCutOff: boolean;
  }>;
  readonly migrate: (
    surroundings: Surroundings,
    options: TransferOptions &
      Target & { readonly from?: string | undefined; readonly isSwitching?: boolean | undefined },
  ) => Promise<{
    readonly from: string;
    readonly fromId: string;
    readonly to: string;
    readonly choice: { readonly id: string; readonly settings: Readonly<Record<string, unknown>> };
    readonly records: number;
    readonly collections: number;
    readonly wasCutOff: boolean;
    readonly isSwitched: boolean;
  }>;
}

export type RestoreResult = Awaited<ReturnType<TransferDoor['restore']>>;
export type MigrateResult = Awaited<ReturnType<TransferDoor['migrate']>>;

/** Found at run time: core stands below the hosts. */
const TRANSFER: string = '@parley/host-server/transfer';

export const openTransfer = async (): Promise<TransferDoor> => (await import(TRANSFER)) as TransferDoor;
