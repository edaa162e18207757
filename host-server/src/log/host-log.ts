import type { HostOptions } from '@parley/kernel';
import { createLog } from './create-log.ts';
import type { Log } from './create-log.ts';

const writeLine = (line: string): void => void process.stdout.write(`${line}\n`);

/** The log of a host: JSON lines on standard output, short lines on a terminal, or to the sink it was given. */
export const createHostLog = ({ logLevel = 'info', logSink }: HostOptions): Log =>
  createLog({
    level: logLevel,
    sink: logSink ?? writeLine,
    pretty: logSink === undefined && process.stdout.isTTY,
  });
