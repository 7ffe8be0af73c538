// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakeserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QStringList>
#include <QTemporaryDir>

namespace diptych {

/// diptych-cli in a process of its own, a scripted server for it to ask, and a folder for its files.
struct CliFixture {
    struct Outcome {
        int code = -1;
        QByteArray out {};
        QByteArray err {};
    };
    /// Words of the line, then `more` as they are. The environment has only PATH, HOME, LANG and what is given.
    [[nodiscard]] static Outcome run(const QString &line, const QStringList &more = {}, const QByteArray &input = {},
        const QMap<QString, QString> &environment = {});

    [[nodiscard]] QString path(const QString &name) const { return folder.filePath(name); }
    [[nodiscard]] QString write(const QString &name, const QByteArray &content) const; ///< the path
    [[nodiscard]] QByteArray read(const QString &name) const;
    /// The options that lead to the server.
    [[nodiscard]] QStringList at(const QString &urlPath) const;
    [[nodiscard]] QJsonObject sent(std::size_t request) const; ///< the body as JSON; empty when there was none

    FakeServer server;
    QTemporaryDir folder;
};

/// A complete OpenAI answer with this text.
[[nodiscard]] QByteArray chatAnswer(const QByteArray &text);
[[nodiscard]] std::vector<QJsonObject> jsonLines(const QByteArray &output);

} // namespace diptych
