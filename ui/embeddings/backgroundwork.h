// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QtConcurrentRun>

#include <functional>
#include <memory>
#include <stop_token>

namespace diptych {

/// A calculation on values: at once when it is small, else on a thread of the pool. Starting another one or destroying
/// stops the one before, whose result is then never delivered.
template <typename Result>
class BackgroundWork
{
public:
    using Calculation = std::function<Result(const std::stop_token &)>;
    using Receiver = std::function<void(const Result &)>;

    BackgroundWork() = default;
    ~BackgroundWork() { cancel(); }
    Q_DISABLE_COPY_MOVE(BackgroundWork)

    void start(bool isSmall, const Calculation &calculate, const Receiver &deliver)
    {
        cancel();
        if (isSmall) {
            deliver(calculate({}));
            return;
        }
        m_stop = std::stop_source();
        m_watcher = std::make_unique<QFutureWatcher<Result>>();
        QFutureWatcher<Result> *watcher = m_watcher.get();
        QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [this, watcher, deliver] {
            const Result result = watcher->result();
            m_watcher.release()->deleteLater(); // we are in its signal
            deliver(result);
        });
        watcher->setFuture(QtConcurrent::run([calculate, token = m_stop.get_token()] { return calculate(token); }));
    }
    void cancel()
    {
        m_stop.request_stop();
        m_watcher.reset();
    }
    [[nodiscard]] bool isRunning() const { return m_watcher != nullptr; }

private:
    std::stop_source m_stop;
    std::unique_ptr<QFutureWatcher<Result>> m_watcher;
};

/// True when comparing all pairs of `count` vectors of this width takes a few milliseconds at most.
[[nodiscard]] constexpr bool isSmallWork(qint64 count, qint64 width)
{
    return count * count * width <= 10'000'000;
}

} // namespace diptych
