import { request as httpRequest } from 'node:http';
import { AppError, toHttpRequest } from '@parley/contracts';
import type { Client, Contract, HttpRequest, Operations } from '@parley/contracts';
import { hostErrors } from '../host-errors.ts';
import { controlPath } from './control-path.ts';

interface ProblemReply {
  readonly code: string;
  readonly detail: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * The operator's client of the server that runs on a data folder. Operations that stream are not served there.
 * @throws HOST_NOT_RUNNING when no server answers, and what the operations throw
 */
export function createControlClient<O extends Operations>(contract: Contract<O>, dataDir: string): Client<O> {
  const socketPath = controlPath(dataDir);
  const calls = Object.entries(contract.operations).map(([name, operation]) => {
    const call = async (input: Readonly<Record<string, unknown>>) => {
      const { status, text } = await send(toHttpRequest(contract, operation, input), socketPath, dataDir);
      if (status === 204) return undefined;
      const value: unknown = JSON.parse(text);
      if (status < 400) return operation.output.parse(value);
      const { code, detail, details } = value as ProblemReply;
      throw new AppError({ code, status, message: detail, details });
    };
    return [name, call];
  });
  return Object.fromEntries(calls) as Client<O>;
}

function send(
  { method, url, headers, body }: HttpRequest,
  socketPath: string,
  dataDir: string,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ socketPath, method, path: url, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.once('end', () => resolve({ status: response.statusCode ?? 500, text }));
      response.once('error', reject);
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      const isAbsent = ['ENOENT', 'ECONNREFUSED', 'ENOTDIR'].includes(error.code ?? '');
      reject(isAbsent ? hostErrors.NOT_RUNNING({ dataDir }, error) : error);
    });
    request.end(body);
  });
}
