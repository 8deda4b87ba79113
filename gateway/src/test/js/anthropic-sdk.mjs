// Anthropic's client against a running gateway, whose providers speak OpenAI's protocol: node anthropic-sdk.mjs BASE_URL KEY
import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';

const [baseURL, apiKey] = process.argv.slice(2);
const client = new Anthropic({ baseURL, apiKey, maxRetries: 0 });
const messages = [{ role: 'user', content: 'Hello there, river' }];
const ask = { model: 'sandbox-echo', max_tokens: 100, messages };

const whole = await client.messages.create(ask);
assert.equal(whole.content[0].text, 'Hello there, river');
assert.equal(whole.stop_reason, 'end_turn');
assert.equal(whole.usage.input_tokens, 3);

const stream = client.messages.stream(ask);
let text = '';
stream.on('text', (piece) => { text += piece; });
const message = await stream.finalMessage();
assert.equal(text, 'Hello there, river');
assert.equal(message.content[0].text, text);
assert.equal(message.usage.output_tokens, 3);

const counted = await client.messages.countTokens({ model: 'sandbox-echo', messages });
assert.ok(counted.input_tokens > 3);

const tools = [{ name: 'weather', input_schema: {
  type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } }];
const called = await client.messages.stream({ ...ask, model: 'sandbox-tools', tools }).finalMessage();
assert.equal(called.stop_reason, 'tool_use');
const use = called.content.find((block) => block.type === 'tool_use');
assert.deepEqual(use.input, { city: 'sandbox' });

await assert.rejects(client.messages.create({ ...ask, model: 'absent' }), Anthropic.NotFoundError);
await assert.rejects(client.messages.create({ ...ask, messages: [] }), Anthropic.BadRequestError);
await assert.rejects(
  new Anthropic({ baseURL, apiKey: 'wrong', maxRetries: 0 }).messages.create(ask), Anthropic.AuthenticationError);
await assert.rejects(client.messages.stream({ ...ask, model: 'sandbox-error' }).finalMessage(), Anthropic.APIError);
console.log('anthropic-sdk: all good');
