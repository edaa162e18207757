import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { AppError, isAppError, toHttpRequest } from '@parley/contracts';
import type { AnyOperation, Client, Contract, HttpRequest, Operations, StreamEvent } from '@parley/contracts';
import { splitLines } from '../archive/split-lines.ts';
import { MAX_LINE_BYTES } from '../archive/archive-format.ts';
import { hostErrors } from '../host-errors.ts';
import { controlPath } from './control-path.ts';

interface ProblemReply {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

type Input = Readonly<Record<string, unknown>>;

interface CallOptions {
  readonly signal?: AbortSignal;
}

const toError = ({ code, status, detail, details }: ProblemReply): AppError =>
  new AppError({ code, status, message: detail, details });

/**
 * The operator's client of the server that runs on a data folder.
 * @throws HOST_NOT_RUNNING when no server answers, HOST_CUT_OFF when it ends in the middle of a stream, and what the operations throw
 */
export function createControlClient<O extends Operations>(contract: Contract<O>, dataDir: string): Client<O> {
  const socketPath = controlPath(dataDir);
  const ask = async (operation: AnyOperation, input: Input, { signal }: CallOptions = {}) => {
    const response = await send(toHttpRequest(contract, operation, input), { socketPath, dataDir, signal });
    if (response.statusCode === 200 && operation.stream) return response;
    const text = await textOf(response);
    if (response.statusCode === 204) return undefined;
    const value: unknown = JSON.parse(text);
    if ((response.statusCode ?? 500) < 400) return operation.output.parse(value);
    throw toError(value as ProblemReply);
  };
  const calls = Object.entries(contract.operations).map(([name, operation]) => {
    async function* follow(input: Input, options?: CallOptions) {
      const response = (await ask(operation, input, options)) as IncomingMessage;
      try {
        yield* readEvents(response);
      } catch (error) {
        if (isAppError(error) || options?.signal?.aborted) throw error;
        throw hostErrors.CUT_OFF({ dataDir }, error);
      }
    }
    return [name, operation.stream ? follow : (input: Input, options?: CallOptions) => ask(operation, input, options)];
  });
  return Object.fromEntries(calls) as Client<O>;
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) text += chunk as string;
  return text;
}

const DATA = 'data: ';

/** The events of an answer; one that was cut off fails, as does one that ends with a problem. */
async function* readEvents(response: IncomingMessage): AsyncGenerator<StreamEvent<unknown>> {
  let isError = false;
  for await (const bytes of splitLines(response, MAX_LINE_BYTES)) {
    const line = bytes.toString('utf8');
    if (line === 'event: error') isError = true;
    if (!line.startsWith(DATA)) continue;
    const event: unknown = JSON.parse(line.slice(DATA.length));
    if (isError) throw toError(event as ProblemReply);
    yield { event };
  }
}

interface Destination {
  readonly socketPath: string;
  readonly dataDir: string;
  readonly signal: AbortSignal | undefined;
}

function send(
  { method, url, headers, body }: HttpRequest,
  { socketPath, dataDir, signal }: Destination,
): Promise<IncomingMessage> {
  const options = { socketPath, method, path: url, headers, agent: false, ...(signal === undefined ? {} : { signal }) };
  return new Promise((resolve, reject) => {
    const request = httpRequest(options, resolve);
    request.once('error', (error: NodeJS.ErrnoException) => {
      const isAbsent = ['ENOENT', 'ECONNREFUSED', 'ENOTDIR'].includes(error.code ?? '');
      reject(isAbsent ? hostErrors.NOT_RUNNING({ dataDir }, error) : error);
    });
    request.end(body);
  });
}
