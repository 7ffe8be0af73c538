// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_gatewayload: a client that costs as little as a client can, for measuring servers. One JSON object on standard
// output. Everything goes to 127.0.0.1 and ends by itself. Headers may follow each.
//
// rate PORT PATH MODEL CONNECTIONS SECONDS: small chats in one piece, one after the other on each connection.
//
// first PORT PATH MODEL COUNT: streamed chats one after the other, the time to the first event.
//
// leave PORT PATH MODEL COUNT: streamed chats left after their first event; when, one line each, in nanoseconds of the
// steady clock, which all processes of a machine share.
//
// hold PORT PATH MODEL STREAMS: streamed chats all at once, how many came to their end. Once all have begun it prints a
// line "all".
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Target {
    int port = 0;
    std::string path {};
    std::string model {};
    std::string headers {};
};

int connectTo(int port)
{
    const int connection = socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(connection, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
        std::perror("bench_gatewayload");
        std::exit(1);
    }
    return connection;
}

std::string requestFor(const Target &target, bool stream)
{
    const std::string body = R"({"model":")" + target.model
        + R"(","messages":[{"role":"user","content":"Does it work?"}])" + (stream ? R"(,"stream":true})" : "}");
    return "POST " + target.path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(target.port)
        + "\r\nContent-Type: application/json\r\n" + target.headers + "Content-Length: " + std::to_string(body.size())
        + "\r\n\r\n" + body;
}

void sendAll(int connection, std::string_view data)
{
    while (!data.empty()) {
        const ssize_t sent = send(connection, data.data(), data.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        data.remove_prefix(static_cast<std::size_t>(sent));
    }
}

/// An answer as it comes in; knows its end by Content-Length or by the last chunk.
class Answer
{
public:
    /// False when the connection has ended.
    bool receive(int connection)
    {
        std::array<char, 65536> buffer;
        const ssize_t size = recv(connection, buffer.data(), buffer.size(), 0);
        if (size > 0)
            m_bytes.append(buffer.data(), static_cast<std::size_t>(size));
        return size > 0;
    }
    [[nodiscard]] bool isGood() const { return m_bytes.starts_with("HTTP/1.1 200"); }
    [[nodiscard]] bool hasEvent() const
    {
        const std::size_t head = m_bytes.find("\r\n\r\n");
        return head != std::string::npos && m_bytes.find("data:", head) != std::string::npos;
    }
    [[nodiscard]] bool isComplete() const
    {
        const std::size_t head = m_bytes.find("\r\n\r\n");
        if (head == std::string::npos)
            return false;
        std::string names = m_bytes.substr(0, head);
        std::transform(names.begin(), names.end(), names.begin(), [](unsigned char c) { return std::tolower(c); });
        constexpr std::string_view lengthName = "content-length:";
        if (const std::size_t length = names.find(lengthName); length != std::string::npos)
            return m_bytes.size() - head - 4 >= std::strtoul(names.c_str() + length + lengthName.size(), nullptr, 10);
        return m_bytes.ends_with("\r\n0\r\n\r\n");
    }
    void clear() { m_bytes.clear(); }

private:
    std::string m_bytes;
};

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

int measureRate(const Target &target, int connections, double seconds)
{
    const std::string request = requestFor(target, false);
    std::vector<pollfd> sockets;
    std::vector<Answer> answers(static_cast<std::size_t>(connections));
    for (int i = 0; i < connections; ++i) {
        sockets.push_back({.fd = connectTo(target.port), .events = POLLIN, .revents = 0});
        sendAll(sockets.back().fd, request);
    }
    long done = 0;
    long bad = 0;
    const Clock::time_point start = Clock::now();
    while (secondsSince(start) < seconds && bad < 100) {
        poll(sockets.data(), sockets.size(), 1000);
        for (std::size_t i = 0; i < sockets.size(); ++i) {
            if (sockets[i].revents == 0)
                continue;
            const bool isOpen = answers[i].receive(sockets[i].fd);
            if (isOpen && !answers[i].isComplete())
                continue;
            (isOpen && answers[i].isGood() ? done : bad) += 1;
            answers[i].clear();
            if (!isOpen) {
                close(sockets[i].fd);
                sockets[i].fd = connectTo(target.port);
            }
            sendAll(sockets[i].fd, request);
        }
    }
    std::printf("{\"per_second\": %.1f, \"bad\": %ld}\n", static_cast<double>(done) / secondsSince(start), bad);
    return bad == 0 ? 0 : 1;
}

int measureFirst(const Target &target, int count)
{
    const std::string request = requestFor(target, true);
    const int connection = connectTo(target.port);
    std::vector<double> times;
    constexpr int warmUp = 20;
    for (int i = 0; i < count + warmUp; ++i) {
        Answer answer;
        double first = -1;
        const Clock::time_point start = Clock::now();
        sendAll(connection, request);
        while (!answer.isComplete()) {
            if (!answer.receive(connection))
                return 1;
            if (first < 0 && answer.hasEvent())
                first = secondsSince(start) * 1000;
        }
        if (!answer.isGood())
            return 1;
        if (i >= warmUp)
            times.push_back(first);
    }
    std::sort(times.begin(), times.end());
    const auto at = [&times](
                        double share) { return times[static_cast<std::size_t>(share * double(times.size() - 1))]; };
    std::printf("{\"p50_ms\": %.4f, \"p99_ms\": %.4f, \"count\": %zu}\n", at(0.5), at(0.99), times.size());
    return 0;
}

int leaveStreams(const Target &target, int count)
{
    const std::string request = requestFor(target, true);
    for (int i = 0; i < count; ++i) {
        const int connection = connectTo(target.port);
        sendAll(connection, request);
        Answer answer;
        while (!answer.hasEvent()) {
            if (!answer.receive(connection))
                return 1;
        }
        usleep(20'000); // a moment into the stream, when nobody is busy with the beginning
        std::printf("%lld\n", static_cast<long long>(Clock::now().time_since_epoch().count()));
        close(connection);
        usleep(100'000);
    }
    return 0;
}

int measureHold(const Target &target, int streams)
{
    const std::string request = requestFor(target, true);
    std::vector<pollfd> sockets;
    std::vector<Answer> answers(static_cast<std::size_t>(streams));
    for (int i = 0; i < streams; ++i) {
        sockets.push_back({.fd = connectTo(target.port), .events = POLLIN, .revents = 0});
        sendAll(sockets.back().fd, request);
    }
    int begun = 0;
    int whole = 0;
    int open = streams;
    std::vector<bool> hasBegun(answers.size());
    const Clock::time_point start = Clock::now();
    while (open > 0 && secondsSince(start) < 120) {
        poll(sockets.data(), sockets.size(), 1000);
        for (std::size_t i = 0; i < sockets.size(); ++i) {
            if (sockets[i].fd < 0 || sockets[i].revents == 0)
                continue;
            const bool isOpen = answers[i].receive(sockets[i].fd);
            if (!hasBegun[i] && answers[i].hasEvent()) {
                hasBegun[i] = true;
                if (++begun == streams) {
                    std::puts("all");
                    std::fflush(stdout);
                }
            }
            if (isOpen && !answers[i].isComplete())
                continue;
            whole += isOpen && answers[i].isGood() ? 1 : 0;
            close(sockets[i].fd);
            sockets[i].fd = -1;
            --open;
        }
    }
    std::printf("{\"streams\": %d, \"whole\": %d, \"seconds\": %.2f}\n", streams, whole, secondsSince(start));
    return whole == streams ? 0 : 1;
}

} // namespace

int main(int count, char **arguments)
{
    const std::vector<std::string> words(arguments, arguments + count);
    constexpr std::size_t common = 6; // program, command, port, path, model, number
    if (words.size() < common) {
        std::fputs("usage: see the head of the source\n", stderr);
        return 2;
    }
    Target target {.port = std::atoi(words[2].c_str()), .path = words[3], .model = words[4]};
    const bool isRate = words[1] == "rate";
    for (std::size_t i = common + (isRate ? 1 : 0); i < words.size(); ++i)
        target.headers += words[i] + "\r\n";
    const int number = std::atoi(words[5].c_str());
    if (isRate && words.size() > common)
        return measureRate(target, number, std::atof(words[6].c_str()));
    if (words[1] == "leave")
        return leaveStreams(target, number);
    if (words[1] == "first")
        return measureFirst(target, number);
    return measureHold(target, number);
}
