// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The chat pane as it is used: a conversation with answers that stream over loopback HTTP, and somebody who types.
#include "feederprocess.h"

#include "api/connections.h"
#include "chat/chatpane.h"
#include "models/cataloguemodel.h"
#include "models/conversation.h"
#include "net/httpclient.h"
#include "providers/registry.h"
#include "transcript/renderscheduler.h"

#include <QApplication>
#include <QEventLoop>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QThread>
#include <QTimer>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

namespace diptych {
namespace {

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Types into an edit from another thread, as a keyboard does, and measures until what was typed has been painted.
class Typist : public QObject
{
public:
    explicit Typist(QPlainTextEdit &edit)
        : m_edit(edit)
    {
        m_edit.viewport()->installEventFilter(this);
        m_thread.reset(QThread::create([this] { type(); }));
        m_thread->start();
    }
    ~Typist() override
    {
        m_ends = true;
        m_thread->wait();
    }

    [[nodiscard]] double percentile(double part)
    {
        if (m_times.empty())
            return 0;
        std::sort(m_times.begin(), m_times.end());
        const double last = static_cast<double>(m_times.size() - 1);
        return m_times[static_cast<std::size_t>(part * last)];
    }
    [[nodiscard]] std::size_t count() const { return m_times.size(); }

private:
    void type()
    {
        for (int i = 0; !m_ends; ++i) {
            // Not in step with any timer of the window.
            std::this_thread::sleep_for(std::chrono::milliseconds(61 + i * 37 % 53));
            const auto pressed = Clock::now();
            QMetaObject::invokeMethod(
                &m_edit,
                [this, pressed, i] {
                    if (m_isWaiting)
                        return; // the one before was not painted yet; it is the one that counts
                    m_pressed = pressed;
                    m_isWaiting = true;
                    QKeyEvent event(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, i % 12 == 11 ? u" "_qs : u"a"_qs);
                    QCoreApplication::sendEvent(&m_edit, &event);
                },
                Qt::QueuedConnection);
        }
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_isWaiting && !m_isPainting) {
            m_isPainting = true;
            // Runs when the window has painted all of itself and gives the event loop back.
            QTimer::singleShot(0, this, [this] {
                m_times.push_back(millisecondsSince(m_pressed));
                m_isPainting = false;
                m_isWaiting = false;
            });
        }
        return QObject::eventFilter(watched, event);
    }

    QPlainTextEdit &m_edit;
    std::unique_ptr<QThread> m_thread;
    std::atomic<bool> m_ends {false};
    Clock::time_point m_pressed {};
    bool m_isWaiting = false;
    bool m_isPainting = false;
    std::vector<double> m_times;
};

/// The chat pane with real connections to a feeder.
class Chat
{
public:
    Chat(int panes, const QString &path)
        : m_connections([this](const Endpoint &endpoint) { return makeProvider(endpoint, m_http); })
    {
        m_connections.setDescriptors(providerDescriptors());
        m_connections.add(m_feeder.endpoint(path));
        m_catalogue = std::make_unique<CatalogueModel>(m_connections);
        m_conversation = std::make_unique<Conversation>(m_connections, nullptr);
        std::vector<ModelRef> models;
        for (int i = 0; i < panes; ++i)
            models.push_back({QStringLiteral("feeder"), QStringLiteral("bench-%1").arg(i)});
        m_conversation->startNew(models);
        m_pane = std::make_unique<ChatPane>(*m_conversation, m_connections, *m_catalogue, m_scheduler);
        m_pane->resize(1600, 1000);
        m_pane->show();
    }

    [[nodiscard]] ChatPane &pane() { return *m_pane; }
    [[nodiscard]] Conversation &conversation() { return *m_conversation; }
    /// Characters that all answers have so far.
    [[nodiscard]] qsizetype received() const
    {
        qsizetype total = 0;
        for (const PaneState &pane : m_conversation->session().panes) {
            if (const ChatReply *reply = m_conversation->reply(pane.id); reply && !reply->response().choices.empty())
                total += reply->response().text().size();
        }
        return total;
    }

private:
    FeederProcess m_feeder;
    HttpClient m_http;
    Connections m_connections;
    RenderScheduler m_scheduler;
    std::unique_ptr<CatalogueModel> m_catalogue;
    std::unique_ptr<Conversation> m_conversation;
    std::unique_ptr<ChatPane> m_pane;
};

/// Runs the event loop until the answers are there; `turn` is called about once a millisecond.
template <typename Turn>
void runToTheEnd(Chat &chat, Turn turn)
{
    QEventLoop loop;
    QTimer beat;
    beat.setTimerType(Qt::PreciseTimer);
    QObject::connect(&beat, &QTimer::timeout, &loop, [&] {
        turn();
        if (chat.conversation().runningCount() == 0)
            loop.quit();
    });
    beat.start(1);
    loop.exec();
}

void sixteenPanes(benchmark::State &state)
{
    for ([[maybe_unused]] auto _ : state) {
        Chat chat(16, QStringLiteral("markdown/6000/100")); // 15 s
        auto *edit = chat.pane().findChild<QPlainTextEdit *>(QStringLiteral("promptEdit"));
        chat.conversation().ask(Message::fromText(Role::User, QStringLiteral("Go on")));
        Typist typist(*edit);
        const auto start = Clock::now();
        auto last = start;
        double lastCpu = processCpuSeconds();
        double stall = 0;
        double work = 0;
        double settled = -1;
        runToTheEnd(chat, [&] {
            const double cpu = processCpuSeconds();
            // Windows are exposed and painted for the first time before the clock counts.
            if (settled < 0 && millisecondsSince(start) > 1500)
                settled = 0;
            else if (settled >= 0) {
                stall = std::max(stall, millisecondsSince(last));
                work = std::max(work, (cpu - lastCpu) * 1000);
            }
            last = Clock::now();
            lastCpu = cpu;
        });
        state.counters["stall_ms"] = stall;
        state.counters["work_ms"] = work;
        state.counters["key_p50_ms"] = typist.percentile(0.5);
        state.counters["key_p99_ms"] = typist.percentile(0.99);
        state.counters["keys"] = static_cast<double>(typist.count());
        state.counters["cpu_s"] = processCpuSeconds();
        if (chat.received() == 0 && typist.count() == 0)
            state.SkipWithError("nothing arrived");
    }
}
BENCHMARK(sixteenPanes)->Iterations(1)->Repetitions(3)->UseRealTime()->Unit(benchmark::kMillisecond);

void longAnswers(benchmark::State &state)
{
    constexpr int panes = 4;
    constexpr qsizetype size = 200'000;
    constexpr qsizetype part = 20'000;
    for ([[maybe_unused]] auto _ : state) {
        Chat chat(panes, QStringLiteral("markdown/%1/1000").arg(size));
        chat.conversation().ask(Message::fromText(Role::User, QStringLiteral("Go on")));
        // CPU when each tenth of the text had arrived.
        std::vector<double> cpu {processCpuSeconds()};
        runToTheEnd(chat, [&] {
            const qsizetype received = chat.received();
            while (received >= qsizetype(cpu.size()) * part * panes)
                cpu.push_back(processCpuSeconds());
        });
        if (cpu.size() < size / part) {
            state.SkipWithError("the answers did not come to their end");
            return;
        }
        const double first = cpu[1] - cpu[0];
        const double last = cpu[size / part - 1] - cpu[size / part - 2];
        state.counters["first_ms_per_kb"] = first * 1e6 / (part * panes);
        state.counters["last_ms_per_kb"] = last * 1e6 / (part * panes);
        state.counters["ratio"] = last / first;
        state.counters["resident_mib"] = residentBytes() / 1048576;
    }
}
BENCHMARK(longAnswers)->Iterations(1)->Repetitions(2)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace
} // namespace diptych

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
