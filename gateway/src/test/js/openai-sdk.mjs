// The official client against a running gateway: node openai-sdk.mjs BASE_URL KEY
import assert from 'node:assert/strict';
import OpenAI from 'openai';

const [baseURL, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const messages = [{ role: 'user', content: 'Hello there, river' }];

const whole = await client.chat.completions.create({ model: 'sandbox-echo', messages });
assert.equal(whole.choices[0].message.content, 'Hello there, river');
assert.equal(whole.usage.total_tokens, 6);

let text = '';
let last;
for await (const chunk of await client.chat.completions.create({ model: 'sandbox-echo', messages, stream: true })) {
  text += chunk.choices[0]?.delta?.content ?? '';
  assert.equal(chunk.usage, undefined);
  last = chunk.choices[0]?.finish_reason ?? last;
}
assert.equal(text, 'Hello there, river');
assert.equal(last, 'stop');

let usage;
for await (const chunk of await client.chat.completions.create({
  model: 'sandbox-echo', messages, stream: true, stream_options: { include_usage: true } })) {
  usage = chunk.usage ?? usage;
}
assert.equal(usage.prompt_tokens, 3);

const tools = [{ type: 'function', function: { name: 'weather', parameters: {
  type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } } }];
const called = await client.chat.completions.create({ model: 'sandbox-tools', messages, tools });
assert.equal(called.choices[0].finish_reason, 'tool_calls');
assert.deepEqual(JSON.parse(called.choices[0].message.tool_calls[0].function.arguments), { city: 'sandbox' });
const toolStream = client.chat.completions.stream({ model: 'sandbox-tools', messages, tools });
const final = await toolStream.finalChatCompletion();
assert.equal(final.choices[0].message.tool_calls[0].function.name, 'weather');

const response = await client.responses.create({ model: 'sandbox-echo', instructions: 'Be brief.', input: 'Hello there, river' });
assert.equal(response.output_text, 'Hello there, river');
assert.equal(response.usage.total_tokens > 3, true);
const responseStream = client.responses.stream({ model: 'sandbox-echo', input: 'Hello there, river' });
let deltas = '';
responseStream.on('response.output_text.delta', (event) => { deltas += event.delta; });
assert.equal((await responseStream.finalResponse()).output_text, 'Hello there, river');
assert.equal(deltas, 'Hello there, river');
const responseTools = [{ type: 'function', name: 'weather', parameters: tools[0].function.parameters, strict: false }];
const asked = await client.responses.stream({ model: 'sandbox-tools', input: 'x', tools: responseTools }).finalResponse();
const callItem = asked.output.find((item) => item.type === 'function_call');
assert.deepEqual(JSON.parse(callItem.arguments), { city: 'sandbox' });
await assert.rejects(
  client.responses.create({ model: 'sandbox-echo', input: 'x', previous_response_id: 'resp_1' }),
  (error) => error instanceof OpenAI.BadRequestError && error.param === 'previous_response_id');
await assert.rejects(client.responses.stream({ model: 'sandbox-error', input: 'x' }).finalResponse(), OpenAI.APIError);

const completion = await client.completions.create({ model: 'sandbox-echo', prompt: 'Hello there, river' });
assert.equal(completion.choices[0].text, 'Hello there, river');

const vectors = await client.embeddings.create({ model: 'weir-minilm-l6', input: ['one', 'two'] });
assert.equal(vectors.data[1].embedding.length, 384);
const short = await client.embeddings.create({
  model: 'weir-minilm-l6', input: 'one', dimensions: 8, encoding_format: 'float' });
assert.equal(short.data[0].embedding.length, 8);

const ids = [];
for await (const model of client.models.list()) ids.push(model.id);
assert.ok(ids.includes('sandbox/sandbox-echo'));
assert.equal((await client.models.retrieve('sandbox-echo')).id, 'sandbox/sandbox-echo');

await assert.rejects(client.chat.completions.create({ model: 'absent', messages }), OpenAI.NotFoundError);
await assert.rejects(client.chat.completions.create({ model: 'sandbox-echo', messages: [] }), OpenAI.BadRequestError);
await assert.rejects(client.chat.completions.create({ model: 'sandbox-error', messages }), OpenAI.InternalServerError);
await assert.rejects(new OpenAI({ baseURL, apiKey: 'wrong', maxRetries: 0 }).models.list(), OpenAI.AuthenticationError);
await assert.rejects(async () => {
  for await (const _ of await client.chat.completions.create({ model: 'sandbox-error', messages, stream: true }));
}, OpenAI.APIError);
console.log('openai-sdk: all good');
