/** What `parley --help` prints. */
export const HELP = `Usage: parley <command> [options]

  start              build what is missing, then serve
  dev                serve and restart on each change; the page reloads its parts by itself. In the folder of a
                     plugin: serve with this plugin and swap each change in; --set name=value gives it settings
  build              build the page and the plugins' web sides
  doctor             check this machine and this project
  plugin new <id> --template <kind>    make a plugin in a folder of its own; kinds: provider,
                     tool-source, storage-driver, ui-panel, feature
  plugin new <id>    inside of Parley's repository: make one of its workspace
  plugin build       build the plugin in this folder into a package
  plugin verify      put the built package to the test and sign a report of it
  plugin add <folder, .tgz or package>       check a package, ask what it may do, install it
  plugin update <folder, .tgz or package>    replace an installed plugin; --yes or --network … answer
  plugin remove <id>                         take a plugin out; its records stay

  graph              what runs: states, wiring, order of the taps with reasons, times; --json
  plan [changes]     what changes would do, or the config file as it is now
  apply [changes]    do it after a question, or with --yes
                     changes: enable <id>, disable <id>, set <id> name=value ..., isolate <id> process|inline,
                     add <use> [id], update <id> [use], remove <id>, restore <id>; several in a row
  plugin list        every plugin of the composition; --json
  plugin enable|disable|restore <id>         restore: as the config file and the defaults say; --plan only tells
  plugin set <id> name=value ...             name=null takes a change back, name=- reads it from standard input
  plugin grant <id> [--network <hosts>] ...  allow what it asks for, or a part of it
  plugin reset <id>                          lift quarantine and breakers, start it again
  plugin history     versions of the composition
  plugin rollback <version>                  back to the changes as they were
  config check       everything wrong with the configuration, without a server; exit code 1 with problems
  config print       what holds, each value with where it comes from
  config diff        the config file against what runs; exit code 1 when they differ
  config schema      JSON Schema of the config file; --write puts it where editors look

  backup [file]      all data in one file, also while the server runs; --with-key and --with-config add the root
                     key and the config file, --json
  restore <file>     a backup into an empty data folder, checked before and after; --to as below: into another database
  migrate --to mongo --url <address>         all data into another database, checked; the old one stays as it is;
  migrate --to sqlite --file <file>          --switch: the server uses the new one from its next start; --from: where
                     the records are, if not where the server looks now

Options (each has an environment variable; the commands from graph on take --data and --config):
  --port <number>    3080        PORT or PARLEY_PORT
  --host <address>   127.0.0.1   PARLEY_HOST
  --data <folder>    ./data      PARLEY_DATA
  --config <file>    parley.config.yaml, if there is one   PARLEY_CONFIG
  --no-web           start: serve the API without the page
  -h, --help         this text
  -v, --version      the version
`;
