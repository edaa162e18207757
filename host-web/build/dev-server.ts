import { createPluginUiConfig } from '@parley/web/build';
import { type Configuration, rspack } from '@rspack/core';
import { RspackDevServer } from '@rspack/dev-server';
import { type DevRemote, devRemotes, writeDevManifest } from './dev-manifest.ts';
import { createShellConfig } from './shell-config.ts';

/** What the development server runs with. */
export interface DevServerOptions {
  readonly root: string;
  readonly port: number;
  /** Origin of the server that answers operations. */
  readonly api: string;
}

/** Serves the shell and the plugins' web sides from memory, each edit shown without a reload. */
export async function startDevServer({ root, port, api }: DevServerOptions): Promise<void> {
  await writeDevManifest(root);
  const remotes = await devRemotes(root);
  const outDir = `${root}/.parley/web-dev`;
  const compiler = rspack([
    createShellConfig({ outDir: `${outDir}/shell`, dev: true }),
    ...remotes.map((remote) => remoteConfig(remote, outDir)),
  ]);
  const server = new RspackDevServer(
    {
      host: '127.0.0.1',
      port,
      hot: true,
      // Compression would hold back the events of a stream.
      compress: false,
      historyApiFallback: true,
      client: { overlay: { runtimeErrors: false } },
      proxy: [{ context: ['/api', '/health'], target: api }],
    },
    compiler,
  );
  await server.start();
}

function remoteConfig({ id, dir, remote, hash }: DevRemote, outDir: string): Configuration {
  const config = createPluginUiConfig({ id, dir, remote, outDir: `${outDir}/plugins/${id}`, dev: true });
  return { ...config, output: { ...config.output, publicPath: `/ui/${hash}/` } };
}
