// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The official Azure AI Inference client against the built-in endpoint.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ModelClient, { isUnexpected } from '@azure-rest/ai-inference';
import { AzureKeyCredential } from '@azure/core-auth';
import { createSseStream } from '@azure/core-sse';
import { citySchema, collect, key, pixel, startServer, weatherTool } from './server.mjs';

let server;
let client;
const question = [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'What is Diptych?' }];

function makeClient(path = '', secret = key, options = {}) {
    return ModelClient(server.url + path, new AzureKeyCredential(secret),
        { allowInsecureConnection: true, retryOptions: { maxRetries: 0 }, ...options });
}

function chat(body, extra = {}, by = client) {
    return by.path('/chat/completions').post({ body: { model: 'guide', messages: question, ...body }, ...extra });
}

function assertGood(response) {
    assert.equal(isUnexpected(response), false, JSON.stringify(response.body));
    return response.body;
}

function assertRefused(response, status) {
    assert.equal(response.status, String(status), JSON.stringify(response.body));
    assert.ok(isUnexpected(response));
    assert.ok(response.body.error.code && response.body.error.message);
    assert.equal(response.headers['x-ms-error-code'], response.body.error.code);
    return response.body;
}

before(async () => {
    server = await startServer();
    client = makeClient();
});
after(() => server.stop());

test('info, at both prefixes and with a model', async () => {
    for (const path of ['', '/models']) {
        const info = assertGood(await makeClient(path).path('/info').get());
        assert.ok(info.model_name && info.model_type && info.model_provider_name);
    }
    const info = assertGood(await makeClient('', key, { apiVersion: '2025-04-01' })
        .path('/info').get({ queryParameters: { model: 'wordmap-256' } }));
    assert.match(info.model_type, /embedding/);
});

test('chat in one piece', async () => {
    const answer = assertGood(await chat({ max_tokens: 40, temperature: 0.2, stop: ['\u0001'], seed: 1 }));
    assert.equal(answer.object, 'chat.completion');
    assert.equal(answer.choices[0].message.role, 'assistant');
    assert.ok(answer.choices[0].message.content.length > 0);
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
});

test('chat as a stream, usage on the last content chunk', async () => {
    const response = await chat({ stream: true, max_tokens: 40 }).asNodeStream();
    assert.equal(response.status, '200');
    const events = (await collect(createSseStream(response.body))).map((event) => event.data);
    assert.equal(events.pop(), '[DONE]');
    const chunks = events.map((data) => JSON.parse(data));
    assert.ok(chunks.length > 1);
    const last = chunks.at(-1);
    assert.ok(last.choices[0].finish_reason);
    assert.ok(last.usage.total_tokens > 0);
    assert.ok(chunks.map((chunk) => chunk.choices[0].delta.content ?? '').join('').length > 0);
    assert.ok(chunks.every((chunk) => chunk.id === last.id));
});

test('a model that is not named is chosen', async () => {
    assertGood(await chat({ model: undefined, max_tokens: 5 }));
});

test('tools: a call, its result, an answer', async () => {
    const messages = [{ role: 'user', content: 'What is the weather in Lisbon?' }];
    const asked = assertGood(await chat({ messages, tools: [weatherTool], tool_choice: 'required' }));
    const choice = asked.choices[0];
    assert.equal(choice.finish_reason, 'tool_calls');
    const call = choice.message.tool_calls[0];
    assert.equal(call.function.name, 'get_weather');
    assert.equal(typeof JSON.parse(call.function.arguments).city, 'string');
    const result = { role: 'tool', tool_call_id: call.id, content: '{"sky":"clear"}' };
    const answer = assertGood(await chat({ messages: [...messages, choice.message, result], tools: [weatherTool] }));
    assert.ok(answer.choices[0].message);
});

test('JSON modes', async () => {
    const object = assertGood(await chat({ response_format: { type: 'json_object' } }));
    assert.equal(typeof JSON.parse(object.choices[0].message.content), 'object');
    const format = { type: 'json_schema', json_schema: { name: 'place', schema: citySchema, strict: true } };
    const place = JSON.parse(assertGood(await chat({ response_format: format })).choices[0].message.content);
    assert.deepEqual(Object.keys(place).sort(), ['city', 'rainy']);
    assert.equal(typeof place.rainy, 'boolean');
});

test('extra-parameters', async () => {
    const extra = { x_unheard_of: 1 };
    const refused = assertRefused(await chat(extra), 400);
    assert.match(refused.error.message, /x_unheard_of/);
    assertRefused(await chat(extra, { headers: { 'extra-parameters': 'error' } }), 400);
    assertGood(await chat({ ...extra, max_tokens: 5 }, { headers: { 'extra-parameters': 'drop' } }));
});

test('text embeddings as numbers and Base64', async () => {
    const embed = (body) => client.path('/embeddings').post({ body: { model: 'wordmap-256', input: ['one', 'two'], ...body } });
    const plain = assertGood(await embed({}));
    assert.deepEqual(plain.data.map((item) => item.index), [0, 1]);
    const packed = assertGood(await embed({ encoding_format: 'base64' }));
    const bytes = Buffer.from(packed.data[1].embedding, 'base64');
    assert.equal(bytes.length, plain.data[1].embedding.length * 4);
    plain.data[1].embedding.forEach((value, i) => assert.ok(Math.abs(value - bytes.readFloatLE(4 * i)) < 1e-5));
});

test('image embeddings', async () => {
    const answer = assertGood(await client.path('/images/embeddings').post({ body: { model: 'palette', input: [{ image: pixel }] } }));
    assert.ok(answer.data[0].embedding.length > 0 && answer.data[0].embedding.every(Number.isFinite));
});

test('errors: key, model, version, route for the model, wrong type', async () => {
    assertRefused(await chat({}, {}, makeClient('', 'wrong')), 401);
    assertRefused(await chat({ model: 'no-such-model' }), 404);
    assertRefused(await chat({}, {}, makeClient('', key, { apiVersion: '2019-01-01' })), 404);
    const route = await client.path('/embeddings').post({ body: { model: 'guide', input: ['a'] } });
    assert.ok(['405', '422'].includes(route.status), route.status);
    const wrong = assertRefused(await chat({ temperature: 'hot' }), 400);
    assert.equal(wrong.error.target, 'temperature');
});

test('a stream that is left does not harm the next request', async () => {
    const controller = new AbortController();
    const response = await chat({ stream: true }, { abortSignal: controller.signal }).asNodeStream();
    response.body.on('error', () => {});
    await new Promise((resolve) => response.body.once('data', resolve));
    controller.abort();
    response.body.destroy();
    assertGood(await chat({ max_tokens: 5 }));
});
