import type { BedrockRuntimeClient, ConverseStreamCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { HttpResponse } from '@smithy/types';

/** An answer of the server whose body nobody has read. */
export interface RawAnswer {
  readonly body: ReadableStream<Uint8Array>;
  readonly requestId: string | undefined;
}

const isGood = (response: unknown): response is HttpResponse => {
  const { statusCode } = response as HttpResponse;
  return statusCode >= 200 && statusCode < 300;
};

/**
 * Sends a request for a streamed answer as the SDK does, and gives its body before the SDK decodes it: the SDK's decoding
 * costs several times the rest. Failures are those of the SDK.
 */
export async function sendRaw(
  client: BedrockRuntimeClient,
  input: ConverseStreamCommandInput,
  abortSignal: AbortSignal,
): Promise<RawAnswer> {
  const { ConverseStreamCommand } = await import('@aws-sdk/client-bedrock-runtime');
  const command = new ConverseStreamCommand(input);
  let raw: HttpResponse | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      if (!isGood(result.response)) return result;
      raw = result.response;
      // Nothing is left for the SDK to decode.
      return { ...result, response: { ...raw, body: new Blob([]).stream() } };
    },
    { step: 'deserialize', priority: 'low', name: 'takeRawAnswer' },
  );
  await client.send(command, { abortSignal });
  const { body, headers } = raw as unknown as HttpResponse;
  return { body: body as ReadableStream<Uint8Array>, requestId: headers['x-amzn-requestid'] };
}
