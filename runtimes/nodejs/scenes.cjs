// The handlers of the rehearsal: what handlers usually do.
'use strict';

exports.plain = async (event, context) => {
  console.log('rehearsal', event, context.getRemainingTimeInMillis());
  await null;
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) };
};

exports.callback = (event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = false;
  callback(null, event);
};

exports.stream = globalThis.awslambda.streamifyResponse(async (event, stream) => {
  const response = globalThis.awslambda.HttpResponseStream.from(stream, { statusCode: 200 });
  response.write('rehearsal');
  response.end();
});
