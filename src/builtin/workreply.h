// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/reply.h"
#include "builtin/stoprequested.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QPromise>
#include <QtConcurrentRun>

#include <functional>

namespace diptych {

/// A one-piece reply whose value is worked out on another thread and delivered on the reply's own. The work sees
/// values and shared models only, never the reply, so that the reply may go at any time.
template <typename Response>
class WorkReply final : public ValueReply<Response>
{
public:
    using Work = std::function<Result<Response>(const StopRequested &)>;

    explicit WorkReply(Work work)
    {
        m_clock.start();
        m_exchange.startedAt = QDateTime::currentDateTimeUtc();
        QObject::connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] { take(); });
        m_watcher.setFuture(QtConcurrent::run([work = std::move(work)](QPromise<Result<Response>> &promise) {
            promise.addResult(work([&promise] { return promise.isCanceled(); }));
        }));
    }

    ~WorkReply() override { stop(); }

    [[nodiscard]] const Exchange &exchange() const override { return m_exchange; }
    [[nodiscard]] const std::vector<Exchange> &earlierAttempts() const override { return m_earlierAttempts; }
    void retryNow() override { }

protected:
    void abortExchange() override
    {
        stop();
        noteEnd();
    }

private:
    void stop()
    {
        m_watcher.disconnect(this);
        m_watcher.cancel();
    }

    void noteEnd() { m_exchange.phases.finished = std::chrono::microseconds(m_clock.nsecsElapsed() / 1000); }

    void take()
    {
        noteEnd();
        // Not takeResult(): it resets the state that the task's promise looks at when it goes, a moment later on its
        // own thread; the promise would finish a second time.
        Result<Response> result = m_watcher.result();
        if (!result) {
            this->fail(result.error());
            return;
        }
        this->setResponse(std::move(*result));
        this->finish();
    }

    QFutureWatcher<Result<Response>> m_watcher;
    QElapsedTimer m_clock;
    Exchange m_exchange;
    std::vector<Exchange> m_earlierAttempts;
};

} // namespace diptych
