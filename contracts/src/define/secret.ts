import * as z from 'zod';

/** A text that is redacted in logs and errors and never serialised. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The text itself, for the one place that needs it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  get [Symbol.toStringTag](): string {
    return 'Secret';
  }
}

/** A setting that holds a secret: parses a non-empty text into a `Secret`. */
export const secret = () =>
  z
    .string()
    .min(1)
    .transform((value) => new Secret(value))
    .meta({ format: 'secret', writeOnly: true });
