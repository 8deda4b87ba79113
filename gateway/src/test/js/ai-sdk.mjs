// Vercel's AI SDK against a running gateway whose model works with a tool for many turns: node ai-sdk.mjs BASE_URL KEY TURNS
import assert from 'node:assert/strict';
import { generateText, streamText, tool, stepCountIs } from 'ai';
import { createOpenAI } from '@ai-sdk/openai';
import { createAnthropic } from '@ai-sdk/anthropic';
import { z } from 'zod';

const [baseURL, apiKey, count] = process.argv.slice(2);
const turns = Number(count);
const openai = createOpenAI({ baseURL, apiKey });
const anthropic = createAnthropic({ baseURL, apiKey });
const stateless = { openai: { store: false, include: ['reasoning.encrypted_content'] } };

for (const [name, model, providerOptions] of [
  ['responses to responses', openai.responses('gpt/m'), stateless],
  ['responses to messages', openai.responses('claude/m'), stateless],
  ['chat to chat', openai.chat('gpt/m'), {}],
  ['chat to messages', openai.chat('claude/m'), {}],
  ['messages to messages', anthropic('claude/m'), {}],
  ['messages to chat', anthropic('gpt/m'), {}],
]) {
  for (const ask of [generateText, streamText]) {
    const seen = [];
    const result = ask({
      model,
      providerOptions,
      prompt: 'go',
      maxRetries: 0,
      stopWhen: stepCountIs(turns + 5),
      tools: { step: tool({
        description: 'One step',
        inputSchema: z.object({ n: z.number() }),
        execute: async ({ n }) => { seen.push(n); return `ok ${n}`; },
      }) },
    });
    const text = ask === generateText ? (await result).text : await result.text;
    assert.equal(text, `done after ${turns}`, `${name}, ${ask.name}`);
    assert.deepEqual(seen, Array.from({ length: turns }, (_, i) => i), name);
  }
}
console.log('ai-sdk: all good');
