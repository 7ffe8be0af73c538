// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpstream.h"
#include "net/ssedecoder.h"
#include "providers/common/errordecoder.h"
#include "providers/common/httpreply.h"
#include "providers/common/jsontext.h"

#include <QPointer>
#include <QTimer>

#include <span>

namespace diptych {

/// A reply whose answer is a stream of server-sent events ending in `[DONE]`, or one JSON body: the first byte tells,
/// whatever was asked for and whatever the content type says. `Decoder` turns JSON documents into deltas; see
/// openai::ChatDecoder.
template <typename Base, typename Decoder>
class StreamReply : public HttpReply<Base>
{
public:
    StreamReply(HttpClient &client, Outgoing outgoing)
        : HttpReply<Base>(client, std::move(outgoing))
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
    enum class Form { Unknown, Events, Whole };

    // Every function that emits returns false when the reply is over or gone: nothing of it may be touched then.

    void takeData(const QByteArray &data)
    {
        if (m_form == Form::Unknown)
            m_form = formOf(data);
        if (m_form == Form::Whole) {
            this->gather(m_body, data);
            return;
        }
        m_sse.feed(data);
        while (m_sse.next(m_event)) {
            if (!takeEvent())
                return;
        }
        if (m_sse.error())
            this->stopWith(*m_sse.error());
    }

    static Form formOf(const QByteArray &data)
    {
        for (const char c : data) {
            if (c == '{' || c == '[' || c == '<')
                return Form::Whole;
            // A byte order mark, blank lines and spaces do not decide.
            if (!QByteArrayView("\xEF\xBB\xBF \t\r\n").contains(c))
                return Form::Events;
        }
        return Form::Unknown;
    }

    bool takeEvent()
    {
        this->runner().stream()->recordFrame(m_event.offset, m_event.size);
        if (m_isMarked || (m_event.data.isEmpty() && m_event.error.isEmpty()))
            return true;
        if (!m_event.error.isEmpty() || m_event.name == "error") {
            const QByteArray &body = m_event.error.isEmpty() ? m_event.data : m_event.error;
            this->stopWith(decodeError(
                {.status = this->exchange().status, .headers = this->exchange().responseHeaders, .body = body}));
            return false;
        }
        if (m_event.data == "[DONE]") {
            // The end of the body is due at once; it is waited for so that the connection can be used again.
            m_isMarked = true;
            m_graceTimer.start(std::chrono::seconds(1));
            return true;
        }
        return takeDeltas(m_decoder.decodeChunk(m_event.data));
    }

    bool takeDeltas(const Result<std::span<const Delta>> &deltas)
    {
        if (deltas)
            return deliverAll(*deltas);
        this->stopWith(this->located(deltas.error()));
        return false;
    }

    bool deliverAll(std::span<const Delta> deltas)
    {
        for (const Delta &delta : deltas) {
            if (!m_hasFirstToken && Decoder::isVisible(delta)) {
                m_hasFirstToken = true;
                if (HttpStream *stream = this->runner().stream())
                    stream->recordFirstToken();
            }
            if (!this->deliver(delta))
                return false;
        }
        return true;
    }

    void endBody()
    {
        if (m_form == Form::Whole) {
            if (takeDeltas(m_decoder.decodeWhole(m_body)) && deliverAll(m_decoder.finish()))
                this->finish();
            return;
        }
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
            this->fail(error);
    }

    [[nodiscard]] Error truncated() const
    {
        const Exchange &exchange = this->exchange();
        const bool isStream = exchange.framesReceived > 0;
        return this->located({.kind = Error::Kind::Protocol,
            .message = isStream ? Reply::tr("The answer was truncated: the stream ended without its end mark.")
                                : Reply::tr("The answer is neither an event stream nor JSON."),
            .bodySample = bodySampleOf(isStream ? QByteArrayView() : QByteArrayView(exchange.responseBody))});
    }

    SseDecoder m_sse;
    SseEvent m_event;
    Decoder m_decoder;
    QTimer m_graceTimer;
    QByteArray m_body;
    Form m_form = Form::Unknown;
    bool m_isMarked = false;
    bool m_hasFirstToken = false;
};

} // namespace diptych
