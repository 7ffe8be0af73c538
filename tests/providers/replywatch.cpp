// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replywatch.h"

#include <QSignalSpy>

namespace diptych::test {

ReplyWatch::ReplyWatch(ChatReply *reply)
{
    QObject::connect(reply, &ChatReply::deltaReceived, &context, [this](const ChatDelta &delta) {
        ++deltas;
        text += delta.text;
    });
    QObject::connect(reply, &Reply::finished, &context, [this] { ++finished; });
    QObject::connect(reply, &Reply::attemptStarted, &context, [this] { ++attempts; });
}

QByteArray problem(const Reply &reply)
{
    if (!reply.error())
        return {};
    const QString text = kindName(reply.error()->kind) + QStringLiteral(": ") + reply.error()->message;
    return text.toUtf8();
}

bool waitFor(Reply &reply)
{
    QSignalSpy spy(&reply, &Reply::finished);
    return reply.isFinished() || spy.wait();
}

} // namespace diptych::test
