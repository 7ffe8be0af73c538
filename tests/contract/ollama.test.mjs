// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The ollama client against the built-in endpoint.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Ollama } from 'ollama';
import { citySchema, collect, key, pixel, startServer, weatherTool } from './server.mjs';

let server;
let client;
const messages = [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'What is Diptych?' }];

function makeClient(secret = key) {
    return new Ollama({ host: server.url, headers: { Authorization: `Bearer ${secret}` } });
}

function chat(body) {
    return client.chat({ model: 'guide', messages, options: { num_predict: 60 }, ...body });
}

function assertRefused(promise, status, message) {
    return assert.rejects(promise, (error) => {
        assert.equal(error.status_code, status, error.message);
        assert.match(error.message, message);
        return true;
    });
}

function assertEnd(last, reason) {
    assert.equal(last.done, true);
    assert.equal(last.done_reason, reason);
    assert.ok(!Number.isNaN(Date.parse(last.created_at)));
    for (const name of ['total_duration', 'load_duration', 'prompt_eval_duration', 'eval_duration'])
        assert.ok(Number.isInteger(last[name]) && last[name] >= 0, name);
    assert.ok(last.prompt_eval_count > 0 && last.eval_count > 0 && last.eval_duration > 0);
}

before(async () => {
    server = await startServer();
    client = makeClient();
});
after(() => server.stop());

test('a sign of life without a key', async () => {
    const response = await fetch(server.url);
    assert.equal(response.status, 200);
    assert.equal(await response.text(), 'Ollama is running');
    assert.match((await client.version()).version, /^\d+\.\d+\.\d+$/);
});

test('models: list, show, running', async () => {
    const { models } = await client.list();
    const names = models.map((model) => model.name);
    for (const name of ['guide:latest', 'babbler-5:latest', 'wordmap-256:latest'])
        assert.ok(names.includes(name), `${name} in ${names}`);
    for (const name of ['guide', 'guide:latest']) {
        const shown = await client.show({ model: name });
        assert.ok(shown.capabilities.includes('completion') && shown.capabilities.includes('tools'));
        const architecture = shown.model_info['general.architecture'];
        assert.ok(shown.model_info[`${architecture}.context_length`] > 0);
        assert.equal(typeof shown.details.family, 'string');
    }
    assert.deepEqual((await client.show({ model: 'wordmap-256' })).capabilities, ['embedding']);
    assert.ok((await client.ps()).models.length > 0);
});

test('chat in one piece and as a stream, by every name', async () => {
    const whole = await chat({});
    assert.equal(whole.message.role, 'assistant');
    assert.ok(whole.message.content);
    assertEnd(whole, whole.done_reason);
    const parts = await collect(await chat({ model: 'guide:latest', stream: true }));
    assert.equal(parts.map((part) => part.message.content).join(''), whole.message.content);
    assert.ok(parts.length > 2 && parts.slice(0, -1).every((part) => part.done === false));
    assert.ok(parts.every((part) => part.model === 'guide:latest'));
    assertEnd(parts.at(-1), whole.done_reason);
});

test('options: a limit, a stop text', async () => {
    const cut = await chat({ options: { num_predict: 3, temperature: 0, top_k: 5, num_ctx: 512 } });
    assertEnd(cut, 'length');
    assert.equal(cut.eval_count, 3);
    const word = cut.message.content.split(' ')[1];
    const stopped = await chat({ options: { stop: [word] } });
    assert.ok(!stopped.message.content.includes(word));
});

test('tools: a call, its result, an answer', async () => {
    const question = { role: 'user', content: 'What is the weather in Porto?' };
    for (const stream of [false, true]) {
        const answer = await client.chat({ model: 'guide', messages: [question], tools: [weatherTool], stream });
        const parts = stream ? await collect(answer) : [answer];
        const message = parts.find((part) => part.message.tool_calls)?.message;
        assert.equal(message.tool_calls[0].function.name, 'get_weather');
        assert.equal(typeof message.tool_calls[0].function.arguments.city, 'string');
        const result = { role: 'tool', content: 'It rains.', tool_name: 'get_weather' };
        const final = await client.chat({ model: 'guide', messages: [question, message, result], tools: [weatherTool] });
        assert.ok(final.message.content);
    }
});

test('a format', async () => {
    const place = JSON.parse((await chat({ format: citySchema, options: {} })).message.content);
    assert.deepEqual(Object.keys(place).sort(), ['city', 'rainy']);
    assert.equal(typeof JSON.parse((await chat({ format: 'json', options: {} })).message.content), 'object');
});

test('generate with a chat model and with one that continues text', async () => {
    const asked = await client.generate({ model: 'guide', prompt: 'What is Diptych?', system: 'Be brief.' });
    assert.ok(asked.response);
    const body = { model: 'babbler-5', prompt: 'The sea', options: { num_predict: 12, seed: 7, temperature: 0.8 } };
    const whole = await client.generate(body);
    assertEnd(whole, 'length');
    const parts = await collect(await client.generate({ ...body, stream: true }));
    assert.equal(parts.map((part) => part.response).join(''), whole.response);
    assert.equal((await client.generate({ model: 'guide', prompt: '' })).done_reason, 'load');
});

test('thoughts are asked for and may stay out', async () => {
    const thought = await chat({ model: 'guide-reasoning', think: true, options: { num_predict: 2000 } });
    assert.ok(thought.message.thinking && thought.message.content);
    assert.ok((await chat({ think: false, keep_alive: '5m' })).message.content);
    await assert.rejects(chat({ think: true }), { status_code: 400 });
});

test('embeddings, new and old', async () => {
    const { embeddings } = await client.embed({ model: 'wordmap-256', input: ['a small boat', 'a little ship', 'tax law'] });
    const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    assert.ok(Math.abs(dot(embeddings[0], embeddings[0]) - 1) < 1e-4);
    assert.ok(dot(embeddings[0], embeddings[1]) > dot(embeddings[0], embeddings[2]));
    const short = await client.embed({ model: 'wordmap-256:latest', input: 'a boat', dimensions: 64, truncate: true });
    assert.equal(short.embeddings[0].length, 64);
    assert.equal((await client.embeddings({ model: 'wordmap-256', prompt: 'a boat' })).embedding.length, embeddings[0].length);
});

test('errors: key, model, route for the model, pictures, wrong types', async () => {
    await assertRefused(makeClient('wrong').list(), 401, /key/);
    await assertRefused(chat({ model: 'no-such-model' }), 404, /^model 'no-such-model' not found$/);
    await assertRefused(client.show({ model: 'no-such-model' }), 404, /not found/);
    await assertRefused(chat({ model: 'wordmap-256' }), 400, /chat/);
    const image = pixel.slice(pixel.indexOf(',') + 1);
    await assertRefused(chat({ messages: [{ role: 'user', content: 'What?', images: [image] }] }), 400, /messages\[0\].*pictures/);
    await assertRefused(chat({ options: { temperature: 'hot' } }), 400, /options\.temperature/);
});

test('models can not be fetched, made or deleted', async () => {
    await assertRefused(client.pull({ model: 'guide' }), 405, /fixed set of models/);
    await assertRefused(client.push({ model: 'guide' }), 405, /fixed set of models/);
    await assertRefused(client.create({ model: 'mine', from: 'guide' }), 405, /fixed set of models/);
    await assertRefused(client.copy({ source: 'guide', destination: 'mine' }), 405, /fixed set of models/);
    await assertRefused(client.delete({ model: 'guide' }), 405, /fixed set of models/);
});

test('a stream that is stopped', async () => {
    const stream = await chat({ stream: true, options: {} });
    await assert.rejects(async () => {
        for await (const part of stream) {
            assert.equal(part.done, false);
            stream.abort();
        }
    }, { name: 'AbortError' });
    assert.ok((await chat({})).message.content);
});
