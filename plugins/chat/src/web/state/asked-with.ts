/** Parameters of one model by name. */
export type ModelParameters = Readonly<Record<string, unknown>>;

/** With what a model is asked beside the conversation. */
export interface AskOptions {
  readonly parameters: ModelParameters;
  readonly builtInTools: readonly string[];
}

/** Nothing beside the conversation. */
export const NO_OPTIONS: AskOptions = { parameters: {}, builtInTools: [] };
