/** The section of model facts that the model ids belong to. */
export const MODEL_FAMILY = 'google';

/** What signatures of thoughts are kept under: each of the two services reads its own. */
export const opaqueFamily = ({ project }: { readonly project?: string | undefined }): string =>
  project === undefined ? 'gemini' : 'gemini-vertex';

/** What comes with a part and is to be given back with it: a signature, the id of a call, or a whole part. */
export interface Kept {
  readonly signature?: string;
  readonly id?: string;
  readonly part?: Readonly<Record<string, unknown>>;
}
