// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_feeder: a loopback server that costs its clients as little as a server can. It prints its port and runs until
// its standard input ends. The base URL says what is served:
//   /chunks/N/W    a chat stream of N events, each an HTTP chunk of its own, W of them per write
//   /endless       a chat stream with an event every 5 ms; when the client closes, "closed NANOSECONDS" is printed
//                  (steady clock, the same for all processes of a machine)
//   /paced/N/MS    a chat stream of N events, MS milliseconds apart
//   /markdown/N/R  a chat stream of N bytes of Markdown, R events of four bytes a second
//   /instant       a small chat answer in one piece
//   /floats/N      N embeddings of 1,536 numbers as JSON
//   /base64/N      the same as base64
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

bool sendAll(int socket, std::string_view data)
{
    while (!data.empty()) {
        const ssize_t sent = send(socket, data.data(), data.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        data.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool receiveMore(int socket, std::string &data)
{
    std::array<char, 65536> buffer {};
    const ssize_t received = recv(socket, buffer.data(), buffer.size(), 0);
    if (received <= 0)
        return false;
    data.append(buffer.data(), static_cast<std::size_t>(received));
    return true;
}

/// Takes one request with a Content-Length off the connection; returns its path, empty at the end.
std::string receiveRequest(int socket, std::string &pending)
{
    std::size_t headEnd = 0;
    while ((headEnd = pending.find("\r\n\r\n")) == std::string::npos) {
        if (!receiveMore(socket, pending))
            return {};
    }
    std::string head = pending.substr(0, headEnd);
    std::transform(head.begin(), head.end(), head.begin(), [](unsigned char c) { return std::tolower(c); });
    constexpr std::string_view lengthName = "content-length:";
    const std::size_t length = head.find(lengthName);
    const std::size_t bodySize =
        length == std::string::npos ? 0 : std::strtoul(head.c_str() + length + lengthName.size(), nullptr, 10);
    while (pending.size() < headEnd + 4 + bodySize) {
        if (!receiveMore(socket, pending))
            return {};
    }
    pending.erase(0, headEnd + 4 + bodySize);
    const std::size_t path = head.find(' ') + 1;
    return head.substr(path, head.find(' ', path) - path);
}

constexpr std::string_view streamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                        "Transfer-Encoding: chunked\r\n\r\n";

void appendChunk(std::string &out, std::string_view data)
{
    std::array<char, 16> size {};
    const int digits = std::snprintf(size.data(), size.size(), "%zx\r\n", data.size());
    out.append(size.data(), static_cast<std::size_t>(digits)).append(data).append("\r\n");
}

void appendEvent(std::string &out, long number, bool isLast)
{
    std::array<char, 320> event {};
    const int size = std::snprintf(event.data(), event.size(),
        R"(data: {"id":"chatcmpl-0123456789abcdef","object":"chat.completion.chunk","created":1760000000,)"
        R"("model":"bench","choices":[{"index":0,"delta":{"content":"word%05ld "},"finish_reason":%s}]})"
        "\n\n",
        number % 100000, isLast ? "\"stop\"" : "null");
    appendChunk(out, std::string_view(event.data(), static_cast<std::size_t>(size)));
}

bool serveChunks(int socket, long count, long perWrite)
{
    std::string out(streamHead);
    for (long i = 0; i < count; ++i) {
        appendEvent(out, i, i == count - 1);
        if ((i + 1) % perWrite != 0)
            continue;
        if (!sendAll(socket, out))
            return false;
        out.clear();
    }
    appendChunk(out, "data: [DONE]\n\n");
    return sendAll(socket, out.append("0\r\n\r\n"));
}

void serveEndless(int socket)
{
    std::string out(streamHead);
    pollfd waiting {.fd = socket, .events = POLLIN | POLLRDHUP, .revents = 0};
    for (long i = 0; sendAll(socket, out); ++i) {
        if (poll(&waiting, 1, 5) > 0)
            break;
        out.clear();
        appendEvent(out, i, false);
    }
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    std::printf("closed %lld\n", static_cast<long long>(std::chrono::nanoseconds(now).count()));
    std::fflush(stdout);
}

bool servePaced(int socket, long count, long milliseconds)
{
    std::string out(streamHead);
    for (long i = 0; i < count; ++i) {
        appendEvent(out, i, i == count - 1);
        if (!sendAll(socket, out))
            return false;
        out.clear();
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    }
    appendChunk(out, "data: [DONE]\n\n");
    return sendAll(socket, out.append("0\r\n\r\n"));
}

/// What models write: headings, lists, code, tables, formulas. Escaped as in JSON; every escape is two bytes.
constexpr std::string_view markdownPart =
    R"(## Section with `code`\n\nA paragraph of **some length** that explains a thing or two, with a [link](https://e.org) )"
    R"(and *emphasis*, so that marks arrive now and then; where $x_1^2$ is, it costs $5 and $6.\n\n)"
    R"(1. First item with some words in it\n2. Second item, **bold**\n   - nested one\n   - nested two\n\n)"
    R"(```python\ndef f(values):\n    total = 0\n    for value in values:\n        total += value * 2\n    return total\n```\n\n)"
    R"(| name | value |\n|---|---|\n| alpha | 1 |\n| beta | 2 |\n\n> A quote, to be complete.\n\n$$\na^2 + b^2 = c^2\n$$\n\n---\n\n)";

/// The four characters from `position` on, with whole escapes; moves the position behind them.
std::string markdownToken(std::size_t &position)
{
    std::string token;
    for (int i = 0; i < 4; ++i) {
        const std::size_t size = markdownPart[position] == '\\' ? 2 : 1;
        token += markdownPart.substr(position, size);
        position = (position + size) % markdownPart.size();
    }
    return token;
}

bool serveMarkdown(int socket, long bytes, long perSecond)
{
    const auto start = std::chrono::steady_clock::now();
    std::string out(streamHead);
    std::size_t position = 0;
    for (long i = 0; i < bytes / 4; ++i) {
        const std::string event = R"(data: {"id":"chatcmpl-0123456789abcdef","object":"chat.completion.chunk",)"
                                  R"("created":1760000000,"model":"bench","choices":[{"index":0,"delta":{"content":")"
            + markdownToken(position) + "\"}}]}\n\n";
        appendChunk(out, event);
        if (!sendAll(socket, out))
            return false;
        out.clear();
        std::this_thread::sleep_until(start + std::chrono::microseconds(1'000'000 * (i + 1) / perSecond));
    }
    appendChunk(out, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
    appendChunk(out, "data: [DONE]\n\n");
    return sendAll(socket, out.append("0\r\n\r\n"));
}

bool serveInstant(int socket)
{
    static const std::string body =
        R"({"id":"chatcmpl-1","object":"chat.completion","created":1760000000,"model":"bench","choices":[{"index":0,)"
        R"("message":{"role":"assistant","content":"Yes, it does."},"finish_reason":"stop"}],)"
        R"("usage":{"prompt_tokens":8,"completion_tokens":5,"total_tokens":13}})";
    static const std::string answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + std::to_string(body.size()) + "\r\n\r\n" + body;
    return sendAll(socket, answer);
}

std::string base64(const std::vector<float> &values)
{
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::vector<unsigned char> bytes(values.size() * sizeof(float)); // 6,144: divisible by three, so without padding
    std::memcpy(bytes.data(), values.data(), bytes.size());
    std::string text;
    for (std::size_t i = 0; i + 2 < bytes.size(); i += 3) {
        const unsigned group = static_cast<unsigned>(bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2]);
        for (const unsigned shift : {18U, 12U, 6U, 0U})
            text += digits[group >> shift & 63U];
    }
    return text;
}

std::string numbers(const std::vector<float> &values)
{
    std::string text;
    std::array<char, 32> number {};
    for (const float value : values) {
        const int size = std::snprintf(number.data(), number.size(), "%.17g,", static_cast<double>(value));
        text.append(number.data(), static_cast<std::size_t>(size));
    }
    text.pop_back();
    return text;
}

bool serveEmbeddings(int socket, long count, bool asBase64)
{
    std::string body = R"({"object":"list","model":"bench","data":[)";
    std::vector<float> values(1536);
    std::uint32_t seed = 1;
    for (long row = 0; row < count; ++row) {
        for (float &value : values) {
            seed = seed * 1664525U + 1013904223U;
            value = static_cast<float>(seed >> 8) / static_cast<float>(1U << 24) - 0.5F;
        }
        body += (row == 0 ? "" : ",");
        body += R"({"object":"embedding","index":)" + std::to_string(row) + R"(,"embedding":)";
        body += asBase64 ? '"' + base64(values) + "\"}" : '[' + numbers(values) + "]}";
    }
    body += R"(],"usage":{"prompt_tokens":8,"total_tokens":8}})";
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
    return sendAll(socket, head + std::to_string(body.size()) + "\r\n\r\n") && sendAll(socket, body);
}

/// Serves one request; returns whether the connection can take another.
bool serve(int socket, const std::string &path)
{
    long first = 0;
    long second = 1;
    if (std::sscanf(path.c_str(), "/chunks/%ld/%ld", &first, &second) == 2)
        return serveChunks(socket, first, std::max(second, 1L));
    if (std::sscanf(path.c_str(), "/paced/%ld/%ld", &first, &second) == 2)
        return servePaced(socket, first, second);
    if (std::sscanf(path.c_str(), "/markdown/%ld/%ld", &first, &second) == 2)
        return serveMarkdown(socket, first, std::max(second, 1L));
    if (path.starts_with("/instant"))
        return serveInstant(socket);
    if (std::sscanf(path.c_str(), "/floats/%ld", &first) == 1)
        return serveEmbeddings(socket, first, false);
    if (std::sscanf(path.c_str(), "/base64/%ld", &first) == 1)
        return serveEmbeddings(socket, first, true);
    if (path.starts_with("/endless"))
        serveEndless(socket);
    return false;
}

void serveConnection(int socket)
{
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    std::string pending;
    for (bool goesOn = true; goesOn;) {
        const std::string path = receiveRequest(socket, pending);
        goesOn = !path.empty() && serve(socket, path);
    }
    close(socket);
}

} // namespace

int main()
{
    std::signal(SIGPIPE, SIG_IGN);
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr *>(&address), size) != 0 || listen(listener, 1024) != 0
        || getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size) != 0) {
        std::perror("bench_feeder");
        return 1;
    }
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    std::thread([] {
        std::array<char, 64> ignored {};
        while (read(STDIN_FILENO, ignored.data(), ignored.size()) > 0) { }
        std::_Exit(0);
    }).detach();
    for (;;) {
        const int connection = accept(listener, nullptr, nullptr);
        if (connection >= 0)
            std::thread(serveConnection, connection).detach();
    }
}
