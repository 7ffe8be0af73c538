// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Searching, listing and showing 10,000 sessions.
#include "models/sessiontreemodel.h"
#include "store/bundlerows.h"
#include "store/database.h"
#include "store/sessionlibrary.h"
#include "store/sessionstore.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <cmath>

#include <benchmark/benchmark.h>

using namespace diptych;

namespace {

constexpr int sessionCount = 10'000;
constexpr int turnsEach = 6;
constexpr int vocabulary = 20'000;

/// Words of syllables, the most frequent ones short.
QStringList makeVocabulary()
{
    QRandomGenerator random(7);
    const QString consonants = QStringLiteral("bcdfghklmnprstvw");
    const QString vowels = QStringLiteral("aeiou");
    QStringList words;
    while (words.size() < vocabulary) {
        QString made;
        const int syllables = words.size() < 100 ? 1 : words.size() < 2'000 ? 2 : 2 + random.bounded(3);
        for (int count = 0; count < syllables; ++count)
            made += QString(consonants.at(random.bounded(16))) + vowels.at(random.bounded(5))
                + (random.bounded(3) == 0 ? QString(u'n') : QString());
        words.append(made);
    }
    return words;
}

const QStringList &words()
{
    static const QStringList all = makeVocabulary();
    return all;
}

/// Words as frequent as in real text: the n-th about 1/n as often as the first.
QString word(QRandomGenerator &random)
{
    return words().at(qsizetype(std::pow(double(vocabulary), random.generateDouble())) - 1);
}

QString text(QRandomGenerator &random, int length)
{
    QString all;
    for (int count = 0; count < length; ++count)
        all += word(random) + u' ';
    return all;
}

SessionBundle bundle(QRandomGenerator &random, int number)
{
    const QDateTime time = QDateTime::fromSecsSinceEpoch(1'600'000'000 + number * 1'000LL, Qt::UTC);
    SessionBundle bundle;
    Session &session = bundle.session;
    session = {.id = QString::number(number),
        .title = text(random, 5).trimmed(),
        .createdAt = time,
        .updatedAt = time,
        .folder = number % 3 == 0 ? QStringLiteral("Folder %1").arg(number % 40) : QString(),
        .isPinned = number % 500 == 0,
        .panes = {{.id = QStringLiteral("a")}, {.id = QStringLiteral("b")}}};
    for (int turn = 1; turn <= turnsEach; ++turn) {
        session.turns.push_back({.id = -turn,
            .parentId = turn == 1 ? 0 : 1 - turn,
            .at = time,
            .prompt = Message::fromText(Role::User, text(random, 20))});
        for (const PaneState &pane : session.panes) {
            session.turns.back().answers.push_back({.paneId = pane.id,
                .state = Answer::State::Complete,
                .message = Message::fromText(Role::Assistant, text(random, 80))});
        }
    }
    return bundle;
}

/// Made once; about 60,000 turns and 120,000 answers.
class Library
{
public:
    Library()
    {
        store = std::move(*SessionStore::open(path()));
        const auto database = Database::open(path());
        QRandomGenerator random(1);
        for (int number = 0; number < sessionCount;) {
            const Result<void> done = (*database)->transaction([&]() -> Result<void> {
                for (int batch = 0; batch < 500; ++batch) {
                    if (auto written = rows::insertBundle(**database, bundle(random, number++)); !written)
                        return written;
                }
                return {};
            });
            if (!done)
                qFatal("%s", qPrintable(done.error().message));
        }
    }
    [[nodiscard]] QString path() const { return m_directory.filePath(QStringLiteral("sessions.db")); }
    static Library &shared()
    {
        static Library library;
        return library;
    }

    std::unique_ptr<SessionStore> store;

private:
    QTemporaryDir m_directory;
};

void search(benchmark::State &state, const QString &text)
{
    const SessionStore &store = *Library::shared().store;
    std::size_t found = 0;
    for (auto _ : state)
        found = store.search(text, 200)->size();
    state.counters["found"] = double(found);
}

void searchCommonWord(benchmark::State &state)
{
    search(state, words().at(0));
}

void searchTwoWords(benchmark::State &state)
{
    search(state, QString(words().at(6) + u' ' + words().at(150)));
}

void searchRareWord(benchmark::State &state)
{
    search(state, words().at(19'777));
}

void searchBeginning(benchmark::State &state)
{
    search(state, words().at(0).left(2)); // of many words
}

void searchLetter(benchmark::State &state)
{
    search(state, QStringLiteral("b"));
}

void searchNothing(benchmark::State &state)
{
    search(state, QString(words().at(0) + QStringLiteral(" absent")));
}

void list(benchmark::State &state)
{
    const SessionStore &store = *Library::shared().store;
    for (auto _ : state)
        benchmark::DoNotOptimize(store.list()->size());
}

void makeModel(benchmark::State &state)
{
    SessionStore *store = Library::shared().store.get();
    for (auto _ : state) {
        const SessionTreeModel model(store);
        benchmark::DoNotOptimize(model.rowCount());
    }
}

/// What an answer that ends costs the list.
void updateOne(benchmark::State &state)
{
    SessionStore *store = Library::shared().store.get();
    SessionTreeModel model(store);
    int number = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(store->rename(QStringLiteral("5000"), QString::number(++number)).has_value());
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
}

} // namespace

BENCHMARK(searchCommonWord)->Unit(benchmark::kMillisecond)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(searchTwoWords)->Unit(benchmark::kMillisecond)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(searchRareWord)->Unit(benchmark::kMillisecond)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(searchBeginning)->Unit(benchmark::kMillisecond)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(searchLetter)->Unit(benchmark::kMillisecond)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(searchNothing)->Unit(benchmark::kMillisecond)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(list)->Unit(benchmark::kMillisecond)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(makeModel)->Unit(benchmark::kMillisecond)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(updateOne)->Unit(benchmark::kMillisecond)->Repetitions(5)->ReportAggregatesOnly();

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
