// Compiles a package's large CommonJS files, as a function that Freehold itself runs in a sandbox of its own when code is
// deployed. The files are only compiled, never run. The answer lists V8's code caches, by the files' names.
'use strict';

const fs = require('node:fs');
const { Module } = require('node:module');
const path = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');

// Where the package is here, and where it will be.
const SOURCE = '/var/lang';
const TARGET = '/var/task';

exports.handler = async (event) => {
  const files = [];
  let budget = event.bytesMax;
  for (const file of sources(SOURCE, false)) {
    if (fs.statSync(file).size < event.fileBytesMin) continue;
    const relative = path.relative(SOURCE, file);
    const data = compile(fs.readFileSync(file, 'utf8'), path.join(TARGET, relative));
    if (!data) continue;
    budget -= data.length;
    if (budget < 0) break;
    files.push({ path: `${relative}.v8`, data: data.toString('base64') });
  }
  return files;
};

// CommonJS files; what links lead to is compiled where it is.
function* sources(directory, isModule) {
  const entries = fs.readdirSync(directory, { withFileTypes: true });
  if (entries.some((entry) => entry.name === 'package.json' && entry.isFile())) {
    try {
      isModule = JSON.parse(fs.readFileSync(path.join(directory, 'package.json'), 'utf8')).type === 'module';
    } catch {
      // Node.js will say so when it needs it.
    }
  }
  for (const entry of entries) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) yield* sources(file, isModule && entry.name !== 'node_modules');
    else if (entry.isFile() && (entry.name.endsWith('.cjs') || (entry.name.endsWith('.js') && !isModule))) yield file;
  }
}

// The cache of all functions in it, not only of those that run first: which those are is not known without running it.
function compile(content, filename) {
  // Such a line is only allowed where the wrapper is. And import() does not work in a script that comes from a cache.
  if (content.startsWith('#!') || /\bimport\s*\(/.test(content)) return null;
  try {
    v8.setFlagsFromString('--no-lazy');
    const script = new vm.Script(Module.wrap(content), { filename, columnOffset: -Module.wrapper[0].length });
    // A cache made under other flags than the reader's is refused.
    v8.setFlagsFromString('--lazy');
    return script.createCachedData();
  } catch {
    v8.setFlagsFromString('--lazy');
    return null;
  }
}
