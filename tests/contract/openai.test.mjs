// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The openai client against the built-in endpoint.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import OpenAI, { AzureOpenAI } from 'openai';
import { citySchema, collect, key, startServer, weatherTool } from './server.mjs';

let server;
let client;
const messages = [{ role: 'developer', content: 'Be brief.' }, { role: 'user', content: 'What is Diptych?' }];

function makeClient(options = {}) {
    return new OpenAI({ baseURL: `${server.url}/v1`, apiKey: key, maxRetries: 0, ...options });
}

function chat(body) {
    return client.chat.completions.create({ model: 'guide', messages, max_tokens: 60, ...body });
}

before(async () => {
    server = await startServer();
    client = makeClient();
});
after(() => server.stop());

test('models: list and retrieve', async () => {
    const ids = (await collect(client.models.list())).map((model) => model.id);
    for (const id of ['guide', 'babbler-5', 'babbler-3', 'wordmap-256', 'wordmap-64', 'palette'])
        assert.ok(ids.includes(id), `${id} in ${ids}`);
    assert.equal((await client.models.retrieve('guide')).object, 'model');
    await assert.rejects(client.models.retrieve('no-such-model'), OpenAI.NotFoundError);
});

test('chat in one piece', async () => {
    const answer = await chat({});
    assert.equal(answer.choices[0].message.role, 'assistant');
    assert.ok(answer.choices[0].message.content);
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
});

test('a stream without usage', async () => {
    const chunks = await collect(await chat({ stream: true }));
    assert.ok(chunks.length > 1);
    assert.ok(chunks.every((chunk) => !chunk.usage));
    assert.ok(chunks.at(-1).choices[0].finish_reason);
});

test('a stream with usage on a chunk of its own', async () => {
    const chunks = await collect(await chat({ stream: true, stream_options: { include_usage: true } }));
    assert.deepEqual(chunks.at(-1).choices, []);
    assert.ok(chunks.at(-1).usage.total_tokens > 0);
    assert.ok(chunks.slice(0, -1).every((chunk) => chunk.usage === null));
});

test('the client puts a stream together', async () => {
    const answer = await client.chat.completions.stream({ model: 'guide', messages, max_tokens: 60 }).finalChatCompletion();
    assert.ok(answer.choices[0].message.content);
});

test('a streamed tool call', async () => {
    const stream = client.chat.completions.stream({
        model: 'guide', messages: [{ role: 'user', content: 'What is the weather in Porto?' }],
        tools: [weatherTool], tool_choice: { type: 'function', function: { name: 'get_weather' } },
    });
    const call = (await stream.finalChatCompletion()).choices[0].message.tool_calls[0];
    assert.ok(call.id);
    assert.equal(call.function.name, 'get_weather');
    assert.equal(typeof JSON.parse(call.function.arguments).city, 'string');
});

test('a JSON schema', async () => {
    const answer = await chat({
        max_tokens: undefined,
        response_format: { type: 'json_schema', json_schema: { name: 'place', schema: citySchema, strict: true } },
    });
    assert.deepEqual(Object.keys(JSON.parse(answer.choices[0].message.content)).sort(), ['city', 'rainy']);
});

test('several answers', async () => {
    const answer = await chat({ n: 2 });
    assert.deepEqual(answer.choices.map((choice) => choice.index), [0, 1]);
});

test('parameters that this endpoint does not know are passed on', async () => {
    const answer = await chat({ metadata: { a: 'b' }, user: 'someone' });
    assert.ok(answer.choices[0].message.content);
});

test('completions, whole and streamed, the same for the same seed', async () => {
    const body = { model: 'babbler-5', prompt: 'The sea', max_tokens: 12, seed: 7, temperature: 0.8 };
    const whole = await client.completions.create(body);
    assert.equal(whole.object, 'text_completion');
    const pieces = await collect(await client.completions.create({ ...body, stream: true }));
    assert.equal(pieces.map((piece) => piece.choices[0]?.text ?? '').join(''), whole.choices[0].text);
});

test('completions with logprobs and echo', async () => {
    const answer = await client.completions.create(
        { model: 'babbler-5', prompt: 'The sea', max_tokens: 4, logprobs: 2, echo: true });
    const { text, logprobs } = answer.choices[0];
    assert.ok(text.startsWith('The sea'));
    assert.equal(logprobs.tokens.length, logprobs.token_logprobs.length);
    assert.equal(logprobs.tokens.length, logprobs.text_offset.length);
    assert.ok(logprobs.token_logprobs.every((value) => value === null || value <= 0));
});

test('embeddings, which the client asks for as Base64', async () => {
    const body = { model: 'wordmap-256', input: ['a small boat', 'a little ship', 'tax law'] };
    const vectors = (await client.embeddings.create(body)).data.map((item) => item.embedding);
    const plain = (await client.embeddings.create({ ...body, encoding_format: 'float' })).data.map((item) => item.embedding);
    assert.equal(vectors.length, 3);
    assert.equal(vectors[0].length, plain[0].length);
    vectors[2].forEach((value, i) => assert.ok(Math.abs(value - plain[2][i]) < 1e-5));
});

test('errors become the right classes', async () => {
    await assert.rejects(makeClient({ apiKey: 'wrong' }).models.list(), OpenAI.AuthenticationError);
    await assert.rejects(chat({ model: 'no-such-model' }), OpenAI.NotFoundError);
    await assert.rejects(chat({ temperature: 'hot' }), (error) => {
        assert.ok(error instanceof OpenAI.BadRequestError);
        assert.equal(error.param, 'temperature');
        assert.equal(error.type, 'invalid_request_error');
        return true;
    });
    await assert.rejects(chat({ model: 'wordmap-256' }), OpenAI.APIError);
});

test('Azure OpenAI deployments', async () => {
    const azure = new AzureOpenAI({ endpoint: server.url, apiKey: key, apiVersion: '2024-10-21', deployment: 'guide', maxRetries: 0 });
    const answer = await azure.chat.completions.create({ model: 'guide', messages, max_tokens: 20 });
    assert.ok(answer.choices[0].message.content);
    const vectors = await azure.embeddings.create({ model: 'wordmap-256', input: 'a boat' });
    assert.ok(vectors.data[0].embedding.length > 0);
});

test('a stream that is stopped', async () => {
    const stream = await chat({ stream: true, max_tokens: undefined });
    for await (const chunk of stream) {
        assert.ok(chunk.choices);
        break; // the client closes the connection
    }
    assert.ok((await chat({})).id);
});

test('twenty streams at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, async () => collect(await chat({ stream: true, max_tokens: 10 }))));
    assert.ok(answers.every((chunks) => chunks.at(-1).choices[0].finish_reason));
});
