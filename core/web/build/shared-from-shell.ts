const fromShell = (requiredVersion: string) => ({
  import: false as const,
  singleton: true,
  strictVersion: true,
  requiredVersion,
});

/** What a remote takes from the shell and never brings itself; a shell with another major version refuses the remote. */
export const sharedFromShell = {
  react: fromShell('^19.3.0'),
  'react/': fromShell('^19.3.0'),
  'react-dom': fromShell('^19.3.0'),
  '@tanstack/react-query': fromShell('^5.108.0'),
  jotai: fromShell('^3.0.1'),
  'jotai/': fromShell('^3.0.1'),
  '@parley/contracts': fromShell('^0.1.0'),
  '@parley/web': fromShell('^0.1.0'),
  '@parley/web/': fromShell('^0.1.0'),
  '@parley/ui/': fromShell('^0.1.0'),
};
