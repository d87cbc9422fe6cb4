// The AWS SDK for JavaScript v3 against a real server: deploy, wait, invoke, stream, an error, delete.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, before, test} from 'node:test';
import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand, DeleteFunctionCommand, GetFunctionCommand, InvokeCommand, InvokeWithResponseStreamCommand,
  LambdaClient, waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';

const binary = process.env.FREEHOLD_TEST_BINARY;
const runtime = `nodejs${process.versions.node.split('.')[0]}.x`;
let dataDir, server, lambda, iam;

/** A zip with one stored file: enough of the format for a test. */
function zip(name, text) {
  const data = Buffer.from(text), file = Buffer.from(name);
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(0x21, 8);
  common.writeUInt32LE(~crc >>> 0, 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(file.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, file, data]);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE((0o644 << 16) >>> 0, 6);
  const central = Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, rest, file]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\x05\x06'), end]);
}

before(async () => {
  assert.ok(binary, '`cargo xtask test` sets FREEHOLD_TEST_BINARY');
  dataDir = mkdtempSync(join(tmpdir(), 'freehold-js-'));
  const env = {...process.env};
  delete env.FREEHOLD_TEST_BINARY;
  server = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--data-dir', dataDir], {stdio: ['ignore', 'pipe', 'inherit'], env});
  for await (const line of createInterface({input: server.stdout})) {
    assert.match(line, /ready/);
    break;
  }
  const access = JSON.parse(readFileSync(join(dataDir, 'access.json')));
  const settings = {
    endpoint: access.endpoint,
    region: access.region,
    credentials: {accessKeyId: access.access_key_id, secretAccessKey: access.secret_access_key},
    maxAttempts: 1,
  };
  lambda = new LambdaClient(settings);
  iam = new IAMClient(settings);
});

after(() => {
  server?.kill();
  rmSync(dataDir, {recursive: true, force: true});
});

test('deploys and invokes', async () => {
  const trust = {
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'}],
  };
  const {Role} = await iam.send(new CreateRoleCommand({RoleName: 'js', AssumeRolePolicyDocument: JSON.stringify(trust)}));
  const code = `exports.handler = async event => { if (event.fail) throw new Error('asked to'); return {twice: event.n * 2}; };`;
  const FunctionName = 'twice';
  await lambda.send(new CreateFunctionCommand({
    FunctionName, Runtime: runtime, Handler: 'index.handler', Role: Role.Arn, Code: {ZipFile: zip('index.js', code)},
  }));
  await waitUntilFunctionActiveV2({client: lambda, maxWaitTime: 30, minDelay: 1}, {FunctionName});

  const answer = await lambda.send(new InvokeCommand({FunctionName, Payload: '{"n": 21}'}));
  assert.deepEqual(JSON.parse(answer.Payload.transformToString()), {twice: 42});

  const failed = await lambda.send(new InvokeCommand({FunctionName, Payload: '{"fail": true}'}));
  assert.equal(failed.FunctionError, 'Unhandled');
  assert.equal(JSON.parse(failed.Payload.transformToString()).errorMessage, 'asked to');

  const streamed = await lambda.send(new InvokeWithResponseStreamCommand({FunctionName, Payload: '{"n": 1}'}));
  let text = '', complete = false;
  for await (const event of streamed.EventStream) {
    if (event.PayloadChunk) text += Buffer.from(event.PayloadChunk.Payload).toString();
    complete ||= Boolean(event.InvokeComplete);
  }
  assert.deepEqual(JSON.parse(text), {twice: 2});
  assert.ok(complete);

  await lambda.send(new DeleteFunctionCommand({FunctionName}));
  await assert.rejects(lambda.send(new GetFunctionCommand({FunctionName})), {name: 'ResourceNotFoundException'});
});
