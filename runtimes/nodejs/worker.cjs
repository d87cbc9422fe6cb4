// The Node.js worker: runs inside the sandbox, loads a handler and serves invocations over descriptor 3.
//
// The protocol is described in runtimes/PROTOCOL.md. Node.js's own modules only, version 18 and later. Everything
// that belongs to a function arrives with INIT, so that workers can be started before they are needed.
'use strict';

const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const util = require('node:util');
const { Writable } = require('node:stream');
const { pathToFileURL } = require('node:url');

const INIT = 1, INVOKE = 2;
const READY = 65, INIT_OK = 66, INIT_ERROR = 67, RESPONSE = 68, ERROR = 69;
const STREAM_HEAD = 70, STREAM_CHUNK = 71, STREAM_END = 72, STREAM_ERROR = 73;

const CONTROL_FD = 3;
const HTTP_INTEGRATION = 'application/vnd.awslambda.http-integration-response';
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

// ---- Frames ----

class Channel {
  constructor(socket, onFrame) {
    this.chunks = [];
    this.size = 0;
    this.socket = socket;
    // The worker must not outlive the server; and a write to a server that has gone fails here, not in the function.
    this.socket.on('error', () => process.exit(1));
    this.socket.on('end', () => process.exit(0));
    this.socket.on('data', (chunk) => {
      this.chunks.push(chunk);
      this.size += chunk.length;
      for (let frame = this.next(); frame; frame = this.next()) onFrame(frame);
    });
  }

  // The next whole frame. Chunks are joined only when a frame's length is known and reached: joining at every chunk
  // would make large events quadratic.
  next() {
    if (this.size < 9) return null;
    if (this.chunks[0].length < 9) this.join();
    const length = this.chunks[0].readUInt32BE(0) + 4;
    if (this.size < length) return null;
    this.join();
    const bytes = this.chunks[0];
    this.size -= length;
    this.chunks = this.size ? [bytes.subarray(length)] : [];
    const headerEnd = 9 + bytes.readUInt32BE(5);
    const header = headerEnd > 9 ? JSON.parse(bytes.toString('utf8', 9, headerEnd)) : {};
    return { kind: bytes[4], header, payload: bytes.subarray(headerEnd, length) };
  }

  join() {
    if (this.chunks.length > 1) this.chunks = [Buffer.concat(this.chunks, this.size)];
  }

  // `done` is called when the frame has been handed to the kernel. Returns false when the caller should wait.
  send(kind, header, payload, done) {
    const head = header ? Buffer.from(JSON.stringify(header)) : Buffer.alloc(0);
    const body = payload ? Buffer.from(payload) : Buffer.alloc(0);
    const fixed = Buffer.alloc(9);
    fixed.writeUInt32BE(5 + head.length + body.length, 0);
    fixed[4] = kind;
    fixed.writeUInt32BE(head.length, 5);
    this.socket.cork();
    this.socket.write(fixed);
    if (head.length) this.socket.write(head);
    const flowing = this.socket.write(body, done);
    this.socket.uncork();
    return flowing;
  }
}

// ---- Logs ----

// Writes all of it before returning, so that nothing is lost when the process ends and everything precedes the answer.
function writeAll(fd, text) {
  let bytes = Buffer.from(text);
  while (bytes.length) {
    try {
      bytes = bytes.subarray(fs.writeSync(fd, bytes));
    } catch (error) {
      if (error.code !== 'EAGAIN') return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

// Where records go: standard output.
const output = { fd: 1 };

// One record is one line; inner line feeds are replaced by 0x1F, and 0x1E at the start says so.
function writeRecord(text) {
  const trimmed = text.endsWith('\n') ? text.slice(0, -1) : text;
  writeAll(output.fd, (trimmed.includes('\n') ? '\x1e' + trimmed.replaceAll('\n', '\x1f') : trimmed) + '\n');
}

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
let currentRequestId;
let currentTenantId;

function errorFields(error) {
  return {
    errorType: (error.constructor && error.constructor.name) || 'UnknownError',
    errorMessage: error.message,
    stackTrace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
  };
}

function jsonLine(level, args) {
  const line = { timestamp: new Date().toISOString(), level, requestId: currentRequestId, tenantId: currentTenantId };
  const replacer = (_, value) => {
    if (value instanceof Error) return { ...errorFields(value), ...value };
    return typeof value === 'bigint' ? value.toString() : value;
  };
  if (args.length === 1) {
    line.message = args[0];
  } else {
    line.message = util.format(...args);
    const error = args.find((arg) => arg instanceof Error);
    if (error) Object.assign(line, errorFields(error));
  }
  try {
    return JSON.stringify(line, replacer);
  } catch {
    // Circular.
    return JSON.stringify({ ...line, message: util.format(...args) }, replacer);
  }
}

function setUpConsole(asJson, threshold) {
  const least = Math.max(0, LEVELS.indexOf(threshold || 'TRACE'));
  const method = (level) => (...args) => {
    if (LEVELS.indexOf(level) < least) return;
    if (asJson) return writeRecord(jsonLine(level, args));
    const stamp = new Date().toISOString();
    writeRecord(`${stamp}\t${currentRequestId}\t${level}\t${util.format(...args)}`);
  };
  console.trace = method('TRACE');
  console.debug = method('DEBUG');
  console.log = console.info = method('INFO');
  console.warn = method('WARN');
  console.error = method('ERROR');
  console.fatal = method('FATAL');
  // Node.js makes writes to pipes synchronous only for these streams' own writes; route them the same way.
  for (const [stream, fd] of [[process.stdout, 1], [process.stderr, 2]]) {
    stream.write = (chunk, encoding, callback) => {
      writeAll(fd, typeof chunk === 'string' ? Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8') : chunk);
      const done = typeof encoding === 'function' ? encoding : callback;
      if (done) process.nextTick(done);
      return true;
    };
  }
}

function logUnhandled(kind, document) {
  if (settings.asJson) {
    const { trace, ...rest } = document;
    return writeRecord(jsonLine('ERROR', [{ ...rest, stackTrace: trace }]));
  }
  const stamp = new Date().toISOString();
  const { trace, ...rest } = document;
  const text = JSON.stringify({ ...rest, stack: trace });
  writeRecord(`${stamp}\t${currentRequestId}\tERROR\t${kind}\t${text}`);
}

// ---- Errors ----

class Fault extends Error {
  constructor(kind, message) {
    super(message);
    this.name = kind;
  }
}

function isError(value) {
  return value instanceof Error || util.types.isNativeError(value);
}

function errorDocument(error) {
  if (!isError(error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  const document = { errorType: error.name, errorMessage: error.message, trace: String(error.stack || '').split('\n') };
  return document;
}

// ---- Handlers ----

async function loadModule(root, directory, name) {
  const base = path.resolve(root, directory, name);
  const isFile = (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile();
  // In Lambda's order: no extension, then .js (whose package.json decides), .mjs, .cjs.
  if (isFile(base)) return require(base);
  const js = base + '.js';
  if (isFile(js)) return packageIsModule(path.dirname(js)) ? import(pathToFileURL(js)) : require(js);
  if (isFile(base + '.mjs')) return import(pathToFileURL(base + '.mjs'));
  if (isFile(base + '.cjs')) return require(base + '.cjs');
  try {
    return require(require.resolve(name, { paths: [root, path.resolve(root, directory)] }));
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    const missing = directory ? path.join(directory, name) : name;
    throw new Fault('Runtime.ImportModuleError', `Cannot find module '${missing}'`);
  }
}

function packageIsModule(directory) {
  for (let at = directory; ; at = path.dirname(at)) {
    const file = path.join(at, 'package.json');
    if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8')).type === 'module';
    if (at === path.dirname(at) || path.basename(at) === 'node_modules') return false;
  }
}

async function loadHandler(root, name) {
  const base = path.basename(name);
  const directory = name.slice(0, name.length - base.length);
  const parts = /^([^.]*)\.(.*)$/.exec(base);
  if (!parts) throw new Fault('Runtime.MalformedHandlerName', 'Bad handler');
  if (name.includes('..')) {
    throw new Fault('Runtime.MalformedHandlerName', `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
  }
  const [, moduleName, property] = parts;
  let module;
  try {
    module = await loadModule(root, directory, moduleName);
  } catch (error) {
    if (error instanceof SyntaxError) {
      error.name = 'Runtime.UserCodeSyntaxError';
      error.message = `SyntaxError: ${error.message}`;
    } else if (error && (error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND')) {
      const fault = new Fault('Runtime.ImportModuleError', `Error: ${error.message}`);
      fault.stack = `Runtime.ImportModuleError: Error: ${error.message}\n${String(error.stack).split('\n').slice(1).join('\n')}`;
      throw fault;
    } else if (error instanceof Fault) {
      error.message = `Error: ${error.message}`;
    }
    throw error;
  }
  const lookUp = (from) => property.split('.').reduce((object, key) => (object == null ? undefined : object[key]), from);
  const handler = lookUp(module) ?? (module && lookUp(module.default));
  if (handler === undefined || handler === null) {
    throw new Fault('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw new Fault('Runtime.HandlerNotFound', `${name} is not a function`);
  }
  return handler;
}

// ---- Code caches ----

// Where the platform mounts what it compiled when the code was deployed, if it did.
const CACHES = '/var/lang/v8';

// Loads files that have a cache with it; everything else as ever.
function useCodeCaches(root) {
  if (!fs.existsSync(CACHES)) return;
  const vm = require('node:vm');
  const { Module } = require('node:module');
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (content, filename, ...rest) {
    const cache = path.join(CACHES, `${path.relative(root, filename)}.v8`);
    const isHere = filename.startsWith(`${root}/`) && rest[0] !== 'module' && fs.existsSync(cache);
    if (!isHere) return compile.call(this, content, filename, ...rest);
    const script = new vm.Script(Module.wrap(content), {
      filename, cachedData: fs.readFileSync(cache), columnOffset: -Module.wrapper[0].length,
    });
    // Of another version of Node.js, or of other options.
    if (script.cachedDataRejected) return compile.call(this, content, filename, ...rest);
    const run = script.runInThisContext();
    return run.call(this.exports, this.exports, requireOf(this), this, filename, path.dirname(filename));
  };
}

// As Node.js makes it.
function requireOf(module) {
  const { Module } = require('node:module');
  const own = (request) => module.require(request);
  own.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  own.resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  return Object.assign(own, { main: require.main, extensions: Module._extensions, cache: Module._cache });
}

// ---- Streaming ----

class ResponseStream extends Writable {
  constructor(channel, requestId) {
    super({ highWaterMark: 64 * 1024 });
    this.channel = channel;
    this.requestId = requestId;
    this.contentType = undefined;
    this.headSent = false;
    this.beforeFirstWrite = undefined;
  }

  setContentType(contentType) {
    if (this.headSent) throw new Fault('InvalidStreamingOperation', 'Cannot set content-type, too late.');
    this.contentType = contentType;
  }

  sendHead() {
    if (this.headSent) return;
    this.headSent = true;
    this.channel.send(STREAM_HEAD, { requestId: this.requestId, contentType: this.contentType ?? null });
    if (this.beforeFirstWrite) {
      const prelude = this.beforeFirstWrite();
      if (prelude) this.channel.send(STREAM_CHUNK, null, prelude);
    }
  }

  _write(chunk, encoding, callback) {
    this.sendHead();
    // The callback waits for the kernel to take the bytes: this is the function's back-pressure.
    this.channel.send(STREAM_CHUNK, null, chunk, callback);
  }

  _final(callback) {
    this.sendHead();
    callback();
  }
}

const awslambda = {
  streamifyResponse(handler, options) {
    handler[STREAMING] = 'response';
    if (options?.highWaterMark !== undefined) {
      handler[Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark')] = parseInt(options.highWaterMark, 10);
    }
    return handler;
  },
  HttpResponseStream: class HttpResponseStream {
    static from(stream, prelude) {
      stream.setContentType(HTTP_INTEGRATION);
      const text = JSON.stringify(prelude);
      stream.beforeFirstWrite = () => Buffer.concat([Buffer.from(text), Buffer.alloc(8)]);
      return stream;
    }
  },
};

// ---- Invocations ----

const settings = { asJson: false };
let channel;
let handler;
let current = null;

function contextFor(header, invocation) {
  const parse = (text) => (text ? JSON.parse(text) : undefined);
  const env = process.env;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parse(header.clientContext),
    identity: parse(header.identity),
    tenantId: header.tenantId ?? undefined,
    invokedFunctionArn: header.invokedFunctionArn,
    awsRequestId: header.requestId,
    getRemainingTimeInMillis: () => Math.max(0, header.deadlineMs - Date.now()),
    done: (error, result) => invocation.settle(error, result),
    fail: (error) => invocation.settle(error ?? 'handled'),
    succeed: (result) => invocation.settle(null, result),
  };
}

class Invocation {
  constructor(header) {
    this.header = header;
    this.requestId = header.requestId;
    this.settled = false;
    this.context = contextFor(header, this);
    this.stream = null;
  }

  // A callback's answer waits for the event loop to become empty, unless the function says otherwise.
  callback(error, result) {
    if (this.settled || this.pending) return;
    if (error || !this.context.callbackWaitsForEmptyEventLoop) return this.settle(error, result);
    this.pending = { result };
  }

  settle(error, result) {
    if (this.settled) return;
    if (error !== null && error !== undefined) return this.fail(error);
    let text;
    try {
      text = JSON.stringify(result === undefined ? null : result);
      // A function or a symbol has no JSON.
      if (text === undefined) text = 'null';
    } catch (cause) {
      return this.fail(new Fault('Runtime.MarshalError', `Unable to stringify response body as json: ${cause.message}`));
    }
    this.end(RESPONSE, { requestId: this.requestId, contentType: 'application/json' }, text);
  }

  fail(error, then) {
    if (this.settled) return;
    const document = errorDocument(error);
    logUnhandled('Invoke Error', document);
    const text = JSON.stringify(document);
    if (this.stream?.headSent) {
      return this.end(STREAM_ERROR, { type: document.errorType, message: document.errorMessage }, text, then);
    }
    this.end(ERROR, { requestId: this.requestId }, text, then);
  }

  end(kind, header, payload, then) {
    this.settled = true;
    current = null;
    setIdle(true);
    channel.send(kind, header, payload, then);
  }
}

// Between invocations the socket must not keep `beforeExit` from firing: a callback's answer depends on it. It must
// keep the process alive otherwise.
function setIdle(idle) {
  if (idle) channel.socket.ref();
  else channel.socket.unref();
}

function invoke({ header, payload }) {
  currentRequestId = header.requestId;
  currentTenantId = header.tenantId ?? undefined;
  if (header.traceId) process.env._X_AMZN_TRACE_ID = header.traceId;
  else delete process.env._X_AMZN_TRACE_ID;
  let invocation;
  let event;
  try {
    invocation = current = new Invocation(header);
    event = JSON.parse(payload.toString('utf8'));
  } catch (error) {
    const failed = invocation ?? Object.assign(Object.create(Invocation.prototype), { requestId: header.requestId });
    return failed.fail(error);
  }
  setIdle(false);
  try {
    if (handler[STREAMING]) return invokeStreaming(invocation, event);
    const result = handler(event, invocation.context, (error, value) => invocation.callback(error, value));
    if (result && typeof result.then === 'function') {
      result.then((value) => invocation.settle(null, value), (error) => invocation.settle(error ?? new Error(String(error))));
    }
  } catch (error) {
    invocation.fail(error);
  }
}

function invokeStreaming(invocation, event) {
  const stream = new ResponseStream(channel, invocation.requestId);
  invocation.stream = stream;
  const finished = new Promise((resolve, reject) => {
    stream.on('finish', resolve);
    stream.on('error', reject);
  });
  const result = handler(event, stream, invocation.context);
  if (!result || typeof result.then !== 'function') {
    return invocation.fail(new Fault('Runtime.StreamingHandlerError', 'Streaming does not support non-async handlers.'));
  }
  const done = result.then(() => finished);
  Promise.race([done, finished.then(() => done)]).then(
    () => invocation.end(STREAM_END),
    (error) => invocation.fail(error),
  );
}

// ---- Process ----

async function init(header) {
  if (!header.keepEnvironment) setEnvironment(header.environment);
  settings.asJson = header.logFormat.toUpperCase() === 'JSON';
  setUpConsole(settings.asJson, header.logLevel);
  globalThis.awslambda = awslambda;
  try {
    process.chdir(header.taskRoot);
    addModulePaths(header.keepEnvironment ? process.env.NODE_PATH : header.environment.NODE_PATH);
    useCodeCaches(header.taskRoot);
    handler = await loadHandler(header.taskRoot, header.handler);
    channel.send(INIT_OK);
  } catch (error) {
    const document = errorDocument(error);
    logUnhandled('Uncaught Exception', document);
    channel.send(INIT_ERROR, null, JSON.stringify(document), () => process.exit(1));
  }
}

// Only what differs is touched: taking TZ away, even for a moment, makes V8 look for the host's time zone, which takes
// milliseconds.
function setEnvironment(variables) {
  for (const key of Object.keys(process.env)) if (!(key in variables)) delete process.env[key];
  for (const [key, value] of Object.entries(variables)) if (process.env[key] !== value) process.env[key] = value;
}

// NODE_PATH is read when Node.js starts; a worker learns its function's only now.
function addModulePaths(paths) {
  const major = process.versions.node.split('.')[0];
  process.env.NODE_PATH = paths ?? `/opt/nodejs/node${major}/node_modules:/opt/nodejs/node_modules`;
  require('node:module').Module._initPaths();
}

function fatal(kind, error) {
  const invocation = current;
  if (!handler) {
    const document = errorDocument(error);
    logUnhandled(kind, document);
    return channel.send(INIT_ERROR, null, JSON.stringify(document), () => process.exit(129));
  }
  if (invocation) return invocation.fail(error, () => process.exit(129));
  logUnhandled(kind, errorDocument(error));
  process.exit(129);
}

process.on('uncaughtException', (error) => fatal('Uncaught Exception', error));
process.on('unhandledRejection', (reason) => {
  const text = isError(reason) ? reason.toString() : String(reason);
  const fault = new Fault('Runtime.UnhandledPromiseRejection', text);
  fault.reason = reason;
  if (isError(reason)) fault.stack = `Runtime.UnhandledPromiseRejection: ${reason.stack}`;
  fatal('Unhandled Promise Rejection', fault);
});
// Nothing is left to do: a pending callback answer is due; a handler that never answered gets the answer null.
process.on('beforeExit', () => {
  const invocation = current;
  if (!invocation || invocation.settled) return setIdle(true);
  if (invocation.stream) return setIdle(true);
  invocation.settle(null, invocation.pending ? invocation.pending.result : null);
});

function perform(socket) {
  channel = new Channel(socket, (frame) => {
    if (frame.kind === INIT) init(frame.header);
    else if (frame.kind === INVOKE) invoke(frame);
    else process.exit(0);
  });
}

// Takes back what INIT and INVOKE have set.
function forget() {
  handler = undefined;
  current = null;
  currentRequestId = undefined;
  delete globalThis.awslambda;
}

function serve() {
  perform(new net.Socket({ fd: CONTROL_FD, readable: true, writable: true }));
  channel.send(READY);
}

// Started ahead of demand, there is time to rehearse. A worker that can't must not serve.
if (process.argv[2] === '--rehearse') {
  process.argv.length = 2;
  require('./rehearsal.cjs').rehearse({ perform, forget, setEnvironment, output }).then(serve, (error) => {
    writeAll(2, `the rehearsal failed: ${error.stack}\n`);
    process.exit(1);
  });
} else {
  serve();
}
