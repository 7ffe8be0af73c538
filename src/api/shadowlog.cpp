// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/shadowlog.h"

#include <QJsonDocument>

#include <algorithm>
#include <numeric>

namespace diptych {

namespace {

qint64 textBytes(const QString &text)
{
    return text.size() * static_cast<qint64>(sizeof(QChar));
}

struct PartBytes {
    qint64 operator()(const TextPart &part) const { return textBytes(part.text); }
    qint64 operator()(const ImagePart &part) const { return textBytes(part.url); }
    qint64 operator()(const AudioPart &part) const { return part.data.size(); }
    qint64 operator()(const AudioUrlPart &part) const { return textBytes(part.url); }
};

qint64 bytesOf(const QJsonObject &object)
{
    return object.isEmpty() ? 0 : QJsonDocument(object).toJson(QJsonDocument::Compact).size();
}

qint64 bytesOf(const Message &message)
{
    qint64 bytes = textBytes(message.reasoning) + textBytes(message.refusal);
    for (const ContentPart &part : message.content)
        bytes += std::visit(PartBytes(), part);
    for (const ToolCall &call : message.toolCalls)
        bytes += textBytes(call.arguments);
    if (!message.opaque.isEmpty())
        bytes += QJsonDocument(message.opaque).toJson(QJsonDocument::Compact).size();
    return bytes;
}

qint64 bytesOf(const TokenLogprob &token)
{
    return static_cast<qint64>(sizeof(TokenLogprob) + token.top.size() * sizeof(TokenLogprob::Alternative));
}

qint64 bytesOf(const ChatRequest &request)
{
    qint64 bytes = bytesOf(request.extras);
    for (const Message &message : request.messages)
        bytes += bytesOf(message);
    for (const Tool &tool : request.tools)
        bytes += bytesOf(tool.parameters);
    return bytes;
}

qint64 bytesOf(const ChatChoice &choice)
{
    return std::accumulate(choice.logprobs.begin(), choice.logprobs.end(), bytesOf(choice.message),
        [](qint64 sum, const TokenLogprob &token) { return sum + bytesOf(token); });
}

qint64 bytesOf(const ChatResponse &response)
{
    return std::accumulate(response.choices.begin(), response.choices.end(), qint64(0),
        [](qint64 sum, const ChatChoice &choice) { return sum + bytesOf(choice); });
}

} // namespace

const ShadowPair *ShadowLog::find(quint64 id) const
{
    const auto found =
        std::find_if(m_pairs.begin(), m_pairs.end(), [id](const ShadowPair &pair) { return pair.id == id; });
    return found == m_pairs.end() ? nullptr : &*found;
}

ShadowPair *ShadowLog::mutableFind(quint64 id)
{
    return const_cast<ShadowPair *>(find(id));
}

quint64 ShadowLog::add(ShadowPair pair)
{
    pair.id = ++m_last;
    m_pairs.push_back(std::move(pair));
    measure(m_pairs.back());
    trim();
    Q_EMIT changed(m_last);
    return m_last;
}

void ShadowLog::measure(const ShadowPair &pair)
{
    qint64 &size = m_sizes[pair.id];
    m_bytes -= size;
    size = bytesOf(pair.request) + bytesOf(pair.served.response) + bytesOf(pair.shadow.response);
    m_bytes += size;
}

bool ShadowLog::trim()
{
    const std::size_t before = m_pairs.size();
    while (m_pairs.size() > most || (m_bytes > mostBytes && m_pairs.size() > 1)) {
        m_bytes -= m_sizes.take(m_pairs.front().id);
        m_pairs.pop_front();
    }
    return m_pairs.size() != before;
}

void ShadowLog::clear()
{
    m_pairs.clear();
    m_sizes.clear();
    m_bytes = 0;
    Q_EMIT changed(0);
}

} // namespace diptych
