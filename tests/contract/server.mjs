// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Starts `diptych-cli serve` on a free port for one test file.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export const key = 'contract-key';

/// { url, stop }: the endpoint's root, and what ends it.
export async function startServer() {
    const server = spawn(process.env.DIPTYCH_CLI, ['serve', '--port', '0', '--key', key], { stdio: ['ignore', 'ignore', 'pipe'] });
    const lines = createInterface({ input: server.stderr });
    const url = await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
        lines.on('line', (line) => {
            const found = line.match(/http:\/\/127\.0\.0\.1:\d+/);
            if (found)
                resolve(found[0]);
        });
    });
    const ended = new Promise((resolve) => server.once('exit', resolve));
    return { url, stop: () => { server.kill('SIGTERM'); return ended; } };
}

/// What `stream` yields, as an array.
export async function collect(stream) {
    const items = [];
    for await (const item of stream)
        items.push(item);
    return items;
}

export const weatherTool = {
    type: 'function',
    function: {
        name: 'get_weather',
        description: 'The weather of a city',
        parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
};

export const citySchema = {
    type: 'object',
    properties: { city: { type: 'string' }, rainy: { type: 'boolean' } },
    required: ['city', 'rainy'],
    additionalProperties: false,
};

/// A PNG of one pixel.
export const pixel = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
