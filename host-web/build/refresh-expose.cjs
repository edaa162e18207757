// First entry of the shell in development: remotes use this refresh runtime, the one that React registers with.
globalThis.__PARLEY_REACT_REFRESH__ = require('react-refresh/runtime');
