// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/completion.h"
#include "api/embedding.h"
#include "api/modelmanager.h"
#include "providers/common/errordecoder.h"
#include "providers/common/streamframing.h"

namespace diptych::fuzz {

/// What is refused says why.
template <typename T>
void checkRefusal(const Result<T> &result)
{
    Q_ASSERT(result || !result.error().message.isEmpty());
}

/// Rows of the same width, and finite or not, nothing but rows.
inline void checkEmbedding(const Result<EmbeddingResponse> &response)
{
    checkRefusal(response);
    if (!response)
        return;
    const auto count = static_cast<std::size_t>(response->count());
    Q_ASSERT(response->dimensions >= 0);
    Q_ASSERT(response->values.size() == count * static_cast<std::size_t>(response->dimensions));
}

// Pieces are added up as a reply does it. No piece may take more than it brought: indices are not sizes.
inline void take(ChatResponse &answer, const ChatDelta &delta)
{
    Q_ASSERT(delta.choice >= -1);
    for (const ToolCallDelta &call : delta.toolCalls)
        Q_ASSERT(call.index >= 0 && call.index < 64 * 1024);
    append(answer, delta);
}

inline void take(CompletionResponse &answer, const CompletionDelta &delta)
{
    Q_ASSERT(delta.choice >= -1);
    append(answer, delta);
}

inline void take(PullProgress &answer, const PullProgress &delta)
{
    Q_ASSERT(!delta.status.isEmpty());
    answer = delta;
}

template <typename Delta>
struct AnswerOf;
template <>
struct AnswerOf<ChatDelta> {
    ChatResponse answer;
};
template <>
struct AnswerOf<CompletionDelta> {
    CompletionResponse answer;
};
template <>
struct AnswerOf<PullProgress> {
    PullProgress answer;
};

template <typename Decoder>
class Reading
{
public:
    /// False at an error.
    bool take(const StreamFrame &frame)
    {
        if (!frame.error.isEmpty()) {
            Q_ASSERT(!decodeError({.status = 200, .body = frame.error}).message.isEmpty());
            return false;
        }
        return frame.data.isEmpty() || takeAll(m_decoder.decodeChunk(frame.data));
    }
    void takeWhole(QByteArrayView json) { (void)takeAll(m_decoder.decodeWhole(json)); }
    void finish()
    {
        for (const auto &delta : m_decoder.finish())
            fuzz::take(m_answer.answer, delta);
        (void)m_decoder.isComplete();
    }

private:
    template <typename Deltas>
    bool takeAll(const Deltas &deltas)
    {
        checkRefusal(deltas);
        if (!deltas)
            return false;
        for (const auto &delta : *deltas) {
            (void)Decoder::isVisible(delta);
            fuzz::take(m_answer.answer, delta);
        }
        return true;
    }

    Decoder m_decoder;
    AnswerOf<typename Decoder::Delta> m_answer;
};

/// Reads a stream as a reply does: frame by frame until the first error.
template <typename Decoder, typename Framing>
void readStream(QByteArrayView input)
{
    Framing framing;
    StreamFrame frame;
    Reading<Decoder> reading;
    framing.feed(input);
    bool isGood = true;
    while (isGood && framing.next(frame))
        isGood = Framing::isEndMark(frame.data) || reading.take(frame);
    if (isGood && framing.last(frame))
        (void)reading.take(frame);
    reading.finish();
}

/// Reads one document as an answer in one piece.
template <typename Decoder>
void readWhole(QByteArrayView input)
{
    Reading<Decoder> reading;
    reading.takeWhole(input);
    reading.finish();
}

} // namespace diptych::fuzz
