module.exports = require('./assets/plugin/preview');
