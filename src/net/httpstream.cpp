// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpstream.h"

#include "net/httpexchange.h"

namespace diptych {

HttpStream::HttpStream(std::unique_ptr<Private> privateData)
    : d(std::move(privateData))
{
    d->q = this;
    // Queued: nothing is emitted before the asker has connected.
    QMetaObject::invokeMethod(d.get(), &Private::start, Qt::QueuedConnection);
}

HttpStream::~HttpStream() = default;

const Exchange &HttpStream::exchange() const
{
    return d->recorder.exchange;
}

bool HttpStream::isFinished() const
{
    return d->isFinished;
}

const std::optional<Error> &HttpStream::error() const
{
    return d->error;
}

void HttpStream::recordFrame(qint64 offset, qint64 size)
{
    d->recorder.recordFrame(offset, size);
}

void HttpStream::recordVisible()
{
    d->recorder.recordVisible();
}

void HttpStream::recordFirstText()
{
    if (!d->recorder.exchange.phases.firstText)
        d->recorder.exchange.phases.firstText = d->recorder.now();
}

} // namespace diptych
