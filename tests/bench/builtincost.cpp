// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_builtincost: what the built-in models cost a process that does not use them, and how long the first answer of a
// process takes. One JSON object on standard output.
//   bench_builtincost unused         resident memory that the provider and its list of models add
//   bench_builtincost MODEL          from asking the model for the first time to its first piece or vector
#include "feederprocess.h"

#include "builtin/builtinprovider.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>

#include <cstdio>

namespace diptych {
namespace {

int measureUnused()
{
    constexpr double mebibyte = 1024 * 1024;
    const double before = residentBytes();
    BuiltinProvider provider;
    QEventLoop loop;
    const auto list = provider.listModels();
    QObject::connect(list.get(), &Reply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    std::printf("{\"unused_mib\": %.3f}\n", (residentBytes() - before) / mebibyte);
    return list->error() ? 1 : 0;
}

int end(const QElapsedTimer &clock, const std::optional<Error> &error)
{
    std::printf("{\"first_ms\": %.2f}\n", static_cast<double>(clock.nsecsElapsed()) / 1e6);
    return error ? 1 : 0;
}

int measureFirst(const QString &model)
{
    BuiltinProvider provider({.tokensPerSecond = 100'000});
    QEventLoop loop;
    QElapsedTimer clock;
    clock.start();
    if (model.startsWith(u"wordmap") || model == u"palette") {
        const auto reply = provider.embed({.model = model, .input = {QStringLiteral("a red house at night")}});
        QObject::connect(reply.get(), &Reply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        return end(clock, reply->error());
    }
    if (model.startsWith(u"babbler")) {
        const auto reply = provider.complete({.model = model, .prompt = QStringLiteral("A house is")});
        QObject::connect(reply.get(), &CompletionReply::deltaReceived, &loop, &QEventLoop::quit);
        QObject::connect(reply.get(), &Reply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        return end(clock, reply->error());
    }
    const auto reply = provider.chat(
        {.model = model, .messages = {Message::fromText(Role::User, QStringLiteral("What are extras?"))}});
    QObject::connect(reply.get(), &ChatReply::deltaReceived, &loop, &QEventLoop::quit);
    QObject::connect(reply.get(), &Reply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return end(clock, reply->error());
}

} // namespace
} // namespace diptych

int main(int count, char **arguments)
{
    QCoreApplication application(count, arguments);
    const QString what = application.arguments().value(1);
    return what == u"unused" ? diptych::measureUnused() : diptych::measureFirst(what);
}
