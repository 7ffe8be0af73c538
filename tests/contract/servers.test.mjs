// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// diptych-cli as a client of a server that others wrote, in every dialect it speaks, with and without faults.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { LLMock } from '@copilotkit/aimock';
import { weatherTool } from './server.mjs';

const key = 'sk-contract-secret';
const answer = 'Two panes, one prompt: a diptych. Naïve — 日本語 🎨 done.';
const dialects = [
    { kind: 'openai', path: '/v1', embeds: true, lists: true },
    { kind: 'openai', path: '/openai/deployments/gpt-4o', embeds: true },
    { kind: 'azure', path: '/v1', embeds: true },
    { kind: 'ollama', path: '', embeds: true, lists: true },
    { kind: 'anthropic', path: '', lists: true },
    { kind: 'gemini', path: '/v1beta', embeds: true },
    { kind: 'cohere', path: '', embeds: true },
];

let mock;
let folder;

/// Runs the program; { code, out, err, lines: the JSON lines of the output }.
function run(dialect, command, ...args) {
    const options = ['--url', mock.url + dialect.path, '--kind', dialect.kind, '--key-env', 'CONTRACT_KEY', '--retries', '0'];
    if (command === 'chat')
        options.push('--json');
    return new Promise((resolve, reject) => {
        const child = spawn(process.env.DIPTYCH_CLI, [command, ...options, ...args],
            { env: { ...process.env, CONTRACT_KEY: key }, stdio: ['ignore', 'pipe', 'pipe'] });
        let out = '';
        let err = '';
        child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
        child.stderr.setEncoding('utf8').on('data', (text) => { err += text; });
        child.once('error', reject);
        child.once('close', (code) => {
            assert.ok(!(out + err).includes(key), 'the key is not shown');
            resolve({ code, out, err, lines: out.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)) });
        });
    });
}

function ask(dialect, ...args) {
    return run(dialect, 'chat', '-m', 'gpt-4o', ...args);
}

const textOf = (result) => result.lines.filter((line) => line.type === 'delta').map((line) => line.text ?? '').join('');
const doneOf = (result) => result.lines.find((line) => line.type === 'done');

before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'diptych-contract-'));
    mock = new LLMock({ port: 0 });
    mock.onMessage('hello', { content: answer });
    mock.onMessage('cut', { content: answer }, { truncateAfterChunks: 4, latency: 10, chunkSize: 5 });
    mock.onMessage('weather', { toolCalls: [{ name: 'get_weather', arguments: '{"city":"Oslo"}' }] });
    mock.onMessage('forbidden', { error: { message: 'no such luck', type: 'invalid_request_error' }, status: 400 });
    await mock.start();
});
afterEach(() => mock.clearChaos());
after(async () => {
    rmSync(folder, { recursive: true });
    await mock.stop();
});

for (const dialect of dialects) {
    describe(`${dialect.kind} at ${dialect.path || '/'}`, () => {
        test('streams an answer', async () => {
            const result = await ask(dialect, 'hello');
            assert.equal(result.code, 0, result.err);
            assert.equal(textOf(result), answer);
            assert.equal(doneOf(result).text, answer);
            assert.equal(doneOf(result).finish_reason, 'stop');
        });

        test('takes an answer in one piece', async () => {
            const result = await ask(dialect, '--no-stream', 'hello');
            assert.equal(result.code, 0, result.err);
            assert.equal(doneOf(result).text, answer);
        });

        test('sends its key and a known request', async () => {
            mock.clearRequests();
            await ask(dialect, '--temperature', '0.5', '--max-tokens', '99', '-s', 'Be brief.', 'hello');
            const { headers, body } = mock.getLastRequest();
            // The journal hides the values of keys; that there was one is what counts.
            assert.ok(['authorization', 'api-key', 'x-api-key', 'x-goog-api-key'].some((name) => name in headers), JSON.stringify(headers));
            assert.equal(body.temperature, 0.5);
        });

        test('hands over tool calls', async () => {
            const tools = join(folder, 'tools.json');
            writeFileSync(tools, JSON.stringify([weatherTool]));
            for (const stream of [[], ['--no-stream']]) {
                const result = await ask(dialect, '--tools', tools, ...stream, 'weather');
                assert.equal(result.code, 0, result.err);
                const call = doneOf(result).tool_calls?.[0];
                assert.equal(call?.name ?? call?.function?.name, 'get_weather', result.out);
                assert.deepEqual(JSON.parse(call.arguments ?? call.function.arguments), { city: 'Oslo' });
                assert.equal(doneOf(result).finish_reason, 'tool_calls');
            }
        });

        test('an answer that is cut keeps its text and is an error', async () => {
            const result = await ask(dialect, 'cut');
            assert.notEqual(result.code, 0);
            assert.ok(textOf(result).length > 0 && answer.startsWith(textOf(result)), result.out);
        });

        test('an error of the server is told in its words', async () => {
            const result = await ask(dialect, 'forbidden');
            assert.equal(result.code, 1);
            assert.match(result.out + result.err, /no such luck/);
        });

        test('a rate limit', async () => {
            mock.setChaos({ rateLimitRate: 1 });
            const result = await ask(dialect, 'hello');
            assert.equal(result.code, 1);
            assert.match(result.out + result.err, /RateLimited|429|rate/i);
        });

        test('malformed answers', async () => {
            mock.setChaos({ malformedRate: 1 });
            const result = await ask(dialect, 'hello');
            assert.equal(result.code, 1);
            assert.equal(textOf(result), '');
        });

        test('a lost connection', async () => {
            mock.setChaos({ disconnectRate: 1 });
            const result = await ask(dialect, 'hello');
            assert.equal(result.code, 5, result.out + result.err);
        });

        test('a failing server, asked again', async () => {
            mock.setChaos({ dropRate: 1 });
            mock.clearRequests();
            const result = await ask(dialect, '--retries', '1', 'hello');
            assert.equal(result.code, 1);
            assert.equal(mock.getRequests().length, 2);
        });

        test('a slow server', async () => {
            mock.setChaos({ latencyMs: 3000 });
            const result = await ask(dialect, '--timeout', '1', 'hello');
            assert.equal(result.code, 5, result.out + result.err);
        });

        test(`embeddings: ${dialect.embeds ? 'rows' : 'a clear refusal'}`, async () => {
            const result = await run(dialect, 'embed', '-m', 'text-embedding-3-small', 'a text');
            if (dialect.embeds) {
                assert.equal(result.code, 0, result.err);
            } else {
                assert.equal(result.code, 3, result.err);
            }
        });

        if (dialect.lists) {
            test('lists models', async () => {
                const result = await run(dialect, 'models');
                assert.equal(result.code, 0, result.err);
                assert.match(result.out, /gpt-4o/);
            });
        }
    });
}
