// Runs the worker's own code on made-up frames before anyone needs it, so that V8 has compiled it and touched its
// memory when a function arrives. The worker is then as if nothing had happened: no module, variable or stream of the
// rehearsal can be found by a function.
'use strict';

const fs = require('node:fs');
const { Duplex } = require('node:stream');

const INIT = 1, INVOKE = 2;
const INIT_OK = 66, RESPONSE = 68, STREAM_END = 72;
// After the first round nothing is compiled for the first time; a few more let V8 see which types to expect.
const ROUNDS = 4;
const REQUEST = {
  requestId: '00000000-0000-4000-8000-000000000000', deadlineMs: 4102444800000,
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:rehearsal',
  traceId: 'Root=1-00000000-000000000000000000000000', clientContext: null, identity: null, streaming: false,
};
const EVENT = Buffer.from(JSON.stringify({ name: 'rehearsal', list: [1, 2, 3], nested: { flag: true, text: 'é' } }));
const SCENES = [
  { handler: 'scenes.plain', last: RESPONSE },
  { handler: 'scenes.callback', last: RESPONSE },
  { handler: 'scenes.stream', last: STREAM_END, streaming: true },
  { handler: 'scene.handler', last: RESPONSE },
];

// Stands for the socket: what the worker writes is looked at, and what the server would say is pushed.
class Stage extends Duplex {
  constructor() {
    super();
    this.seen = Buffer.alloc(0);
    this.awaited = null;
  }

  _read() {}

  _write(chunk, encoding, callback) {
    this.take(chunk, callback);
  }

  _writev(chunks, callback) {
    this.take(Buffer.concat(chunks.map(({ chunk }) => chunk)), callback);
  }

  take(bytes, callback) {
    this.seen = Buffer.concat([this.seen, bytes]);
    callback();
    while (this.seen.length >= 9 && this.seen.length >= this.seen.readUInt32BE(0) + 4) {
      const kind = this.seen[4];
      this.seen = this.seen.subarray(this.seen.readUInt32BE(0) + 4);
      if (kind === this.awaited?.kind) this.awaited.resolve();
      // 67, 69 and 73 are errors.
      else if ([67, 69, 73].includes(kind)) this.awaited?.reject(new Error(`the rehearsal got frame ${kind}`));
    }
  }

  // Says something and waits for the answer of this kind.
  ask(kind, header, payload, answer) {
    const head = Buffer.from(JSON.stringify(header));
    const fixed = Buffer.alloc(9);
    fixed.writeUInt32BE(5 + head.length + payload.length, 0);
    fixed[4] = kind;
    fixed.writeUInt32BE(head.length, 5);
    return new Promise((resolve, reject) => {
      this.awaited = { kind: answer, resolve, reject };
      this.push(Buffer.concat([fixed, head, payload]));
    });
  }

  ref() {}

  unref() {}
}

// `worker`: `perform(socket)` makes it serve a socket, `forget()` takes back what INIT and INVOKE have set; `setEnvironment` is its own;
// what it logs goes to `output.fd`.
async function rehearse(worker) {
  const environment = { ...process.env };
  const directory = process.cwd();
  const fd = worker.output.fd;
  worker.output.fd = fs.openSync('/dev/null', 'w');
  // The event loop must not run empty in between, which the worker takes for the end of an invocation.
  const alive = setInterval(() => {}, 1000);
  for (let round = 0; round < ROUNDS; round++) {
    for (const scene of SCENES) {
      const stage = new Stage();
      worker.perform(stage);
      const init = {
        handler: scene.handler, taskRoot: __dirname, environment: { ...environment, AWS_REGION: 'us-east-1' },
        logFormat: round % 2 ? 'JSON' : 'Text', logLevel: null, memoryMb: 128,
      };
      await stage.ask(INIT, init, Buffer.alloc(0), INIT_OK);
      await stage.ask(INVOKE, { ...REQUEST, streaming: Boolean(scene.streaming) }, EVENT, scene.last);
      worker.forget();
      stage.destroy();
      forgetModules(`${__dirname}/scenes.cjs`);
    }
  }
  clearInterval(alive);
  fs.closeSync(worker.output.fd);
  worker.output.fd = fd;
  worker.setEnvironment(environment);
  process.chdir(directory);
  forgetModules(__filename);
}

function forgetModules(file) {
  const { _pathCache: paths } = require('node:module').Module;
  const main = require.main;
  delete require.cache[file];
  main.children = main.children.filter((child) => child.filename !== file);
  for (const key of Object.keys(paths)) if (paths[key] === file) delete paths[key];
}

module.exports = { rehearse };
