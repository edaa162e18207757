/** What `parley --help` prints. */
export const HELP = `Usage: parley <command> [options]

  start              build what is missing, then serve
  dev                serve and restart on each change; the page reloads its parts by itself. In the folder of a
                     plugin: serve with this plugin and swap each change in; --set name=value gives it settings
  build              build the page and the plugins' web sides
  doctor             check this machine and this project
  plugin new <id> --template <kind>    make a plugin in a folder of its own
  plugin new <id>    inside of Parley's repository: make one of its workspace
  plugin build       build the plugin in this folder into a package
  plugin verify      put the built package to the test and sign a report of it
  plugin add <folder, .tgz or package>       check a package, ask what it may do, install it
  plugin update <folder, .tgz or package>    replace an installed plugin; --yes or --network … answer
  plugin remove <id>                         take a plugin out; its records stay

Options of start, dev and doctor (each has an environment variable):
  --port <number>    3080        PORT or PARLEY_PORT
  --host <address>   127.0.0.1   PARLEY_HOST
  --data <folder>    ./data      PARLEY_DATA
  --config <file>    parley.config.yaml, if there is one   PARLEY_CONFIG
  --no-web           start: serve the API without the page
  -h, --help         this text
  -v, --version      the version
`;
