// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The official Anthropic client against the built-in endpoint.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { citySchema, collect, key, pixel, startServer, weatherTool } from './server.mjs';

let server;
let client;
const messages = [{ role: 'user', content: 'What is Diptych?' }];
const tool = {
    name: weatherTool.function.name,
    description: weatherTool.function.description,
    input_schema: weatherTool.function.parameters,
};

function makeClient(options = { apiKey: key }) {
    return new Anthropic({ baseURL: server.url, maxRetries: 0, apiKey: null, authToken: null, ...options });
}

function bodyOf(body) {
    return { model: 'guide', max_tokens: 60, system: 'Be brief.', messages, ...body };
}

function ask(body) {
    return client.messages.create(bodyOf(body));
}

before(async () => {
    server = await startServer();
    client = makeClient();
});
after(() => server.stop());

test('models: list, pages, retrieve', async () => {
    const models = await collect(client.models.list());
    const ids = models.map((model) => model.id);
    assert.deepEqual(ids.slice(0, 2), ['guide', 'guide-brief']);
    assert.ok(!ids.includes('babbler-5') && !ids.includes('wordmap-256'), 'only models that chat');
    assert.ok(models.every((model) => model.type === 'model' && model.display_name && Date.parse(model.created_at) >= 0));
    assert.equal((await collect(client.models.list({ limit: 1 }))).length, models.length);
    assert.equal((await client.models.retrieve('guide')).id, 'guide');
    await assert.rejects(client.models.retrieve('no-such-model'), Anthropic.NotFoundError);
});

test('a message in one piece, by either key', async () => {
    for (const options of [{ apiKey: key }, { authToken: key }]) {
        const message = await makeClient(options).messages.create(bodyOf({}));
        assert.match(message.id, /^msg_/);
        assert.equal(message.type, 'message');
        assert.equal(message.role, 'assistant');
        assert.equal(message.content[0].type, 'text');
        assert.ok(message.content[0].text);
        assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0);
        assert.ok(message._request_id);
    }
});

test('reasons to stop', async () => {
    const whole = await ask({ max_tokens: 4000 });
    assert.equal(whole.stop_reason, 'end_turn');
    assert.equal(whole.stop_sequence, null);
    const cut = await ask({ max_tokens: 3 });
    assert.equal(cut.stop_reason, 'max_tokens');
    assert.equal(cut.usage.output_tokens, 3);
    const word = cut.content[0].text.split(' ')[1];
    const stopped = await ask({ stop_sequences: [word], temperature: 0.5, top_p: 0.9, top_k: 5, metadata: { user_id: 'u' } });
    assert.ok(!stopped.content.some((block) => block.text.includes(word)));
    assert.equal(stopped.stop_reason, 'stop_sequence');
    assert.equal(stopped.stop_sequence, word);
});

test('a stream, event by event', async () => {
    const events = await collect(await ask({ stream: true }));
    const types = events.map((event) => event.type);
    assert.equal(types[0], 'message_start');
    assert.equal(types.at(-1), 'message_stop');
    assert.equal(types.at(-2), 'message_delta');
    assert.ok(events.at(-2).usage.output_tokens > 0);
    assert.ok(events.filter((event) => event.type === 'content_block_delta').length > 2);
});

test('the client puts a stream together', async () => {
    const stream = client.messages.stream(bodyOf({}));
    const pieces = [];
    stream.on('text', (piece) => pieces.push(piece));
    const message = await stream.finalMessage();
    assert.equal(message.content[0].text, pieces.join(''));
    assert.equal(message.content[0].text, (await ask({})).content[0].text);
    assert.ok(message.usage.input_tokens > 0);
});

test('system and content as blocks', async () => {
    const message = await ask({
        system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
        messages: [
            { role: 'user', content: [{ type: 'text', text: 'What is Diptych?' }] },
            { role: 'assistant', content: [{ type: 'thinking', thinking: 'Hm.', signature: '' }, { type: 'text', text: 'A playground.' }] },
            { role: 'user', content: [{ type: 'text', text: 'What are extras?' }] },
        ],
    });
    assert.ok(message.content[0].text);
});

test('tools: a call, its result, an answer', async () => {
    const question = { role: 'user', content: 'What is the weather in Porto?' };
    for (const choice of [undefined, { type: 'any' }, { type: 'tool', name: tool.name, disable_parallel_tool_use: true }]) {
        const body = { tools: [tool], messages: [question], max_tokens: 1000, tool_choice: choice };
        const whole = await ask(body);
        const streamed = await client.messages.stream(bodyOf(body)).finalMessage();
        for (const message of [whole, streamed]) {
            assert.equal(message.stop_reason, 'tool_use');
            const call = message.content.find((block) => block.type === 'tool_use');
            assert.ok(call.id);
            assert.equal(call.name, tool.name);
            assert.equal(typeof call.input.city, 'string');
            const result = { type: 'tool_result', tool_use_id: call.id, content: [{ type: 'text', text: 'It rains.' }] };
            const final = await ask({
                tools: [tool],
                messages: [question, { role: 'assistant', content: message.content }, { role: 'user', content: [result] }],
            });
            assert.ok(final.content[0].text);
        }
    }
    const none = await ask({ tools: [tool], messages: [question], tool_choice: { type: 'none' } });
    assert.equal(none.content[0].type, 'text');
});

test('an answer by a schema', async () => {
    const message = await ask({ max_tokens: 1000, output_config: { format: { type: 'json_schema', schema: citySchema } } });
    assert.deepEqual(Object.keys(JSON.parse(message.content[0].text)).sort(), ['city', 'rainy']);
});

test('thinking may be asked for', async () => {
    const message = await ask({ max_tokens: 2000, thinking: { type: 'enabled', budget_tokens: 1024 } });
    assert.ok(message.content.at(-1).text);
});

test('tokens are counted, and said to be estimated', async () => {
    const { data, response } = await client.messages.countTokens({ model: 'guide', messages, system: 'Be brief.' }).withResponse();
    assert.ok(data.input_tokens > 0);
    assert.equal(response.headers.get('x-token-count'), 'estimated');
    const longer = await client.messages.countTokens({ model: 'guide', messages, system: 'Be brief.', tools: [tool] });
    assert.ok(longer.input_tokens > data.input_tokens);
    await assert.rejects(client.messages.countTokens({ model: 'no-such-model', messages }), Anthropic.NotFoundError);
});

test('errors become the right classes', async () => {
    await assert.rejects(makeClient({ apiKey: 'wrong' }).messages.create(bodyOf({})), Anthropic.AuthenticationError);
    await assert.rejects(makeClient({ apiKey: 'wrong' }).models.list(), Anthropic.AuthenticationError);
    await assert.rejects(ask({ model: 'no-such-model' }), Anthropic.NotFoundError);
    await assert.rejects(ask({ stream: true, model: 'no-such-model' }), Anthropic.NotFoundError);
    await assert.rejects(ask({ model: 'wordmap-256' }), Anthropic.BadRequestError);
    const { data, mediaType } = pixel.match(/^data:(?<mediaType>[^;]+);base64,(?<data>.*)$/).groups;
    const source = { type: 'base64', media_type: mediaType, data };
    for (const [body, path] of [
        [{ temperature: 'hot' }, 'temperature'],
        [{ max_tokens: undefined }, 'max_tokens'],
        [{ system: undefined, messages: [{ role: 'user', content: [{ type: 'image', source }] }] }, 'messages[0].content[0]'],
    ]) {
        await assert.rejects(ask(body), (error) => {
            assert.ok(error instanceof Anthropic.BadRequestError, String(error));
            assert.equal(error.error.type, 'error');
            assert.equal(error.error.error.type, 'invalid_request_error');
            assert.ok(error.error.error.message.includes(path), error.message);
            assert.equal(error.error.request_id, error.requestID);
            assert.ok(error.requestID);
            return true;
        });
    }
});

test('a stream that is stopped', async () => {
    const stream = await ask({ stream: true, max_tokens: 4000 });
    for await (const event of stream) {
        if (event.type === 'content_block_delta')
            stream.controller.abort();
    }
    const helped = client.messages.stream(bodyOf({ max_tokens: 4000 }));
    helped.on('text', () => helped.abort());
    await assert.rejects(helped.finalMessage(), Anthropic.APIUserAbortError);
    assert.ok((await ask({})).id);
});
