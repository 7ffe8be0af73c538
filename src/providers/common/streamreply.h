// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpstream.h"
#include "providers/common/errordecoder.h"
#include "providers/common/halfjoiner.h"
#include "providers/common/httpreply.h"
#include "providers/common/jsontext.h"
#include "providers/common/streamframing.h"

#include <QPointer>
#include <QTimer>

#include <span>

namespace diptych {

/// A reply whose answer is a stream of JSON documents, or one JSON body: the first byte tells, whatever was asked for
/// and whatever the content type says. `Framing` cuts the stream into documents. `Decoder` turns them into deltas, see
/// openai::ChatDecoder, and knows when the answer is complete where the framing has no end mark. With a member
/// `hasEndMark` that is the end: what happens to the connection afterwards does not matter. It may have a function
/// `Error explained(Error)` that has the last word on an error of the server.
template <typename Base, typename Decoder, typename Framing = SseFraming>
class StreamReply : public HttpReply<Base>
{
public:
    StreamReply(HttpClient &client, Outgoing outgoing, Decoder decoder = Decoder())
        : HttpReply<Base>(client, std::move(outgoing))
        , m_decoder(std::move(decoder))
    {
        RequestRunner *runner = &this->runner();
        QObject::connect(
            runner, &RequestRunner::dataReceived, this, [this](const QByteArray &data) { takeData(data); });
        QObject::connect(runner, &RequestRunner::finished, this, [this] { endBody(); });
        QObject::connect(runner, &RequestRunner::failed, this, [this](const Error &error) { takeFailure(error); });
        m_graceTimer.setSingleShot(true);
        QObject::connect(&m_graceTimer, &QTimer::timeout, this, [this] { finishAfterMark(); });
    }

private:
    using Delta = typename Decoder::Delta;
    enum class Form { Unknown, Frames, Whole };

    // Every function that emits returns false when the reply is over or gone: nothing of it may be touched then.

    void takeData(const QByteArray &data)
    {
        if (m_form == Form::Unknown)
            m_form = formOf(data);
        if (m_form == Form::Whole) {
            this->gather(m_body, data);
            return;
        }
        m_framing.feed(data);
        while (m_framing.next(m_frame)) {
            if (!takeFrame())
                return;
        }
        if (m_framing.error())
            stopAfterAll(*m_framing.error());
    }

    static Form formOf(const QByteArray &data)
    {
        for (const char c : data) {
            if (c == '<' || (Framing::isBraceWhole && (c == '{' || c == '[')))
                return Form::Whole;
            // A byte order mark, blank lines and spaces do not decide.
            if (!QByteArrayView("\xEF\xBB\xBF \t\r\n").contains(c))
                return Form::Frames;
        }
        return Form::Unknown;
    }

    bool takeFrame()
    {
        if (HttpStream *stream = this->runner().stream())
            stream->recordFrame(m_frame.offset, m_frame.size);
        if (m_isMarked || (m_frame.data.isEmpty() && m_frame.error.isEmpty()))
            return true;
        if (!m_frame.error.isEmpty()) {
            stopAfterAll(decodeError({.status = this->exchange().status,
                .headers = this->exchange().responseHeaders,
                .body = m_frame.error}));
            return false;
        }
        if (Framing::isEndMark(m_frame.data)) {
            takeEndMark();
            return true;
        }
        if (!takeDeltas(m_decoder.decodeChunk(m_frame.data)))
            return false;
        if constexpr (requires { Decoder::hasEndMark; }) {
            if (m_decoder.isComplete())
                takeEndMark();
        }
        return true;
    }

    // The end of the body is due at once; it is waited for so that the connection can be used again.
    void takeEndMark()
    {
        m_isMarked = true;
        m_graceTimer.start(std::chrono::seconds(1));
    }

    bool takeDeltas(const Result<std::span<const Delta>> &deltas)
    {
        if (deltas)
            return deliverAll(*deltas);
        stopAfterAll(deltas.error());
        return false;
    }

    /// Ends with an error of the answer, after what the decoder held back.
    void stopAfterAll(const Error &error)
    {
        const Error cause = this->located(error);
        if (deliverAll(m_decoder.finish()))
            this->stopWith(cause);
    }

    bool deliverAll(std::span<const Delta> deltas)
    {
        for (const Delta &delta : deltas) {
            if (Decoder::isVisible(delta))
                recordVisible(delta);
            if (!deliverJoined(delta))
                return false;
        }
        return true;
    }

    void recordVisible(const Delta &delta)
    {
        HttpStream *stream = this->runner().stream();
        if (!stream)
            return;
        stream->recordVisible();
        if constexpr (requires { delta.text; }) {
            if (!m_hasText && !delta.text.isEmpty()) {
                m_hasText = true;
                stream->recordFirstText();
            }
        }
    }

    bool deliverJoined(const Delta &delta)
    {
        if constexpr (requires { delta.text; }) {
            if (m_joiner.concerns(delta.text)) {
                Delta joined = delta;
                m_joiner.join({delta.choice, 0}, joined.text);
                return this->deliver(joined);
            }
        }
        return this->deliver(delta);
    }

    void endBody()
    {
        if (m_form == Form::Whole) {
            if (takeDeltas(m_decoder.decodeWhole(m_body)) && deliverAll(m_decoder.finish()))
                this->finish();
            return;
        }
        if (m_framing.last(m_frame) && !takeFrame())
            return;
        if (!deliverAll(m_decoder.finish()))
            return;
        if (m_isMarked || m_decoder.isComplete())
            this->finish();
        else
            this->fail(truncated());
    }

    void finishAfterMark()
    {
        this->runner().abort();
        if (deliverAll(m_decoder.finish()))
            this->finish();
    }

    void takeFailure(const Error &error)
    {
        // What goes wrong after the end mark does not harm the answer.
        if (m_isMarked)
            finishAfterMark();
        else if (deliverAll(m_decoder.finish()))
            this->fail(explained(error));
    }

    [[nodiscard]] static Error explained(const Error &error)
    {
        if constexpr (requires { Decoder::explained(error); })
            return Decoder::explained(error);
        else
            return error;
    }

    [[nodiscard]] Error truncated() const
    {
        const Exchange &exchange = this->exchange();
        const bool isStream = exchange.framesReceived > 0;
        return this->located({.kind = Error::Kind::Protocol,
            .message = isStream ? Reply::tr("The answer was truncated: the stream ended without its end mark.")
                                : Reply::tr("The answer is neither a stream nor JSON."),
            .bodySample = bodySampleOf(isStream ? QByteArrayView() : QByteArrayView(exchange.responseBody))});
    }

    Framing m_framing;
    StreamFrame m_frame;
    Decoder m_decoder;
    HalfJoiner m_joiner;
    QTimer m_graceTimer;
    QByteArray m_body;
    Form m_form = Form::Unknown;
    bool m_isMarked = false;
    bool m_hasText = false;
};

} // namespace diptych
