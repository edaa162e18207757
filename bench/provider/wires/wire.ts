/** A protocol of model providers: what a server writes in it, and the ways to read it that are measured. */
export interface Wire {
  readonly name: string;
  /** The plugin that speaks it, without `provider-`. */
  readonly plugin: string;
  /** Settings of the plugin for a server at `url`, one model `bench` under the key `bench`. */
  readonly config: (url: string) => object;
  readonly mime: string;
  /** What the server writes before, for each piece of text by its place, and after. */
  readonly head: string | Uint8Array;
  readonly piece: (text: string, place: number) => string | Uint8Array;
  readonly tail: string | Uint8Array;
  /** The pieces as the provider's SDK gives them. */
  readonly sdk: (url: string) => Promise<(signal: AbortSignal) => AsyncIterable<string | undefined>>;
  /** Path and body of a request by hand. */
  readonly request: { readonly path: string; readonly body: object };
  /** How the pieces stand in the body. */
  readonly form: 'events' | 'lines' | 'frames';
  /** The text of one of them, decoded. */
  textOf(decoded: unknown): string | undefined;
}

/** One Server-Sent Event. */
export const event = (data: object | string, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
