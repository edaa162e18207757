// One refresh runtime for the page: React registers with the shell's, so a remote must use that one too.
module.exports = globalThis.__PARLEY_REACT_REFRESH__;
