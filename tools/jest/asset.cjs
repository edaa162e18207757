// A file that the bundler would turn into an address.
module.exports = 'asset';
